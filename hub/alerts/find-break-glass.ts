import { said } from '../../schemas/reason.ts';
import type { vocabulary } from '../words/vocabulary.ts';
import type { FindDependencies, Finding } from './finding.ts';

const signInSubject: keyof typeof vocabulary.agency = 'sign-in';
/** Sign-ins that are told, newest first. The rest is counted. */
const named = 5;

/** Sign-ins of break-glass accounts within a day. The alert stands for that long, since nobody must overlook it. */
export async function findBreakGlass({ store }: FindDependencies): Promise<Finding[]> {
  const { rows } = await store.pool.query<{ count: number; logins: string[] }>(
    `select count(*)::int as count, (array_agg(actor order by at desc))[1:${named}] as logins
     from audit_entries where action = 'account.break_glass_used' and at > now() - interval '1 day' having count(*) > 0`,
  );
  return rows.map(({ count, logins }) => ({
    subject: signInSubject,
    count,
    items: [...new Set(logins)].map(said),
  }));
}
