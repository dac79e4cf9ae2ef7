import { setTimeout as pause } from 'node:timers/promises';
import { ReasonError, reasonOf, toReason } from '../../schemas/reason.ts';
import { BoardError, type BoardRef, type Change, type Outcome } from '../contract.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { toBoardError, toOutcome } from '../kit/outcome/call-error.ts';
import { Refusal } from '../kit/outcome/refusal.ts';
import { refusedBefore } from '../kit/outcome/refused-before.ts';
import { toId, toRef } from '../kit/reading/board-ref.ts';
import { type Entry, textOf } from './document.ts';
import type { Fields } from './form-fields.ts';
import { type Open311Parts, openRequests, openUpdates } from './lists.ts';
import { readMarked } from './marks.ts';
import { toRequestForm } from './request-form.ts';
import { listCarried, toUpdateForm } from './update-form.ts';

export interface Call {
  key: string;
  signal: AbortSignal;
}

/**
 * How far a board's clock may differ from ours, in milliseconds, when it is asked for what was delivered at a time of
 * ours.
 */
const clockTolerance = 86_400_000;

/** What is sent, before anything is. Throws Refusal, or CodeError. */
function prepare(parts: Open311Parts, change: Change, key: string): { externalId?: string; fields: Fields } {
  const { type } = change.event;
  if (!listCarried(parts.settings).includes(type))
    throw new Refusal(toReason('carries_not', { event: type }));
  if (type === 'registered') return { fields: toRequestForm(parts.settings, change, key) };
  const { externalId } = change.ref ?? {};
  if (externalId === undefined) throw new Refusal(toReason('request_needed', { event: type }));
  return { externalId, fields: toUpdateForm(parts, change, { externalId, key }) };
}

export async function push(parts: Open311Parts, change: Change, { key, signal }: Call): Promise<Outcome> {
  let prepared: ReturnType<typeof prepare>;
  try {
    prepared = prepare(parts, change, key);
  } catch (error) {
    return refusedBefore(error, change.event.type);
  }
  const { externalId, fields } = prepared;
  try {
    if (externalId === undefined) return await register(parts, fields, signal);
    return doneUpdate(externalId, await parts.client.post('servicerequestupdates', { fields }, signal));
  } catch (error) {
    return toOutcome(error);
  }
}

export async function draft(parts: Open311Parts, change: Change, key: string): Promise<unknown> {
  const { externalId, fields } = prepare(parts, change, key);
  return parts.client.draft(externalId === undefined ? 'requests' : 'servicerequestupdates', fields);
}

async function register(parts: Open311Parts, fields: Fields, signal: AbortSignal): Promise<Outcome> {
  const entry = await parts.client.post('requests', { fields }, signal);
  const id = toId(entry.service_request_id);
  if (id !== undefined) return { kind: 'done', ref: { externalId: id } };
  const token = textOf(entry.token);
  if (!token) return { kind: 'unknown', reason: toReason('no_request_named'), isOver: true };
  const ref = await awaitToken(parts, token, signal);
  return ref ? { kind: 'done', ref } : { kind: 'unknown', reason: toReason('token_waiting', { token }) };
}

/** A board that works in batches first returns a token (GeoReport v2, GET service_request_id from a token). */
async function awaitToken(
  { client, settings }: Open311Parts,
  token: string,
  signal: AbortSignal,
): Promise<BoardRef | undefined> {
  const { tries = 5, pauseSeconds = 2 } = settings.tokens ?? {};
  for (let attempt = 1; attempt <= tries; attempt++) {
    const entry = await client.token(token, signal).catch((error: unknown) => {
      if (error instanceof HttpError && error.status === 404) return undefined;
      throw afterToken(error);
    });
    const ref = toRef(entry?.service_request_id, undefined);
    if (ref) return ref;
    if (attempt < tries) await pause(pauseSeconds * 1000, undefined, { signal });
  }
  return undefined;
}

/** The board accepted the request. It must not be sent again, whatever happens to a later question. */
function afterToken(error: unknown): ReasonError {
  return new ReasonError(toReason('token_unanswered', { detail: reasonOf(error) }), { cause: error });
}

/** If the server took the update without returning an id, asking for one would never succeed. */
export function doneUpdate(externalId: string, entry: Entry): Outcome {
  const partId = toId(entry.update_id);
  return { kind: 'done', ref: { externalId, ...(partId !== undefined && { partId }) } };
}

/** GeoReport does not return our numbers. So a delivery is found by the last line of its text. */
export async function find(
  parts: Open311Parts,
  { event, ref }: Pick<Change, 'event' | 'ref'>,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  const isNew = event.type === 'registered';
  const entry = await findMarked(parts, { at: event.at, key, isNew }, signal);
  if (!entry) return undefined;
  const found = toRef(entry.service_request_id, entry.update_id);
  // Sending again would create a second request. The hub asks again until the request has its number.
  if (!found) throw new BoardError('unreachable', toReason('number_awaited'));
  return isNew || found.externalId === ref?.externalId ? found : undefined;
}

export async function findMarked(
  parts: Open311Parts,
  { at, key, isNew }: { at: string; key: string; isNew: boolean },
  signal: AbortSignal,
): Promise<Entry | undefined> {
  const list = isNew ? openRequests(parts, signal) : openUpdates(parts, signal);
  const since = new Date(Date.parse(at) - clockTolerance).toISOString();
  try {
    for await (const rows of list.windows(since)) {
      const entry = rows.map(({ raw }) => raw as Entry).find((one) => keyOf(one) === key);
      if (entry) return entry;
    }
    return undefined;
  } catch (error) {
    throw toBoardError(error);
  }
}

const keyOf = ({ description }: Entry) => readMarked(textOf(description) ?? '')?.key;
