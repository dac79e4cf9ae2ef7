import { said } from '../../schemas/reason.ts';
import { type Certificate, daysAhead } from '../access/sign-on/provider.ts';
import { SignOnError } from '../access/sign-on/sign-on-error.ts';
import type { vocabulary } from '../words/vocabulary.ts';
import type { FindDependencies, Finding } from './finding.ts';

const signInSubject: keyof typeof vocabulary.agency = 'sign-in';

/** Certificates of identity providers, and the hub's own for them, that end soon. Where a key changes, the last one counts. */
export async function findSignOnCertificates({ listSignOns }: FindDependencies): Promise<Finding[]> {
  const soon = Date.now() + daysAhead * 86_400_000;
  const found = await Promise.all(
    listSignOns().map(async ({ name, listCertificates }) => {
      const certificates = await listCertificates().catch(orNone);
      return (['provider', 'hub'] as const).flatMap((of) => {
        const end = findLastEnd(certificates, of);
        if (end === undefined || end >= soon) return [];
        return [said(`${name} (${of}): ${new Date(end).toISOString().slice(0, 10)}`)];
      });
    }),
  );
  const items = found.flat();
  return items.length > 0 ? [{ subject: signInSubject, count: items.length, items }] : [];
}

/** Signing in tells people that a provider is away. */
function orNone(error: unknown): Certificate[] {
  if (error instanceof SignOnError) return [];
  throw error;
}

function findLastEnd(certificates: readonly Certificate[], of: Certificate['of']): number | undefined {
  const ends = certificates.filter((one) => one.of === of).map(({ endsAt }) => endsAt.getTime());
  return ends.length > 0 ? Math.max(...ends) : undefined;
}
