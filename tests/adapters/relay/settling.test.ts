import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BoardAdapter, BoardRef, GivenAttachment, Outcome } from '../../../adapters/contract.ts';
import { isOver, type Sending, settleUnknown, sinceAfter } from '../../../adapters/relay/bring-event.ts';
import { bringFile, settleUnknownFile } from '../../../adapters/relay/bring-file.ts';
import { deliverEvent } from '../../../adapters/relay/deliver-event.ts';
import { createFailing } from '../../../adapters/relay/failing.ts';
import { toLimits } from '../../../adapters/relay/policy.ts';
import { toReason } from '../../../schemas/reason.ts';

const second = 1000;
const begun = new Date('2026-11-29T09:00:00Z');
const { signal } = new AbortController();

beforeEach(() => void vi.useFakeTimers({ now: begun, toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Asks `seconds` after the call began. */
async function ask(
  seconds: number,
  {
    found,
    adapter,
    settling,
    since = begun,
  }: {
    found?: BoardRef;
    adapter?: Partial<BoardAdapter>;
    settling?: number;
    since?: Date | null;
  } = {},
) {
  vi.setSystemTime(begun.getTime() + seconds * second);
  const target = {
    adapter: { find: async () => found, ...adapter } as unknown as BoardAdapter,
    connection: { adapter: 'rest', settings: {}, ...(settling !== undefined && { settling }) },
    cut: signal,
  };
  const step = await settleUnknown(target, { key: 'A/1', tries: 3, since: since ?? undefined } as Sending);
  if (step?.kind !== 'later') return step?.kind ?? 'may be sent';
  return `again after ${(step.nextAt.getTime() - begun.getTime()) / second} s`;
}

describe('the settling time', () => {
  it('is five times the time-out, at least two minutes, or what the agency says', () => {
    const settlingOf = (connection: object) =>
      toLimits({ adapter: 'rest', settings: {}, ...connection }).settling;
    expect(settlingOf({})).toBe(120);
    expect(settlingOf({ timeout: 60 })).toBe(300);
    expect(settlingOf({ timeout: 60, settling: 7 })).toBe(7);
  });

  it('counts from the start of the call, with questions ever further apart, and the last at its end', async () => {
    expect(await ask(0.2)).toBe('again after 1.2 s');
    expect(await ask(16)).toBe('again after 32 s');
    expect(await ask(32)).toBe('again after 64 s');
    expect(await ask(64)).toBe('again after 120 s');
    expect(await ask(119.9)).toBe('again after 120 s');
    expect(await ask(120)).toBe('may be sent');
  });

  it('ends at once where the board holds it, and where the board had replied', async () => {
    expect(await ask(16, { found: { externalId: 'B-1' } })).toBe('done');
    expect(await ask(16, { since: null })).toBe('may be sent');
  });

  it('is not needed where the question waits for calls that still run', async () => {
    expect(await ask(16, { adapter: { findIsFinal: true } })).toBe('may be sent');
  });

  it('is not needed where the receiver recognises the key: it is sent again without a question', async () => {
    const find = vi.fn();
    expect(await ask(16, { adapter: { repeatsAreHarmless: true, find } })).toBe('may be sent');
    expect(find).not.toHaveBeenCalled();
  });

  it('holds for files as well', async () => {
    const target = {
      adapter: { findAttachment: async () => undefined } as unknown as BoardAdapter,
      connection: { adapter: 'rest', settings: {} },
      stop: signal,
    };
    const sending = { given: {} as GivenAttachment, key: 'A/1/f', tries: 0, since: begun };
    vi.setSystemTime(begun.getTime() + 30 * second);
    expect(await settleUnknownFile(target, sending)).toMatchObject({ kind: 'later', settling: true });
    vi.setSystemTime(begun.getTime() + 120 * second);
    expect(await settleUnknownFile(target, sending)).toBeUndefined();
  });

  it('of a file counts from when its last byte moved, also for a process that finds the mark', async () => {
    const marks: number[] = [];
    async function* moveSlowly() {
      for (let minute = 1; minute <= 5; minute++) {
        vi.setSystemTime(begun.getTime() + minute * 60 * second);
        yield Buffer.from('x');
      }
    }
    const adapter = {
      async pushAttachment({ content }: GivenAttachment): Promise<Outcome> {
        for await (const _ of content);
        return { kind: 'unknown', reason: 'time-out' };
      },
    } as unknown as BoardAdapter;
    const target = { adapter, connection: { adapter: 'rest', settings: {} }, stop: signal };
    const sending = { given: {} as GivenAttachment, key: 'A/1/f', tries: 0 };
    const mark = async () => void marks.push(Date.now() - begun.getTime());
    const { startedAt } = await bringFile(target, sending, moveSlowly(), mark);
    expect((startedAt.getTime() - begun.getTime()) / second).toBe(300);
    expect(marks).toEqual([300 * second]);
  });

  it('counts from the call, also for a process that finds only the mark, if the call had to wait for its turn', async () => {
    const steps: string[] = [];
    const at = () => (Date.now() - begun.getTime()) / second;
    const push = async () => {
      steps.push(`sent at ${at()}`);
      return { kind: 'done', ref: { externalId: 'B-1' } } as const;
    };
    const target = {
      adapter: { push } as unknown as BoardAdapter,
      connection: { adapter: 'rest', settings: {} },
      cut: signal,
    };
    const nothing = async () => undefined;
    const delivering = {
      id: 'one',
      sending: { key: 'A/1', tries: 0 } as Sending,
      isUnknown: false,
      isAgain: false,
    };
    await deliverEvent(
      {
        target,
        failing: createFailing(),
        pace: async () => true,
        isHeld: () => false,
        async limit(call) {
          vi.setSystemTime(Date.now() + 40 * second);
          return call();
        },
      },
      {
        ...delivering,
        start: async () => void steps.push(`marked at ${at()}`),
        withdraw: nothing,
        isRefusedAlone: () => false,
        record: nothing,
      },
    );
    expect(steps).toEqual(['marked at 0', 'marked at 40', 'sent at 40']);
  });

  it('is no failure of the board', () => {
    const step = {
      kind: 'later',
      nextAt: new Date(),
      reason: toReason('settling'),
      asking: true,
      settling: true,
    } as const;
    const failing = createFailing();
    expect(failing.judge('one', step)).toEqual({ step });
    expect(failing.list()).toEqual([]);
  });
});

describe('the call on which a board may still be working', () => {
  const later = { kind: 'later', nextAt: begun, reason: toReason('given_up'), asking: true } as const;
  const sinceCall = (outcome: Outcome, before: Date | null = null) =>
    sinceAfter({ step: later, attempt: { startedAt: begun, isOver: isOver(outcome) } }, before);

  it('is one without a reply', () => {
    expect(sinceCall({ kind: 'unknown', reason: 'time-out' })).toBe(begun);
    expect(sinceCall({ kind: 'unknown', reason: '500', isOver: true })).toBeNull();
    expect(sinceCall({ kind: 'retry', reason: 'busy' }, new Date())).toBeNull();
  });

  it('stays the same while the board is only asked, until it holds it', () => {
    expect(sinceAfter({ step: later }, begun)).toEqual(begun);
    expect(sinceAfter({ step: { kind: 'done', ref: { externalId: 'B-1' } } }, begun)).toBeNull();
  });

  it('began now at the latest, if the clock was set back meanwhile', () => {
    expect(sinceAfter({ step: later }, new Date('2026-11-29T12:00:00Z'))).toEqual(begun);
  });
});
