import { eventTypes } from '../../schemas/index.ts';
import { toReason } from '../../schemas/reason.ts';
import { listReplays, type ReplayEntry } from '../exchange/replay/read-replays.ts';
import { type ReplayActions, ReplayError } from '../exchange/replay/replays.ts';
import type { ReplayPreview } from '../exchange/replay/select-links.ts';
import type { Store } from '../store/database.ts';
import type { Page, Place } from '../store/read-page.ts';
import type { ReplayFilter } from '../store/tables/column-types.ts';
import type { Actor } from './actor.ts';
import { EngineerError } from './engineer-error.ts';
import { type Expect, expectAnything } from './expect.ts';

/** What an engineer may choose of the own agency's deliveries. */
export type OwnFilter = Omit<ReplayFilter, 'agency'>;

export interface EngineerReplays {
  preview(agency: string, filter: OwnFilter, place: Place): Promise<ReplayPreview>;
  list(agency: string, place: Place): Promise<Page<ReplayEntry>>;
  /** Resolves with its id. Errors: EngineerError. */
  start(actor: Actor, order: { filter: OwnFilter; perMinute: number; mayDouble: boolean }): Promise<string>;
  /** One of them, without how far it is. Errors: EngineerError `not_found`. */
  find(agency: string, id: string): Promise<ReplayState>;
  /** Errors: EngineerError. */
  change(actor: Actor, id: string, action: 'pause' | 'resume' | 'cancel', expect?: Expect): Promise<void>;
}

/** What an engineer changes of a replay. */
type ReplayState = Pick<ReplayEntry, 'id' | 'state' | 'perMinute' | 'askedBy' | 'askedAt' | 'finishedAt'>;

/** Deliveries begun in a minute, at the most: a replay comes beside what the board gets anyway. */
const mostPerMinute = 600;

/** Repeats deliveries to the engineer's own board, and to no other. */
export function createEngineerReplays(store: Store, replays: ReplayActions): EngineerReplays {
  return {
    preview: (agency, filter, place) => replays.preview({ ...filter, agency }, place),
    list: (agency, place) => listReplays(store, place, agency),
    async start({ agency, name }, { filter, perMinute, mayDouble }) {
      if (!Number.isInteger(perMinute) || perMinute < 1 || perMinute > mostPerMinute)
        throw new EngineerError('invalid', 'the pace is not acceptable', [
          { pointer: '/perMinute', reason: toReason('between', { least: 1, most: mostPerMinute }) },
        ]);
      const order = { filter: { ...filter, agency }, perMinute, mayDouble, by: name };
      return act(() => replays.start(order));
    },
    find: (agency, id) => mustFind(store, agency, id),
    async change({ agency, name }, id, action, expect = expectAnything) {
      expect(await mustFind(store, agency, id));
      await act(() => replays[action](id, name));
    },
  };
}

async function mustFind({ pool }: Store, agency: string, id: string): Promise<ReplayState> {
  const { rows } = await pool.query<ReplayState>(
    `select id, state, per_minute as "perMinute", asked_by as "askedBy", asked_at as "askedAt",
       finished_at as "finishedAt" from replays where id = $1 and filter ->> 'agency' = $2`,
    [id, agency],
  );
  const [replay] = rows;
  if (!replay) throw new EngineerError('not_found');
  return replay;
}

async function act<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ReplayError ? new EngineerError('conflict', error.message) : error;
  }
}

/** A filter as a form or a query gives it. A value that makes no sense is no condition. */
export function toOwnFilter(given: {
  receiptNumber?: string | undefined;
  type?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  parked?: string | undefined;
}): OwnFilter {
  const known = eventTypes.find((one) => one === given.type);
  return {
    ...(given.receiptNumber && { receiptNumber: given.receiptNumber }),
    ...(known && { types: [known] }),
    ...(given.from && { from: given.from }),
    ...(given.to && { to: given.to }),
    ...(given.parked && { parked: given.parked === 'only' }),
  };
}
