import { may } from '../access/people/rights.ts';
import type { User } from '../access/people/users.ts';
import type { Store } from '../store/database.ts';
import { bindStore } from '../store/personal/bind-store.ts';
import { liftGuard } from '../store/personal/guard-pool.ts';
import { StoreError } from '../store/store-error.ts';
import { appendEntries } from './log/append-entries.ts';
import type { AccessAct, AccessEntry, AccessItem, AccessWay } from './log/entry.ts';
import { type Purpose, type PurposeFacts, purposes } from './purposes.ts';

/** Who reads, and where. */
export interface Reader {
  /** The login of a person, or the key of a program. */
  actor: string;
  agency: string | null;
  way: AccessWay;
  /** The address that the request came from. */
  address: string;
  /** The route, without anything that was typed. */
  place: string;
  /** The person, whose role is checked. Absent: a program, whose scopes its door has checked. */
  user?: Pick<User, 'role' | 'agency'>;
}

/** What was given out, as its reader tells it. */
export interface Given {
  act: AccessAct;
  purpose: Purpose;
  /** Whose: ids of complaints, or of raw items of which none came. Nobody's: no entry is written. */
  subjects: readonly string[];
  items: readonly AccessItem[];
  /** Names and addresses were masked. */
  masked: boolean;
  reason?: string;
}

/** Tells the log. Throws if the purpose does not allow what was given out, or to this role. */
export type TellLog = (given: Given) => void;

/** The most subjects of one entry. More are told in several. */
const mostSubjects = 500;

/**
 * The one way of pages and doors to data of complainants. `work` reads with the store that it is given, tells whose data it
 * gives out and for what, and returns it. The entries of the access log are written in the same transaction: what cannot be
 * logged is not given out. Work that reached such data and told nothing is refused, or logged as unforeseen.
 */
export async function withPersonal<T>(
  store: Store,
  reader: Reader,
  work: (opened: Store, tell: TellLog) => Promise<T>,
): Promise<T> {
  const client = await store.pool.connect();
  let broken: Error | undefined;
  try {
    return await liftGuard(client, async (reached) => {
      await client.query('begin');
      const told: Given[] = [];
      const result = await work(
        bindStore(store, client, { within: true }),
        (given) => void told.push(mustAllow(reader, given)),
      );
      if (reached.size > 0 && told.length === 0) {
        if (!store.unforeseen)
          throw new StoreError(
            'guarded',
            `${reader.place} read ${[...reached].join(', ')} and told no access log`,
          );
        await store.unforeseen({ tables: [...reached], ids: [] });
      }
      await appendEntries(client, toEntries(reader, told));
      await client.query('commit');
      return result;
    });
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Reads data of complainants for the hub's own judgement: whether a form may be used, which draft it is. Nothing of it goes
 * to whoever asked. tests/rules/personal.test.ts lists who may use this.
 */
export async function withUnseen<T>(store: Store, work: (opened: Store) => Promise<T>): Promise<T> {
  const client = await store.pool.connect();
  try {
    return await liftGuard(client, () => work(bindStore(store, client, { within: false })));
  } finally {
    client.release();
  }
}

function mustAllow({ user, place }: Reader, given: Given): Given {
  const { right, items, asksReason }: PurposeFacts = purposes[given.purpose];
  // Nobody's data was given out.
  if (given.subjects.length === 0) return given;
  const isItem = (item: AccessItem) => items.includes(item);
  const refuse = (why: string) => new StoreError('guarded', `${place}: ${given.purpose} ${why}`);
  if (!given.items.every(isItem))
    throw refuse(`needs no ${given.items.filter((one) => !isItem(one)).join(', ')}`);
  if (user && !may(user, right)) throw refuse(`is not for the role ${user.role}`);
  if (user && !given.masked && given.items.some(isDirect) && !may(user, 'see_person'))
    throw refuse(`shows persons unmasked to the role ${user.role}`);
  if (user && asksReason && !given.reason?.trim()) throw refuse('asks for a reason');
  return given;
}

/** What says by itself who somebody is. */
const isDirect = (item: AccessItem): boolean => item === 'name' || item === 'contact';

function toEntries(reader: Reader, told: readonly Given[]): AccessEntry[] {
  const { actor, agency, way, address, place } = reader;
  const base = { at: new Date(), actor, agency: agency ?? '', way, address, place };
  return told.flatMap(({ act, purpose, subjects, items, masked, reason = '' }) =>
    inParts([...new Set(subjects)]).map((part) => ({
      ...base,
      ...{ act, purpose, masked, reason: reason.trim() },
      subjects: part,
      items: [...items],
    })),
  );
}

const inParts = (all: string[]): string[][] =>
  Array.from({ length: Math.ceil(all.length / mostSubjects) }, (_, n) =>
    all.slice(n * mostSubjects, (n + 1) * mostSubjects),
  );
