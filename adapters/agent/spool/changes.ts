import type { DatabaseSync } from 'node:sqlite';
import type { AgentChange, AgentOutcomes } from '../../../schemas/index.ts';
import type { SpoolTransaction } from './database.ts';

type AgentOutcome = AgentOutcomes['outcomes'][number];

/** A change from the hub, and the state of its delivery. */
export interface SpooledChange {
  place: ChangePlace;
  change: AgentChange;
  /** The board's id of the post. This agent learned it, and the hub may not know it yet. */
  externalId: string | undefined;
  /** True: it was sent, and its outcome is unknown. */
  attempting: boolean;
  /** When the call began that the board may still be working on. */
  attemptingSince: Date | null;
  takenAt: Date;
  tries: number;
}

/** An event of a complaint, or a file of it. `file` is '' for the event itself. */
export interface ChangePlace {
  receipt: string;
  seq: number;
  file: string;
}

const placeOf = ({ complaint, event, file }: AgentChange): ChangePlace => ({
  receipt: complaint.receiptNumber,
  seq: event.seq,
  file: file?.id ?? '',
});

/**
 * Stores the changes that the hub leased, and the cursor. A change that is already here is not stored twice. One that
 * has ended is skipped, because its outcome is reported anyway. `cursor`: the position of the last change.
 */
export function takeChanges(tx: SpoolTransaction, changes: AgentChange[], cursor: string): void {
  const ended = tx.prepare('select 1 from outcomes where receipt = ? and seq = ? and file = ?');
  const isVoid = tx.prepare('select 1 from matters where receipt = ? and void >= ?');
  const save = tx.prepare(
    `insert into changes (receipt, seq, file, position, body, taken_at) values (?, ?, ?, ?, ?, ?)
     on conflict (receipt, seq, file) do update set position = excluded.position, body = excluded.body`,
  );
  // The hub had every outcome when it leased this change. So its id is the right one.
  const name = tx.prepare('update matters set external_id = ? where receipt = ? and reported < ?');
  const takenAt = new Date().toISOString();
  for (const change of changes) {
    const { receipt, seq, file } = placeOf(change);
    const position = Number(change.cursor);
    if (change.ref) name.run(change.ref.externalId, receipt, position);
    if (ended.get(receipt, seq, file) || (!file && isVoid.get(receipt, position))) continue;
    save.run(receipt, seq, file, position, JSON.stringify(change), takenAt);
  }
  // Later changes come from a hub that has every outcome.
  tx.prepare(
    `delete from matters where reported <= ?
     and not exists (select 1 from changes c where c.receipt = matters.receipt)`,
  ).run(Number(cursor));
}

/** An event waits for the earlier events of its complaint. If one of them is parked, it waits for a person. */
const dueEventsText = `
select c.*, m.external_id from changes c left join matters m on m.receipt = c.receipt
where c.file = '' and c.next_at <= ?1 and coalesce(m.parked, 0) = 0
  and not exists (select 1 from changes e where e.receipt = c.receipt and e.file = '' and e.seq < c.seq)`;
const dueFilesText = `select c.*, null as external_id from changes c where c.file <> '' and c.next_at <= ?1`;

/**
 * Lists the changes that may be delivered now: the next event of each complaint, or files. The oldest come first, then
 * those that were delayed.
 */
export function listDueChanges(
  db: DatabaseSync,
  what: 'events' | 'files',
  most: number,
  isUnderWay: (place: ChangePlace) => boolean,
): SpooledChange[] {
  const text = what === 'events' ? dueEventsText : dueFilesText;
  const found: SpooledChange[] = [];
  for (const row of db.prepare(`${text} order by c.next_at, c.position`).iterate(Date.now())) {
    const spooled = toSpooledChange(row);
    if (!isUnderWay(spooled.place)) found.push(spooled);
    if (found.length >= most) break;
  }
  return found;
}

/** The next event of one complaint, if it may be delivered now. */
export function findNextEvent(db: DatabaseSync, receipt: string): SpooledChange | undefined {
  const row = db.prepare(`${dueEventsText} and c.receipt = ?2`).get(Date.now(), receipt);
  return row && toSpooledChange(row);
}

function toSpooledChange(row: Record<string, unknown>): SpooledChange {
  return {
    place: { receipt: String(row.receipt), seq: Number(row.seq), file: String(row.file) },
    change: JSON.parse(String(row.body)) as AgentChange,
    externalId: row.external_id === null ? undefined : String(row.external_id),
    attempting: Number(row.attempting) === 1,
    attemptingSince: row.attempting_since === null ? null : new Date(Number(row.attempting_since)),
    takenAt: new Date(String(row.taken_at)),
    tries: Number(row.tries),
  };
}

/** True: nobody knows whether the board holds it. `again`: an earlier agent, or the hub itself, may have sent it. */
export const isUnknown = ({ attempting, change }: SpooledChange): boolean => attempting || change.again;

/** When the call began that the board may still be working on. Of a call by others, only its latest start is known. */
export const sinceOf = ({ attemptingSince, change, takenAt }: SpooledChange): Date | undefined =>
  attemptingSince ?? (change.again ? takenAt : undefined);

