import { said } from '../../schemas/reason.ts';
import { tryLimits } from '../access/people/sign-in-tries.ts';
import type { vocabulary } from '../words/vocabulary.ts';
import type { FindDependencies, Finding } from './finding.ts';

/** The alert's subject, which is no agency (words/vocabulary.ts). */
const signInSubject: keyof typeof vocabulary.agency = 'sign-in';
/**
 * Wrong passwords in the running windows, over all addresses. Slow guessing from many addresses reaches no other limit.
 */
const manyFailures = 100;
/** Logins that are named. The rest is counted. */
const named = 5;

/**
 * Finds tries to sign in that were turned away, or many wrong passwords together. It names the logins that were turned
 * away.
 */
export async function findSignInAttacks({ store }: FindDependencies): Promise<Finding[]> {
  const { rows } = await store.pool.query<{ failures: number; over: number; logins: string[] }>(
    `select coalesce(sum(least(tries, most)) filter (where kind in ('address', 'device')), 0)::int as failures,
       count(*) filter (where tries > most)::int as over,
       coalesce(array_agg(distinct login) filter (where tries > most and login is not null), '{}') as logins
     from sign_in_tries join unnest($1::text[], $2::int[]) as limits (kind, most) using (kind)
       left join users on users.id = user_id
     where until > now()`,
    [Object.keys(tryLimits), Object.values(tryLimits).map(({ tries }) => tries)],
  );
  const [{ failures, over, logins } = { failures: 0, over: 0, logins: [] }] = rows;
  if (over === 0 && failures < manyFailures) return [];
  return [
    { subject: signInSubject, count: Math.max(failures, over), items: logins.slice(0, named).map(said) },
  ];
}
