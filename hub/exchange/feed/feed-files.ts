import type pg from 'pg';
import { toReason } from '../../../schemas/reason.ts';
import type { FeedItem, Recipient } from './feed-item.ts';

/** Files that are due and not out. The board of agency `$1` holds the event of each. */
export const owedFiles = `
from attachment_deliveries d join links l on l.id = d.link_id
where d.agency = $1 and d.state = 'waiting' and d.next_at <= now() and l.held >= d.seq and l.external_id is not null
  and not exists (select from feed_changes f where f.link_id = d.link_id and f.attachment_id = d.attachment_id)`;

const filesAtOnce = 100;

/**
 * Finds the files that a board should get. Call it while the agency's feed is locked. Files that the board cannot
 * hold, or that its agency does not get, are passed over, as in bring-files.
 */
export async function findOwedFiles(
  client: pg.PoolClient,
  { agency, carries, files, filesFor }: Recipient,
): Promise<FeedItem[]> {
  const isTaken = files === 'taken';
  await client.query(
    `update attachment_deliveries d set state = 'skipped', last_error = $3 from attachments a, events e
     where d.agency = $1 and d.state = 'waiting' and d.next_at <= now() and a.id = d.attachment_id
       and e.complaint_id = a.complaint_id and e.seq = d.seq and not case e.type when 'contributed' then 'answered' else e.type end = any($2::text[])`,
    [
      agency,
      isTaken ? [...carries] : [],
      JSON.stringify(isTaken ? toReason('holds_not_event_of_file') : toReason('no_files')),
    ],
  );
  if (filesFor)
    await client.query(
      `update attachment_deliveries d set state = 'skipped', last_error = $3 from attachments a, events e, links l
       where d.agency = $1 and d.state = 'waiting' and d.next_at <= now() and a.id = d.attachment_id and l.id = d.link_id
         and not l.role = any($2::text[]) and e.complaint_id = a.complaint_id and e.seq = d.seq
         and (e.type in ('registered', 'revised', 'followed_up')
           or e.type = 'step_taken' and e.data -> 'step' ->> 'kind' in ('supplemented', 'objected'))`,
      [agency, filesFor, JSON.stringify(toReason('file_withheld'))],
    );
  const { rows } = await client.query<FeedItem>(
    `select d.link_id, l.complaint_id, d.seq, d.attempting as again, d.attachment_id ${owedFiles}
     order by d.next_at, d.attachment_id limit ${filesAtOnce}`,
    [agency],
  );
  return rows;
}
