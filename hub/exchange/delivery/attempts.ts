import type { Outcome } from '../../../adapters/contract.ts';
import { type Store, toHotStatement } from '../../store/database.ts';
import { createGroupCommit } from '../../store/group-commit.ts';
import { insist } from '../../store/insist.ts';
import { newId } from '../../store/new-id.ts';
import { isSqlState } from '../../store/sql-states.ts';
import type { LinkState } from '../../store/tables/column-types.ts';

/** Where a link stands after a step of delivery. */
export interface Progress {
  linkId: string;
  held: number;
  externalId: string | null;
  /** The event whose outcome is still unknown; null: none. */
  attempting: number | null;
  tries: number;
  nextAt: Date;
  state: LinkState;
  lastError: string | null;
  owner: string | null;
  /** Id that the board gave to what was brought, by event number. */
  parts: Record<string, string>;
  /** The call that was made, for the book. */
  attempt?: { seq: number; startedAt: Date; outcome: Outcome['kind']; reason: string | null };
}

/**
 * The delivery's book: the link is marked before a call is made, and the call entered with its outcome afterwards.
 * A mark that nobody works on is a call of a process that ended: its outcome is unknown.
 */
export interface Attempts {
  /** Durable once it resolves: only then may the call be made. */
  start(linkId: string, seq: number): Promise<void>;
  record(progress: Progress): Promise<void>;
  /**
   * The board has let others in since it refused the same event of this link: what it refuses is not the hub. `timeout`:
   * seconds that a call may take; one that was under way when it refused says nothing.
   */
  isRefusedAlone(link: { id: string; agency: string }, seq: number, timeout: number): Promise<boolean>;
}

const startStatement = toHotStatement({
  name: 'start-attempts',
  text: `
update links l set attempting = x.seq
from unnest($1::uuid[], $2::int[]) as x(link_id, seq) where l.id = x.link_id`,
});

/**
 * A link that is further than this process knows was taken over, after a lock was lost or by a person who passed an event
 * over: only the call is entered.
 */
const recordStatement = toHotStatement({
  name: 'record-attempts',
  text: `
with steps as materialized (
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::int[], $6::timestamptz[], $7::text[], $8::text[], $9::text[],
    $10::jsonb[], $11::uuid[], $12::int[], $13::timestamptz[], $14::text[], $15::text[])
    as x(link_id, held, external_id, attempting, tries, next_at, state, last_error, owner, parts, attempt_id, seq, started_at, outcome, reason)
), entered as (
  insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason)
  select attempt_id, link_id, seq, started_at, now(), outcome, reason from steps where attempt_id is not null
)
update links l set held = x.held, external_id = coalesce(x.external_id, l.external_id), attempting = x.attempting,
  tries = x.tries, next_at = x.next_at, state = x.state, last_error = x.last_error, owner = x.owner, parts = l.parts || x.parts
from steps x where l.id = x.link_id and l.held <= x.held`,
});

/** A board that gives a number again (it was restored from an old copy) has lost what it stood for; reconciling finds that. */
const forgetStatement = toHotStatement({
  name: 'forget-external-ids',
  text: `
update links o set external_id = null from unnest($1::uuid[], $2::text[]) as x(link_id, external_id) join links l on l.id = x.link_id
where o.agency = l.agency and o.external_id = x.external_id and o.id <> l.id`,
});

const grouping = { most: 128, gather: 15 };

/** Asked only about a board that refuses the hub's credentials. */
const refusedAloneText = `
select exists (select from attempts t join boards b on b.agency = $3 where t.link_id = $1 and t.seq = $2 and t.outcome = 'refused'
  and t.finished_at + make_interval(secs => $4) < b.delivered_at) as alone`;

export function createAttempts({ hot, pool }: Store): Attempts {
  const start = createGroupCommit<{ linkId: string; seq: number }, void>(async (group) => {
    const values = [group.map(({ linkId }) => linkId), group.map(({ seq }) => seq)];
    await hot.query(startStatement(values));
    return group.map(() => undefined);
  }, grouping);
  const record = createGroupCommit<Progress, void>(async (group) => {
    const values = toColumns.map((toValue) => group.map(toValue));
    await insist(() => hot.query(recordStatement(values))).catch(async (error: unknown) => {
      // Else the board gave a number that the hub knows of another complaint.
      if (!isSqlState(error, 'uniqueViolation')) throw error;
      const named = [group.map(({ linkId }) => linkId), group.map(({ externalId }) => externalId)];
      await hot.query(forgetStatement(named));
      await hot.query(recordStatement(values));
    });
    return group.map(() => undefined);
  }, grouping);
  return {
    start: (linkId, seq) => start({ linkId, seq }),
    record,
    async isRefusedAlone({ id, agency }, seq, timeout) {
      const { rows } = await pool.query<{ alone: boolean }>(refusedAloneText, [id, seq, agency, timeout]);
      return rows[0]?.alone ?? false;
    },
  };
}

/** The columns of `steps`, in the order of the parameters. */
const toColumns: ((progress: Progress) => unknown)[] = [
  (progress) => progress.linkId,
  (progress) => progress.held,
  (progress) => progress.externalId,
  (progress) => progress.attempting,
  (progress) => progress.tries,
  (progress) => progress.nextAt,
  (progress) => progress.state,
  (progress) => progress.lastError,
  (progress) => progress.owner,
  (progress) => JSON.stringify(progress.parts),
  ({ attempt }) => (attempt ? newId() : null),
  ({ attempt }) => attempt?.seq ?? null,
  ({ attempt }) => attempt?.startedAt ?? null,
  ({ attempt }) => attempt?.outcome ?? null,
  ({ attempt }) => attempt?.reason ?? null,
];
