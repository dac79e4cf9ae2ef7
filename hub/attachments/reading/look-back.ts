import { inTransaction, type Store } from '../../store/database.ts';
import { AttachmentError } from '../attachment-error.ts';
import type { BlobStore } from '../blob-store.ts';
import { withholdStored } from '../withheld.ts';
import type { ReadInside } from './read-inside.ts';

/** A content takes a second and more, so few are in one batch. */
const atOnce = 10;

/**
 * Looks for numbers inside some contents that nobody has looked into, because they came before that was done, and holds back
 * the files that have some (`lawful`: lawful.ts). Resolves with how many contents and files there were.
 */
export type LookBack = (lawful: string) => Promise<{ looked: number; withheld: number }>;

export function createLookBack(
  { pool }: Pick<Store, 'pool'>,
  blobs: Pick<BlobStore, 'open'>,
  readInside: ReadInside | undefined,
): LookBack {
  /** How many files are held back for what stands in it. */
  async function look(sha256: string, mediaType: string, lawful: string): Promise<number> {
    try {
      const inside = await readInside?.(await blobs.open(sha256), mediaType);
      if (!inside) return 0;
      return await inTransaction(pool, async (client) => {
        await client.query('update attachment_contents set inside = $2 where sha256 = $1', [
          sha256,
          JSON.stringify(inside),
        ]);
        return Object.keys(inside.numbers).length > 0 ? withholdStored(client, sha256, lawful) : 0;
      });
    } catch (error) {
      if (!(error instanceof AttachmentError && error.kind === 'missing')) throw error;
      await pool.query('update attachment_contents set missing = true where sha256 = $1', [sha256]);
      return 0;
    }
  }

  return async (lawful) => {
    if (!readInside) return { looked: 0, withheld: 0 };
    const { rows } = await pool.query<{ sha256: string; mediaType: string }>(
      `select sha256, media_type as "mediaType" from attachment_contents where inside is null and not missing
       order by sha256 limit ${atOnce}`,
    );
    let withheld = 0;
    for (const { sha256, mediaType } of rows) withheld += await look(sha256, mediaType, lawful);
    return { looked: rows.length, withheld };
  };
}