/** When the next delayed change is due, in milliseconds since 1970. Undefined: none is delayed. */
export function findNextDue(db: DatabaseSync): number | undefined {
  const row = db.prepare('select min(next_at) as next from changes where next_at > ?').get(Date.now());
  return typeof row?.next === 'number' ? row.next : undefined;
}

/**
 * Counts waiting changes, because the spool takes only a limited number from the hub. Changes that wait for a person do
 * not count.
 */
export function countWaiting(db: DatabaseSync): number {
  const row = db
    .prepare(
      `select count(*) as n from changes c left join matters m on m.receipt = c.receipt where coalesce(m.parked, 0) = 0`,
    )
    .get();
  return Number(row?.n ?? 0);
}

/**
 * Durable before the board is called. If the agent ends during the call, the next start asks the board and does not
 * send again.
 */
export function markAttempt(tx: SpoolTransaction, { receipt, seq, file }: ChangePlace): void {
  tx.prepare(
    'update changes set attempting = 1, attempting_since = ? where receipt = ? and seq = ? and file = ?',
  ).run(Date.now(), receipt, seq, file);
}

/** Nothing was sent after all. The state before the attempt counts again. */
export function withdrawAttempt(tx: SpoolTransaction, spooled: SpooledChange): void {
  const { receipt, seq, file } = spooled.place;
  const { attempting, attemptingSince } = spooled;
  tx.prepare(
    'update changes set attempting = ?, attempting_since = ? where receipt = ? and seq = ? and file = ?',
  ).run(attempting ? 1 : 0, attemptingSince?.getTime() ?? null, receipt, seq, file);
}

/** The state of a change that is tried again later. */
type Standing = Pick<SpooledChange, 'attempting' | 'attemptingSince' | 'tries'> & { nextAt: Date };

export function putOff(
  tx: SpoolTransaction,
  { receipt, seq, file }: ChangePlace,
  { attempting, attemptingSince, tries, nextAt }: Standing,
): void {
  tx.prepare(
    `update changes set attempting = ?, attempting_since = ?, tries = ?, next_at = ?
     where receipt = ? and seq = ? and file = ?`,
  ).run(attempting ? 1 : 0, attemptingSince?.getTime() ?? null, tries, nextAt.getTime(), receipt, seq, file);
}

/** The board is back. Changes that failed while it was away need not wait any longer. */
export function releaseAll(tx: SpoolTransaction): void {
  tx.prepare('update changes set next_at = 0 where next_at > 0').run();
}

/** The delivery has ended. The hub has yet to be told. */
export function endChange(
  tx: SpoolTransaction,
  { receipt, seq, file }: ChangePlace,
  outcome: AgentOutcome,
): void {
  tx.prepare('delete from changes where receipt = ? and seq = ? and file = ?').run(receipt, seq, file);
  tx.prepare('insert into outcomes (receipt, seq, file, body, ended_at) values (?, ?, ?, ?, ?)').run(
    receipt,
    seq,
    file,
    JSON.stringify(outcome),
    outcome.finishedAt,
  );
  if (file) return;
  tx.prepare(
    `insert into matters (receipt, external_id, parked) values (?, ?, ?)
     on conflict (receipt) do update set external_id = coalesce(excluded.external_id, external_id),
       parked = excluded.parked, reported = null`,
  ).run(receipt, outcome.externalId ?? null, outcome.kind === 'done' ? 0 : 1);
}

export interface SpooledOutcome {
  id: number;
  outcome: AgentOutcome;
}

export function listOldestOutcomes(db: DatabaseSync, most: number): SpooledOutcome[] {
  const rows = db.prepare('select id, body from outcomes order by id limit ?').all(most);
  return rows.map((row) => ({ id: Number(row.id), outcome: JSON.parse(String(row.body)) as AgentOutcome }));
}

/** The hub was restored from an older backup and counts anew. Everything known by its old positions is void. */
export function forgetPositions(tx: SpoolTransaction): void {
  tx.exec('update matters set void = 0, reported = case when reported is not null then 0 end');
}

/**
 * Deletes outcomes that the hub has taken. After an outcome other than done, the hub has taken back what it had leased
 * up to `cursor`. It leases that again when a person has decided.
 */
export function forgetOutcomes(tx: SpoolTransaction, taken: SpooledOutcome[], cursor: string): void {
  const position = Number(cursor);
  const forget = tx.prepare('delete from outcomes where id = ?');
  const takeBack = tx.prepare(`delete from changes where receipt = ? and file = '' and position <= ?`);
  const release = tx.prepare('update matters set parked = 0, void = ? where receipt = ?');
  const report = tx.prepare(
    `update matters set reported = ? where receipt = ?
     and not exists (select 1 from outcomes o where o.receipt = matters.receipt and o.file = '')`,
  );
  for (const { id, outcome } of taken) {
    const { receiptNumber: receipt, kind, file } = outcome;
    forget.run(id);
    if (file) continue;
    if (kind !== 'done') {
      takeBack.run(receipt, position);
      release.run(position, receipt);
    }
    report.run(position, receipt);
  }
}
