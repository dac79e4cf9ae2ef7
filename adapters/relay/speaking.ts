import {
  type EventType,
  isUntouched,
  ReasonError,
  type Status,
  statusAfter,
  toPart,
  toReason,
} from '../../schemas/index.ts';
import type { BoardAdapter, BoardRef, Change } from '../contract.ts';

/** Knows steps, or can show neither an interim answer nor a follow-up: nothing is put into words for it. */
const saysNone = (carries: ReadonlySet<EventType>): boolean =>
  carries.has('step_taken') || !(carries.has('interim_answered') || carries.has('followed_up'));

/** The events of a board, with the steps that it is told in words. */
export const withSteps = (carries: ReadonlySet<EventType>): ReadonlySet<EventType> =>
  saysNone(carries) ? carries : new Set([...carries, 'step_taken']);

/**
 * Shows the steps of the procedure on a board that knows none: the assignee's as interim answers, the complainant's as
 * follow-ups. The key stays that of the step. A step without words needs no call. Hub and agent both use it.
 */
export function speakSteps(adapter: BoardAdapter): BoardAdapter {
  const { carries, push, find, draft, pushAttachment, findAttachment } = adapter;
  if (saysNone(carries)) return adapter;
  const speak = <C extends Pick<Change, 'event'>>(change: C): C | undefined => toSpoken(change, carries);
  // A file of a step without words belongs to the post itself.
  const speakOf = <C extends Pick<Change, 'event'>>(given: C): C => speak(given) ?? given;
  return withMembers(adapter, {
    carries: withSteps(carries),
    saysSteps: true,
    ...(push && {
      push: async (change, call) => {
        const spoken = speak(change);
        // Without words there is nothing to send: a board that holds the post is level.
        if (!spoken && change.ref) return { kind: 'done', ref: change.ref };
        if (!spoken) return push.call(adapter, change, call);
        const outcome = await push.call(adapter, spoken, call);
        if (outcome.kind === 'done') await restoreStatus(adapter, change, outcome.ref, call);
        return outcome;
      },
    }),
    ...(find && {
      find: async (change, call) => {
        const spoken = speak(change);
        return spoken ? find.call(adapter, spoken, call) : change.ref;
      },
    }),
    ...(draft && {
      draft: async (change, key) => {
        const spoken = speak(change);
        if (!spoken) throw new ReasonError(toReason('carries_not', { event: change.event.type }));
        return draft.call(adapter, spoken, key);
      },
    }),
    ...(pushAttachment && {
      pushAttachment: (given, call) => pushAttachment.call(adapter, speakOf(given), call),
    }),
    ...(findAttachment && {
      findAttachment: (given, call) => findAttachment.call(adapter, speakOf(given), call),
    }),
  });
}

/** The same adapter with other members. Its own methods keep their `this`: a package may bring a class. */
function withMembers(adapter: BoardAdapter, members: Partial<BoardAdapter>): BoardAdapter {
  return new Proxy(adapter, {
    get(own, name) {
      if (Object.hasOwn(members, name)) return Reflect.get(members, name);
      const member: unknown = Reflect.get(own, name);
      return typeof member === 'function' ? member.bind(own) : member;
    },
  });
}

/** The change as the board is told of it. Undefined: a step of which it can show nothing. */
function toSpoken<C extends Pick<Change, 'event'>>(
  change: C,
  carries: ReadonlySet<EventType>,
): C | undefined {
  const { event } = change;
  if (event.type !== 'step_taken') return change;
  const spoken = toPart(event.data.step);
  if (!spoken || !carries.has(spoken.type)) return undefined;
  const said =
    spoken.type === 'followed_up'
      ? { type: spoken.type, data: { followUp: spoken.part } }
      : { type: spoken.type, data: { answer: spoken.part } };
  return { ...change, event: { ...event, ...said } };
}

/**
 * Many boards set "in progress" by themselves when an interim answer comes. A step that changes no status must not undo
 * the one that stands. Where it does change it, `status_changed` follows anyway. The words have arrived by now, so a
 * failure is left to the reconciliation, which compares the status.
 */
async function restoreStatus(
  adapter: BoardAdapter,
  change: Change,
  ref: BoardRef,
  { key, signal }: { key: string; signal: AbortSignal },
): Promise<void> {
  const { event, complaint } = change;
  if (event.type !== 'step_taken' || statusAfter(event.data.step)) return;
  if (!adapter.carries.has('status_changed')) return;
  if (toPart(event.data.step)?.type !== 'interim_answered' || showsWork(complaint.status)) return;
  const data = { from: 'in_progress', to: complaint.status } as const;
  const { externalId } = ref;
  const restored = {
    ...change,
    event: { ...event, type: 'status_changed', data },
    ref: { externalId },
  } as const;
  await adapter.push?.(restored, { key: `${key}/status`, signal }).catch(() => undefined);
}

const showsWork = (status: Status): boolean => status === 'in_progress' || isUntouched(status);
