import type { Readable } from 'node:stream';
import { toReason } from '../../schemas/reason.ts';
import { inTransaction, type Store } from '../store/database.ts';
import { AttachmentError } from './attachment-error.ts';
import type { BlobStore } from './blob-store.ts';
import { type Content, type Expected, measure } from './measure.ts';
import type { Inside } from './reading/inside.ts';
import { createLookBack, type LookBack } from './reading/look-back.ts';
import type { ReadInside } from './reading/read-inside.ts';
import { createReseal, lock } from './reseal-contents.ts';
import type { Scan } from './scan.ts';
import { type SealedStaged, sealBlobs } from './sealed-blobs.ts';

/** Contents of attachments. Each is stored once, whoever sends it, and given out as a stream. */
export interface ContentStore {
  /**
   * Takes a whole file in, checks it, and keeps it for a day. A reference that comes by then keeps it longer. Only a
   * few parts of it are in memory at a time. Errors: AttachmentError, and whatever the source throws.
   */
  take(source: AsyncIterable<Uint8Array>, expected: Expected): Promise<Content>;
  /** Errors: AttachmentError `missing`, `away`. */
  open(sha256: string): Promise<Readable>;
  /**
   * Seals some contents anew: those that are not sealed, or with one of these keys. False: none is left. One that the store
   * does not have stays as it is.
   */
  reseal(oldKeys: readonly string[]): Promise<boolean>;
  lookBack: LookBack;
  /** Removes contents without references. Returns how many. */
  sweep(): Promise<number>;
  close(): void;
}

const sweptAtOnce = 100;
const leftAfter = 24 * 3_600_000;

export function createContentStore(
  store: Store,
  plainBlobs: BlobStore,
  { scan, readInside }: { scan?: Scan | undefined; readInside?: ReadInside | undefined } = {},
): ContentStore {
  const blobs = sealBlobs(plainBlobs, store.keys);

  async function keep(
    staged: SealedStaged,
    { sha256, size, mediaType }: Content,
    inside: Inside | undefined,
  ): Promise<void> {
    await inTransaction(store.pool, async (client) => {
      await lock(client, sha256);
      await staged.place(sha256);
      await client.query(
        `insert into attachment_contents (sha256, size, media_type, key_id, inside) values ($1, $2, $3, $4, $5)
         on conflict (sha256) do update set check_at = now() + interval '1 day', key_id = excluded.key_id,
           inside = coalesce(excluded.inside, attachment_contents.inside)`,
        [sha256, size, mediaType, staged.keyId, inside ? JSON.stringify(inside) : null],
      );
    });
  }

  async function removeUnused(sha256: string): Promise<boolean> {
    return inTransaction(store.pool, async (client) => {
      await lock(client, sha256);
      const { rowCount } = await client.query(
        `delete from attachment_contents c where sha256 = $1 and check_at <= now()
           and not exists (select from attachments where sha256 = c.sha256)
           and not exists (select from uploads where sha256 = c.sha256)`,
        [sha256],
      );
      if (rowCount) await blobs.remove(sha256);
      else
        await client.query(
          'update attachment_contents set check_at = null where sha256 = $1 and check_at <= now()',
          [sha256],
        );
      return Boolean(rowCount);
    });
  }

  return {
    reseal: createReseal(store, blobs),
    lookBack: createLookBack(store, blobs, readInside),
    async take(source, expected) {
      const measured = measure(source, expected);
      const staged = await blobs.stage(measured.bytes);
      try {
        const content = measured.content();
        const found = await scan?.(await staged.read());
        if (found) throw new AttachmentError('infected', toReason('file_infected', { name: found }));
        await keep(staged, content, await look(store, readInside, staged, content));
        return content;
      } catch (error) {
        await staged.discard().catch(() => undefined);
        throw error;
      }
    },
    open: (sha256) => blobs.open(sha256),
    async sweep() {
      const { pool } = store;
      await blobs.tidy(new Date(Date.now() - leftAfter));
      await pool.query(
        "delete from uploads where created_at < now() - interval '1 day' and (kept_until is null or kept_until < now())",
      );
      const { rows } = await pool.query<{ sha256: string }>(
        `select sha256 from attachment_contents where check_at <= now() order by check_at limit ${sweptAtOnce}`,
      );
      let removed = 0;
      for (const { sha256 } of rows) if (await removeUnused(sha256)) removed += 1;
      return removed;
    },
    close: () => blobs.close(),
  };
}

/** What stands in it; undefined where nobody could look. The same content is looked into once. */
async function look(
  { pool }: Pick<Store, 'pool'>,
  readInside: ReadInside | undefined,
  staged: SealedStaged,
  { sha256, mediaType }: Content,
): Promise<Inside | undefined> {
  if (!readInside) return undefined;
  const { rows } = await pool.query<{ inside: Inside | null }>(
    'select inside from attachment_contents where sha256 = $1 and inside is not null',
    [sha256],
  );
  return rows[0]?.inside ?? readInside(await staged.read(), mediaType);
}
