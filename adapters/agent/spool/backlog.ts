import type { DatabaseSync } from 'node:sqlite';
import type { Heartbeat } from '../../../schemas/index.ts';

const text = `
select (select count(*) from posts) as posts, (select count(*) from changes) as changes,
  (select count(*) from outcomes) as outcomes,
  (select min(at) from (select (select read_at from posts order by id limit 1) as at
    union all select taken_at from (select taken_at from changes order by position limit 1)
    union all select ended_at from (select ended_at from outcomes order by id limit 1))) as oldest`;

/** What waits in the spool, and since when the oldest entry waits. */
export function readBacklog(db: DatabaseSync): Heartbeat['backlog'] {
  const row = db.prepare(text).get() ?? {};
  const { posts, changes, outcomes, oldest } = row;
  return {
    posts: Number(posts),
    changes: Number(changes),
    outcomes: Number(outcomes),
    ...(oldest !== null && { oldest: String(oldest) }),
  };
}
