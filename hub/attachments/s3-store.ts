import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { toReason } from '../../schemas/reason.ts';
import type { Settings } from '../settings.ts';
import { AttachmentError } from './attachment-error.ts';
import type { BlobStore, Staged } from './blob-store.ts';

type S3Settings = Pick<Settings, 'S3_ENDPOINT' | 'S3_REGION' | 'S3_KEY' | 'S3_SECRET'>;

/** Parts of a stream in memory at once: three of the smallest that S3 takes (5 MB). */
const partsAtOnce = 2;
/**
 * Milliseconds for connecting, and without a byte either way. A caller waits meanwhile, and the client itself would
 * wait for ever.
 */
const patience = { connectionTimeout: 5_000, socketTimeout: 15_000 };

/**
 * Contents in a bucket. S3 cannot rename. So an upload goes to a key of its own and is copied, inside the store, to the
 * place of its SHA-256. `prefix`: what every key begins with.
 */
export function openS3Store(bucket: string, settings: S3Settings, prefix = ''): BlobStore {
  const incoming = `${prefix}incoming/`;
  const placeOf = (sha256: string) => `${prefix}content/${sha256}`;
  const client = createClient(settings);
  const at = (Key: string) => ({ Bucket: bucket, Key });
  const remove = async (key: string) =>
    void (await told(() => client.send(new DeleteObjectCommand(at(key)))));

  async function read(key: string): Promise<Readable> {
    const { Body } = await told(() => client.send(new GetObjectCommand(at(key))));
    return Body as Readable;
  }

  function toStaged(key: string): Staged {
    return {
      read: () => read(key),
      discard: () => remove(key),
      async place(sha256) {
        const CopySource = `${bucket}/${key}`;
        await told(() => client.send(new CopyObjectCommand({ ...at(placeOf(sha256)), CopySource })));
        await remove(key);
      },
    };
  }

  return {
    async stage(source) {
      const key = incoming + randomUUID();
      const failure: { cause?: unknown } = {};
      const Body = Readable.from(keepFailure(source, failure), { objectMode: false });
      const upload = new Upload({ client, params: { ...at(key), Body }, queueSize: partsAtOnce });
      try {
        await told(() => upload.done());
      } catch (error) {
        throw failure.cause ?? error;
      }
      return toStaged(key);
    },
    open: (sha256) => read(placeOf(sha256)),
    remove: (sha256) => remove(placeOf(sha256)),
    async tidy(before) {
      const listed = await told(() =>
        client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: incoming })),
      );
      for (const { Key, LastModified } of listed.Contents ?? [])
        if (Key && LastModified && LastModified < before) await remove(Key);
    },
    close: () => client.destroy(),
  };
}

function createClient({ S3_ENDPOINT, S3_REGION, S3_KEY, S3_SECRET }: S3Settings): S3Client {
  return new S3Client({
    region: S3_REGION,
    ...(S3_ENDPOINT && { endpoint: S3_ENDPOINT }),
    // Stores at their own address seldom have a host name per bucket.
    forcePathStyle: S3_ENDPOINT !== undefined,
    ...(S3_KEY && S3_SECRET && { credentials: { accessKeyId: S3_KEY, secretAccessKey: S3_SECRET } }),
    // Many compatible stores do not know the checksums that the client would add. Contents are hashed anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: patience,
    maxAttempts: 2,
  });
}

/** An error of the source is the real reason; the client would wrap it. */
async function* keepFailure(source: AsyncIterable<Uint8Array>, failure: { cause?: unknown }) {
  let isAsked = true;
  try {
    for await (const chunk of source) {
      isAsked = false;
      yield chunk;
      isAsked = true;
    }
  } catch (error) {
    // A client that gives up throws its own error in here.
    if (isAsked) failure.cause = error;
    throw error;
  }
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { name, code = name } = cause as NodeJS.ErrnoException;
    if (name === 'NoSuchKey' || name === 'NotFound')
      throw new AttachmentError('missing', toReason('content_missing'), { cause });
    if (/Quota|InsufficientStorage|XMinioStorageFull/.test(name))
      throw new AttachmentError('full', toReason('store_full', { detail: name }), { cause });
    throw new AttachmentError('away', toReason('store_away', { detail: code }), { cause });
  }
}
