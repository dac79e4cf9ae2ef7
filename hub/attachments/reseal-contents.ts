import { inTransaction, type Queryable, type Store } from '../store/database.ts';
import { AttachmentError } from './attachment-error.ts';
import type { SealedBlobs } from './sealed-blobs.ts';

/** A content is up to a hundred megabytes, so few are in one batch. */
const atOnce = 5;

/** `ContentStore.reseal`. */
export function createReseal({ pool }: Pick<Store, 'pool'>, blobs: SealedBlobs) {
  /** The content stays what it is, so it may be read and referred to meanwhile. */
  async function sealAnew(sha256: string): Promise<void> {
    const staged = await blobs.stage(await blobs.open(sha256));
    try {
      await inTransaction(pool, async (client) => {
        await lock(client, sha256);
        const { rowCount } = await client.query(
          'update attachment_contents set key_id = $2 where sha256 = $1',
          [sha256, staged.keyId],
        );
        if (rowCount) await staged.place(sha256);
        else await staged.discard();
      });
    } catch (error) {
      await staged.discard().catch(() => undefined);
      throw error;
    }
  }

  return async (oldKeys: readonly string[]): Promise<boolean> => {
    const { rows } = await pool.query<{ sha256: string }>(
      `select sha256 from attachment_contents where (key_id is null or key_id = any($1)) and not missing
       order by sha256 limit ${atOnce}`,
      [oldKeys],
    );
    for (const { sha256 } of rows)
      await sealAnew(sha256).catch(async (error: unknown) => {
        if (!(error instanceof AttachmentError && error.kind === 'missing')) throw error;
        await pool.query('update attachment_contents set missing = true where sha256 = $1', [sha256]);
      });
    return rows.length > 0;
  };
}

/** Taking a content in and removing the same one take turns, over all processes. */
export const lock = (client: Queryable, sha256: string) =>
  client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`content ${sha256}`]);
