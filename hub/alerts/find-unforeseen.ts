import { said } from '../../schemas/reason.ts';
import type { vocabulary } from '../words/vocabulary.ts';
import type { FindDependencies, Finding } from './finding.ts';

const subject: keyof typeof vocabulary.agency = 'personal-data';
/** Places that are told. */
const named = 5;

/** Pages and calls that gave out data of complainants within a day, and no purpose was foreseen (personal/unforeseen.ts). */
export async function findUnforeseen({ store }: FindDependencies): Promise<Finding[]> {
  const { rows } = await store.pool.query<{ count: number; places: string[] }>(
    `select sum(times)::int as count, (array_agg(place order by times desc, place))[1:${named}] as places from (
       select place, count(*) as times from access_entries
       where purpose = 'unforeseen' and at > now() - interval '1 day' group by place) p having count(*) > 0`,
  );
  return rows.map(({ count, places }) => ({ subject, count, items: places.map(said) }));
}
