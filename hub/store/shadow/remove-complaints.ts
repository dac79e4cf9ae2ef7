import type { Queryable } from '../database.ts';
import { removeShadowLinks } from '../states/link-state.ts';
import { removeShadowNotices } from '../states/notice-state.ts';
import type { ShadowSchema } from './shadow-tables.ts';

/** Rows that belong to complaints, but for their links and notices. */
const statements = [
  // Contents that nothing refers to any more are swept.
  `update attachment_contents set check_at = now() where sha256 in (
     select sha256 from attachments where complaint_id = any($1::uuid[]))`,
  `delete from attachment_deliveries where attachment_id in (
     select id from attachments where complaint_id = any($1::uuid[]))`,
  'delete from attachments where complaint_id = any($1::uuid[])',
  'delete from endpoint_deliveries where complaint_id = any($1::uuid[])',
  'delete from feed_changes where complaint_id = any($1::uuid[])',
  'delete from provisions where complaint_id = any($1::uuid[])',
  'delete from consents where complaint_id = any($1::uuid[])',
  'delete from raw_items where complaint_id = any($1::uuid[])',
  'delete from idempotency_keys where complaint_id = any($1::uuid[])',
  'delete from attempts where link_id in (select id from links where complaint_id = any($1::uuid[]))',
  'delete from outbox where notice_id in (select id from notices where complaint_id = any($1::uuid[]))',
  'delete from events where complaint_id = any($1::uuid[])',
  'delete from joins where lead_id = any($1::uuid[]) or complaint_id = any($1::uuid[])',
  'delete from kept_identifiers where complaint_id = any($1::uuid[])',
  'delete from complaint_terms where complaint_id = any($1::uuid[])',
  'delete from unindexed where complaint_id = any($1::uuid[])',
  'delete from complaints where id = any($1::uuid[])',
];

/** Removes complaints from a shadow, with everything that belongs to them. Runs in a transaction. */
export async function removeComplaints(
  client: Queryable,
  schema: ShadowSchema,
  complaints: string[],
): Promise<void> {
  if (complaints.length === 0) return;
  // Until here the transaction sees the hub's own tables, and again afterwards.
  await client.query(`set local search_path to ${schema}`);
  for (const statement of statements) await client.query(statement, [complaints]);
  await removeShadowLinks(client, complaints);
  await removeShadowNotices(client, complaints);
  await client.query('set local search_path to default');
}

/** Removes what came in from an agency, but for the newest `most` items. Runs in a transaction. */
export async function removeItems(
  client: Queryable,
  schema: ShadowSchema,
  agency: string,
  most: number,
): Promise<void> {
  await client.query(`set local search_path to ${schema}`);
  await client.query(
    `delete from raw_items where agency = $1 and id <= (
       select id from raw_items where agency = $1 order by id desc offset $2 limit 1)`,
    [agency, most],
  );
  await client.query('set local search_path to default');
}
