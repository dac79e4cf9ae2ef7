import type pg from 'pg';
import type { Logger } from 'pino';
import type { HistoryType } from '../../../schemas/index.ts';
import { type ClockRules, ofAgency } from '../../clock/deadline.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import { toldTypes } from '../../complaints/event-facts.ts';
import { type EventRow, toEvent } from '../../complaints/load-matters.ts';
import { type Duty, isOwedToCitizen, listDuties } from '../../complaints/steps/duties.ts';
import type { Directory } from '../../configuration/directory.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { toLiterals } from '../../store/literals.ts';
import { findLimits, type Limits } from '../limits/find-limits.ts';
import type { CaseFigures } from './case-figures.ts';
import { measureCase } from './measure-case.ts';

export interface Measuring {
  store: Pick<Store, 'pool'>;
  directory: Pick<Directory, 'findAgency'> & { clock(): ClockRules };
  log: Logger;
}

const atOnce = 200;
const seenTypes = toLiterals([...toldTypes, 'assigned'] satisfies HistoryType[]);

/**
 * Measures complaints with news, and those whose time has come. The mark of a complaint goes in the transaction that
 * writes its figures, and marks the sums that they change: after a crash the rest is still marked. One process at a
 * time does it. True: there may be more.
 */
export async function measureCases(deps: Measuring, now = new Date()): Promise<boolean> {
  return inTransaction(deps.store.pool, async (client) => {
    const { rows } = await client.query<{ complaint_id: string }>(
      `with marked as (
         delete from unmeasured where ctid = any(array(select ctid from unmeasured limit ${atOnce})) returning complaint_id
       ), due as (
         select complaint_id from process_cases where look_at <= $1 order by look_at limit ${atOnce}
       ) select complaint_id from marked union select complaint_id from due`,
      [now],
    );
    if (rows.length === 0) return false;
    const ids = rows.map(({ complaint_id }) => complaint_id);
    // What cannot be measured is not asked for again and again.
    await client.query(
      'update process_cases set look_at = null where complaint_id = any($1::uuid[]) and look_at <= $2',
      [ids, now],
    );
    const cases = await measure(client, deps, ids, now);
    await writeCases(client, cases);
    await writeDuties(client, cases);
    return rows.length >= atOnce;
  });
}

type Measured = CaseFigures & { id: string; owed: Duty[]; limits: Limits };

/**
 * Reads after the marks are gone: an event that is committed later leaves a new mark. A complaint that cannot be measured
 * is logged and left out, so that it does not hold up the others.
 */
async function measure(
  client: pg.PoolClient,
  { directory, log }: Measuring,
  ids: string[],
  now: Date,
): Promise<Measured[]> {
  const { rows } = await client.query<ComplaintRow & { seen: EventRow[] | null; on_screen: boolean }>(
    `select c.*, (select jsonb_agg(to_jsonb(e) order by e.seq) from events e
       where e.complaint_id = c.id and e.type in (${seenTypes})) as seen,
       exists (select from links l where l.complaint_id = c.id and l.agency = c.assignee and l.state = 'screen') as on_screen
     from complaints c where c.id = any($1::uuid[])`,
    [ids],
  );
  const clock = directory.clock();
  return rows.flatMap((row) => {
    try {
      const matter = { complaint: toComplaint(row), events: (row.seen ?? []).map(toEvent) };
      const rules = ofAgency(clock, directory.findAgency(row.assignee));
      const { owed, next } = listDuties({ complaint: matter.complaint, told: matter.events }, now);
      const figures = measureCase(matter, now, rules);
      const lookAt = [figures.lookAt, next]
        .flatMap((at) => at ?? [])
        .sort((a, b) => Number(a) - Number(b))[0];
      const limits = findLimits({ ...matter, onScreen: row.on_screen }, rules);
      return {
        id: row.id,
        ...figures,
        owed: owed.filter(isOwedToCitizen),
        limits,
        ...(lookAt && { lookAt }),
      };
    } catch (err) {
      log.error({ err, complaint: row.id }, 'the figures of a complaint cannot be counted');
      return [];
    }
  });
}

/** Figures that leave a sum, because the complaint went to another agency, change that sum as well. */
const writeText = `
with new as (
  select * from jsonb_to_recordset($1::jsonb) as x(complaint_id uuid, agency text, kind text, month text, state text,
    taken_in_at timestamptz, ended_at timestamptz, legal int, real int, to_assigned int, to_begun int, to_answered int,
    stops int, extensions int, transfers int, reopened boolean, look_at timestamptz, hand_by timestamptz, transfer_by timestamptz,
    late_transfer_at timestamptz)
), stale as (
  insert into process_stale (agency, month)
  select agency, month from new
  union select p.agency, p.month from process_cases p join new on new.complaint_id = p.complaint_id
  on conflict do nothing
)
insert into process_cases (complaint_id, agency, kind, month, state, taken_in_at, ended_at, legal, real, to_assigned, to_begun,
  to_answered, stops, extensions, transfers, reopened, look_at, hand_by, transfer_by, late_transfer_at)
select * from new
on conflict (complaint_id) do update set agency = excluded.agency, kind = excluded.kind, month = excluded.month,
  state = excluded.state, taken_in_at = excluded.taken_in_at, ended_at = excluded.ended_at, legal = excluded.legal,
  real = excluded.real, to_assigned = excluded.to_assigned, to_begun = excluded.to_begun, to_answered = excluded.to_answered,
  stops = excluded.stops, extensions = excluded.extensions, transfers = excluded.transfers, reopened = excluded.reopened,
  look_at = excluded.look_at, hand_by = excluded.hand_by, transfer_by = excluded.transfer_by,
  late_transfer_at = excluded.late_transfer_at`;

async function writeCases(client: pg.PoolClient, cases: Measured[]): Promise<void> {
  const rows = cases.map(({ id, owed: _owed, limits, lengths, takenInAt, endedAt, lookAt, ...same }) => ({
    ...same,
    complaint_id: id,
    taken_in_at: takenInAt,
    ended_at: endedAt ?? null,
    legal: lengths.legal ?? null,
    real: lengths.real ?? null,
    to_assigned: lengths.toAssigned ?? null,
    to_begun: lengths.toBegun ?? null,
    to_answered: lengths.toAnswered ?? null,
    look_at: lookAt ?? null,
    hand_by: limits.handBy ?? null,
    transfer_by: limits.transferBy ?? null,
    late_transfer_at: limits.lateTransferAt ?? null,
  }));
  await client.query(writeText, [JSON.stringify(rows)]);
}

/** Replaces what each of the complaints owed before. */
async function writeDuties(client: pg.PoolClient, cases: Measured[]): Promise<void> {
  await client.query('delete from owed_duties where complaint_id = any($1::uuid[])', [
    cases.map(({ id }) => id),
  ]);
  const rows = cases.flatMap(({ id, agency, owed }) =>
    owed.map(({ kind, day, at }) => ({ complaint_id: id, kind, day, agency, since: at })),
  );
  await client.query(
    'insert into owed_duties select * from jsonb_populate_recordset(null::owed_duties, $1::jsonb)',
    [JSON.stringify(rows)],
  );
}
