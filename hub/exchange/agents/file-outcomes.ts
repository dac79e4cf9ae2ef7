import type pg from 'pg';
import { fromGiven } from '../../../schemas/reason.ts';
import { providedFiles } from '../../store/states/provision-state.ts';
import type { Reported } from './reported.ts';

/** Enters how the delivery of files ended. Each file stands for itself, whatever happens to its complaint's events. */
export async function saveFileOutcomes(
  client: pg.PoolClient,
  reported: Reported[],
  owner: string,
): Promise<void> {
  const rows = reported.flatMap(({ linkId, outcome: { file, kind, partId, reason } }) =>
    file === undefined
      ? []
      : { attachment_id: file, link_id: linkId, kind, part_id: partId, reason: reason && fromGiven(reason) },
  );
  if (rows.length === 0) return;
  await client.query(
    `with saved as (
     update attachment_deliveries d set state = case when x.kind = 'done' then 'held' else 'parked' end,
       part_id = coalesce(x.part_id, d.part_id), attempting = x.kind = 'unknown',
       attempting_since = case when x.kind = 'unknown' then now() end,
       tries = case when x.kind = 'done' then 0 else d.tries + 1 end, next_at = now(), last_error = x.reason,
       owner = case when x.kind <> 'done' then $2 end
     from jsonb_to_recordset($1::jsonb) as x(attachment_id uuid, link_id uuid, kind text, part_id text, reason jsonb)
     where d.attachment_id = x.attachment_id and d.link_id = x.link_id and d.state = 'waiting'
     returning d.link_id, d.seq, d.state)
     ${providedFiles("(select * from saved where state = 'held')", 'agent')}`,
    [JSON.stringify(rows), owner],
  );
}
