import type { Problem, StepKind } from '../../../schemas/index.ts';
import { stepFacts, stepKinds, toReason } from '../../../schemas/index.ts';
import type { Queryable } from '../../store/database.ts';
import { toLiterals } from '../../store/literals.ts';

/*
 * An act that was held goes out once: its row is locked before it is judged and removed in the transaction of its events.
 * Another process, or its sender who takes it back, waits for that lock and then finds no row.
 */

/** Steps by which an agency speaks to the complainant. */
const spoken: StepKind[] = stepKinds.filter((kind) => {
  const { by, speaks } = stepFacts[kind];
  return by === 'assignee' && speaks === true;
});

/**
 * `overtaken`: since the act was sent, a person told the complainant something, moved the complaint or withdrew it. What
 * the hub itself tells those of joined complaints does not count.
 */
const lockText = `
select h.id, h.review_id is null or exists (select from answer_reviews r where r.id = h.review_id and r.state = 'waiting') as standing,
  exists (select from events e where e.complaint_id = h.complaint_id and e.seq > h.seq and e.actor ->> 'via' <> 'hub'
    and (e.type in ('answered', 'interim_answered', 'transferred', 'withdrawn')
      or e.type = 'step_taken' and e.data #>> '{step,kind}' in (${toLiterals(spoken)}))) as overtaken
from held_acts h where h.id = any($1::uuid[]) and h.state = 'held' order by h.id for update`;

/** Why each of these acts must not go out, by its id; an empty list: it may. An act that is over is not in it. */
export type LockedActs = ReadonlyMap<string, Problem[]>;

/** Locks acts until the end of the transaction. */
export async function lockHeld(client: Queryable, ids: string[]): Promise<LockedActs> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; standing: boolean; overtaken: boolean }>(lockText, [ids]);
  return new Map(
    rows.map(({ id, standing, overtaken }) => {
      const code = !standing ? 'review_over' : overtaken ? 'held_overtaken' : undefined;
      return [id, code ? [{ pointer: '', reason: toReason(code) }] : []];
    }),
  );
}

/** An act that went out. */
export interface EndedAct {
  id: string;
  /** It changed nothing: somebody had said the same. */
  isNothing: boolean;
}

/** Removes acts that went out. What they released is released, and what was done to several complaints at once knows it. */
export async function endHeld(client: Queryable, ended: EndedAct[]): Promise<void> {
  if (ended.length === 0) return;
  await client.query(
    `with gone as (
       delete from held_acts h using unnest($1::uuid[], $2::boolean[]) as e(id, is_nothing) where h.id = e.id
       returning h.review_id, h.run_id, h.complaint_id, h.login, e.is_nothing
     ), released as (
       update answer_reviews r set state = 'released', decided_by = g.login, decided_at = now()
       from gone g where r.id = g.review_id and r.state = 'waiting'
     )
     update bulk_results b set outcome = case when g.is_nothing then 'nothing' else 'done' end, at = now()
     from gone g join complaints c on c.id = g.complaint_id
     where b.run_id = g.run_id and b.receipt_number = c.receipt_number`,
    [ended.map(({ id }) => id), ended.map(({ isNothing }) => isNothing)],
  );
}

/** Seconds until an act is tried again at which this program failed. The others go on. */
const retryAfter = 60;

/** Lets an act wait on: this program could not carry it out now. */
export async function postpone(client: Queryable, id: string): Promise<void> {
  await client.query(
    `update held_acts set due_at = now() + make_interval(secs => ${retryAfter}) where id = $1 and state = 'held'`,
    [id],
  );
}
