import type pg from 'pg';
import type { Statement } from '../store/database.ts';
import type { NoticePlan } from './plan.ts';

const insert: Statement = {
  name: 'insert-notices',
  text: `
    insert into notices
      (id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, fallbacks, state, next_at, last_error)
    select
      id, complaint_id, seq, template, audience, agency, recipient, channel, address, language, fallbacks, state, next_at, last_error
    from json_populate_recordset(null::notices, $1)
    on conflict do nothing`,
};

/** Adds planned notices, of any number of complaints, in one statement; one that was planned before stays as it is. */
export async function insertNotices(client: pg.PoolClient, plans: NoticePlan[]): Promise<void> {
  if (plans.length > 0) await client.query({ ...insert, values: [JSON.stringify(plans)] });
}
