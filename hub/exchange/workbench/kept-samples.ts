import type { Agency } from '../../../schemas/index.ts';
import { maskSample } from '../../access/people/mask-sample.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { sealedJson } from '../../store/sealing/keyed.ts';
import { clearMembers } from '../../store/sealing/sealed-columns.ts';
import type { Sample } from '../boards/try-board.ts';
import { mostPosts } from './sample-text.ts';
import { codesOf } from './stored-items.ts';

/** Samples under a name, to try mappings on. Personal data in them is masked. */
export interface KeptSample {
  id: string;
  name: string;
  count: number;
  createdBy: string;
  createdAt: Date;
}

/** The most of one agency. */
const mostKept = 30;

export async function listKept({ pool }: Pick<Store, 'pool'>, agency: string): Promise<KeptSample[]> {
  const { rows } = await pool.query<KeptSample>(
    `select id, name, jsonb_array_length(items) as count, created_by as "createdBy", created_at as "createdAt"
     from workbench_samples where agency = $1 order by name limit ${mostKept}`,
    [agency],
  );
  return rows;
}

export async function findKept(
  { pool }: Pick<Store, 'pool'>,
  agency: string,
  id: string,
): Promise<Sample[] | undefined> {
  const { rows } = await pool.query<{ items: Sample[] }>(
    'select items from workbench_samples where agency = $1 and id = $2',
    [agency, id],
  );
  return rows[0]?.items;
}

/**
 * Keeps samples, masked by the codes of this agency's document. A name that is taken gets the new ones. `full`: there
 * are too many already.
 */
export function keepSamples(
  { pool }: Pick<Store, 'pool'>,
  agency: Pick<Agency, 'code' | 'board'>,
  { name, items, by }: { name: string; items: Sample[]; by: string },
): Promise<'kept' | 'full'> {
  const codes = codesOf(agency);
  const masked = items
    .slice(0, mostPosts)
    .map(({ externalId, raw }) => ({ externalId, raw: maskSample(raw, { codes }) }));
  return inTransaction(pool, async (client) => {
    // Two who keep at once wait for one another, so that neither exceeds the limit.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [`workbench_samples:${agency.code}`]);
    const { rowCount } = await client.query(
      `insert into workbench_samples (id, agency, name, items, created_by)
       select $1, $2, $3, $4, $5
       where exists (select from workbench_samples where agency = $2 and name = $3)
         or (select count(*) from workbench_samples where agency = $2) < ${mostKept}
       on conflict (agency, name) do update set items = excluded.items, created_by = excluded.created_by, created_at = now()`,
      [newId(), agency.code, name, sealedJson(masked, clearMembers.samples), by],
    );
    return rowCount === 1 ? 'kept' : 'full';
  });
}

export async function dropKept({ pool }: Pick<Store, 'pool'>, agency: string, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from workbench_samples where agency = $1 and id = $2', [
    agency,
    id,
  ]);
  return rowCount === 1;
}
