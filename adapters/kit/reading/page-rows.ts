import { type Problem, ReasonError, reasonOf, toReason } from '../../../schemas/reason.ts';
import { BoardError, isStandIn, type PulledPost } from '../../contract.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { toId } from './board-ref.ts';
import { fingerprint } from './digest.ts';
import type { PageRow } from './pull-plan.ts';

/** How to find the posts in a board's reply. */
export interface RowMapping {
  items: Mapping;
  externalId: Mapping;
  updatedAt: Mapping;
  version?: Mapping;
}

/** The posts of one page. Throws {@link BoardError} `malformed` if the reply is not what the configuration promises. */
export async function toPageRows(
  mapping: RowMapping,
  reply: unknown,
  since: string | undefined,
): Promise<PageRow[]> {
  const records = await readList(mapping.items, reply);
  if (records === undefined) throw new BoardError('malformed', toReason('no_list'));
  const rows: PageRow[] = [];
  for (const raw of records) {
    const { externalId = toStandIn(raw), updatedAt, version } = await readRecord(mapping, raw);
    // A post without a time keeps its position in the list: it gets the time of the post before it.
    const before = rows.at(-1)?.updatedAt ?? since ?? new Date(0).toISOString();
    rows.push({ externalId, updatedAt: updatedAt ?? before, raw, ...(version !== undefined && { version }) });
  }
  // All records lack an id, so the settings describe another board. The reader stops here and skips nothing.
  if (rows.length >= fewest && rows.every(({ externalId }) => isStandIn(externalId)))
    throw new BoardError('malformed', toReason('no_id_in_posts', { count: rows.length }));
  return rows;
}

/**
 * The records of a reply. Boards write a list of one as one object, and an empty list as `null`, as an empty text or as
 * a reply without a body (204). Undefined: the reply holds no list.
 */
export async function readList(items: Mapping, reply: unknown): Promise<unknown[] | undefined> {
  if (reply === null) return [];
  const list = await items.evaluate(reply);
  if (list === undefined) return undefined;
  return (Array.isArray(list) ? list : [list]).filter((record) => record !== null && record !== '');
}

/** If all records of a page lack an id, this number of them proves wrong settings. */
const fewest = 3;

/** What a record tells about itself. */
interface RecordMarks {
  externalId?: string | undefined;
  /** RFC 3339. Absent: the record has no time, or one that cannot be read. */
  updatedAt?: string | undefined;
  version?: string | undefined;
}

/** Never throws, because a bad record must hide no other. {@link findRecordProblems} says what is wrong with it. */
async function readRecord(mapping: Omit<RowMapping, 'items'>, raw: unknown): Promise<RecordMarks> {
  const [externalId, updatedAt, version] = await Promise.all([
    readId(mapping.externalId, raw).catch(() => undefined),
    readTime(mapping.updatedAt, raw).catch(() => undefined),
    mapping.version?.evaluate(raw).catch(() => undefined),
  ]);
  return { externalId, updatedAt, version: toId(version) };
}

/**
 * Why a record cannot be placed among the posts of its board. `normalise` returns these problems, so that only this
 * record is parked.
 */
export async function findRecordProblems(
  mapping: Pick<RowMapping, 'externalId' | 'updatedAt'>,
  raw: unknown,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const note = (code: 'record_without_id' | 'record_without_time') => (error: unknown) => {
    problems.push({ pointer: '', reason: toReason(code, { detail: reasonOf(error) }) });
  };
  await readId(mapping.externalId, raw).catch(note('record_without_id'));
  await readTime(mapping.updatedAt, raw).catch(note('record_without_time'));
  return problems;
}

async function readId(mapping: Mapping, raw: unknown): Promise<string> {
  const value = await mapping.evaluate(raw);
  const id = toId(value);
  if (id === undefined) throw new ReasonError(toReason(value === undefined ? 'missing' : 'no_id_kind'));
  return id;
}

async function readTime(mapping: Mapping, raw: unknown): Promise<string | undefined> {
  const time = (await mapping.evaluate(raw)) ?? undefined;
  if (time === undefined) return undefined;
  if (typeof time !== 'string' || Number.isNaN(Date.parse(time)))
    throw new ReasonError(toReason('no_instant', { value: String(time).slice(0, 40) }));
  return time;
}

/**
 * The stand-in for the id of a record that has none. It stays the same as long as the record does. See isStandIn in the
 * contract.
 */
export const toStandIn = (raw: unknown): string => `?${fingerprint(raw)}`;

/**
 * Places the rows of a page if the mapping is code. `toRow` throws for a record without an id or with an unreadable
 * time. `normalise` must call it too, so that the record is parked with that reason.
 */
export function placeRecords(
  records: unknown[],
  since: string | undefined,
  toRow: (raw: unknown) => PageRow,
): PageRow[] {
  const rows: PageRow[] = [];
  for (const raw of records) {
    try {
      rows.push(toRow(raw));
    } catch {
      // `normalise` reports the error. The record keeps its position in the list.
      const updatedAt = rows.at(-1)?.updatedAt ?? since ?? new Date(0).toISOString();
      rows.push({ externalId: toStandIn(raw), updatedAt, raw });
    }
  }
  return rows;
}

/** One post that was read alone, with the id and version that `pull` would give it. */
export async function toPulledPost(
  mapping: Pick<RowMapping, 'externalId' | 'version'>,
  raw: unknown,
): Promise<PulledPost> {
  const externalId = toId(await mapping.externalId.evaluate(raw));
  if (externalId === undefined) throw new BoardError('malformed', toReason('no_id_in_post'));
  const version = toId(await mapping.version?.evaluate(raw).catch(() => undefined));
  return { externalId, version: version ?? fingerprint(raw), raw };
}
