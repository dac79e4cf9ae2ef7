import type pg from 'pg';

/** Schemas with copies of the hub's tables: for what is read in rehearsal, and for test complaints. */
export const shadowSchemas = ['rehearsal', 'trial'] as const;
export type ShadowSchema = (typeof shadowSchemas)[number];

/**
 * The tables of the exchange. Code that runs on a shadow sees nothing else, so a statement about any other table fails
 * there and touches nothing.
 */
export const shadowTables = [
  'complaints',
  'complaint_terms',
  'unindexed',
  'events',
  'joins',
  'links',
  'raw_items',
  'idempotency_keys',
  'notices',
  'outbox',
  'attempts',
  'boards',
  'attachments',
  'attachment_contents',
  'attachment_deliveries',
  'uploads',
  'endpoint_deliveries',
  'feed_changes',
  'provisions',
  'consents',
  'kept_identifiers',
] as const;

/** Serial numbers of receipts that no real complaint gets: a post that shows one is never taken for a real one. */
const firstSerial: Record<ShadowSchema, number> = { rehearsal: 80_000_001, trial: 90_000_001 };

/**
 * Makes the shadow tables like the hub's own, which a migration may just have changed. Their rows are kept as far as
 * the columns are the same. Call it in the transaction of the last migration.
 */
export async function copyTables(client: pg.PoolClient): Promise<void> {
  for (const schema of shadowSchemas) {
    await client.query(
      `create sequence if not exists ${schema}.receipt_numbers start ${firstSerial[schema]} minvalue ${firstSerial[schema]}`,
    );
    for (const table of shadowTables) await copyTable(client, schema, table);
  }
  await client.query(feedsOfTrial);
}

/** An agent has one cursor, so tests and real changes are counted together. A migration that changes `feeds` drops it first. */
const feedsOfTrial = `
create or replace view trial.feeds as select agency, position, trial_read_to as read_to from public.feeds`;

async function copyTable(client: pg.PoolClient, schema: ShadowSchema, table: string): Promise<void> {
  const { rows } = await client.query<{ columns: string | null }>(
    `select string_agg(quote_ident(o.column_name), ', ') as columns
     from information_schema.columns o join information_schema.columns c
       on c.table_schema = $1 and c.table_name = o.table_name and c.column_name = o.column_name
     where o.table_schema = 'public' and o.table_name = $2`,
    [schema, table],
  );
  const columns = rows[0]?.columns;
  if (columns) await client.query(`alter table ${schema}.${table} rename to before_${table}`);
  await client.query(`create table ${schema}.${table} (like public.${table} including all)`);
  if (!columns) return;
  await client.query(
    `insert into ${schema}.${table} (${columns}) select ${columns} from ${schema}.before_${table}`,
  );
  await client.query(`drop table ${schema}.before_${table}`);
}
