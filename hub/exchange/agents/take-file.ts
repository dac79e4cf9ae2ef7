import type { AttachmentReference } from '../../../schemas/index.ts';
import { AttachmentError, isOurFault } from '../../attachments/attachment-error.ts';
import type { ContentStore } from '../../attachments/content-store.ts';
import type { Limits } from '../../attachments/limits.ts';
import { takeWithinQuota } from '../../attachments/take-within-quota.ts';
import type { Store } from '../../store/database.ts';
import { type KeptAnswer, keepAnswer } from '../boards/asks.ts';

/**
 * Takes the content of a file that the hub asked for, and keeps the result as the answer. False: nobody waits for
 * it (any more). A file that will never be taken is an answer too. After an error of the hub the agent sends the
 * file again. Errors: AttachmentError, and whatever the source throws.
 */
export async function takeFile(
  { store, contents }: { store: Store; contents: ContentStore },
  { agency, ask, limits }: { agency: string; ask: string; limits: Limits },
  content: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  const reference = await findAskedFile(store, agency, ask);
  if (!reference) return false;
  const keep = (answer: Omit<KeptAnswer, 'page' | 'last'>) =>
    keepAnswer(store, agency, ask, { page: 1, last: true, ...answer });
  const announced = { agency, name: reference.name, size: reference.size };
  try {
    const taken = await takeWithinQuota(store, announced, limits, () =>
      contents.take(content, { ...reference, ...limits }),
    );
    return await keep({ content: taken.content.sha256 });
  } catch (error) {
    if (error instanceof AttachmentError && !isOurFault(error) && error.kind !== 'quota')
      await keep({ refused: { kind: error.kind, reason: error.reason } });
    throw error;
  }
}

async function findAskedFile(
  { pool }: Store,
  agency: string,
  ask: string,
): Promise<AttachmentReference | undefined> {
  const { rows } = await pool.query<{ reference: AttachmentReference }>(
    `select ask -> 'reference' as reference from agent_asks
     where id = $1 and agency = $2 and expires_at > now() and ask ->> 'what' = 'file'`,
    [ask, agency],
  );
  return rows[0]?.reference;
}
