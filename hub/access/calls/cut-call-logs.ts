import type { Store } from '../../store/database.ts';

/** The calls that an agency's engineer can look at. */
const keptCalls = 10_000;
/** A log is cut when it may be longer by so many. So a quiet agency costs nothing. */
const uncutCalls = 1_000;
/** Rows of one statement, and statements for one agency in a turn. */
const batch = 5_000;
const mostBatches = 40;
const mostAgencies = 200;

/** Cuts the logs that have grown to their length. It counts nothing: the writer notes how much came since the last cut. */
export async function cutCallLogs({ pool }: Pick<Store, 'pool'>, kept = keptCalls): Promise<void> {
  const { rows } = await pool.query<{ agency: string; uncut: number }>(
    'select agency, uncut from door_logs where uncut >= $1 order by uncut desc limit $2',
    [Math.min(uncutCalls, kept), mostAgencies],
  );
  for (const { agency, uncut } of rows) {
    let isDone = false;
    for (let turn = 0; turn < mostBatches && !isDone; turn += 1) {
      const { rowCount } = await pool.query({
        name: 'cut-door-calls',
        text: `delete from door_calls where ctid = any(array(
                 select ctid from door_calls where agency = $1 and id < (
                   select id from door_calls where agency = $1 order by id desc offset $2 limit 1)
                 order by id limit ${batch}))`,
        values: [agency, kept - 1],
      });
      isDone = (rowCount ?? 0) < batch;
    }
    if (isDone)
      await pool.query('update door_logs set uncut = greatest(0, uncut - $2) where agency = $1', [
        agency,
        uncut,
      ]);
  }
}
