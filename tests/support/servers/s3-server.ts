import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface S3rver {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}
type NewS3rver = new (options: object) => S3rver;

/**
 * Starts a server with the S3 interface, including multipart uploads and signatures. Its objects are in a folder of its
 * own.
 */
export async function startS3(bucket: string) {
  const Server = createRequire(import.meta.url)('s3rver') as NewS3rver;
  const directory = await mkdtemp(join(tmpdir(), 'minwon-hub-s3-'));
  const server = new Server({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket }],
  });
  const { port } = await server.run();
  return {
    settings: {
      S3_BUCKET: bucket,
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_REGION: 'us-east-1',
      // The only account of this server.
      S3_KEY: 'S3RVER',
      S3_SECRET: 'S3RVER',
    },
    folder: join(directory, bucket),
    async stop() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
