import { getHeapStatistics } from 'node:v8';
import { pino } from 'pino';
import { startHub } from '../../hub/app.ts';
import { readSettings } from '../../hub/settings.ts';
import { answerBench, readGiven } from '../bench/child-protocol.ts';

/** A hub of its own to be attacked: says how much it holds after a collection, and what it logged as an error. */
export interface FuzzGiven {
  databaseUrl: string;
  signingSecret: string;
  /** Folder for files. */
  attachments: string;
}

const { databaseUrl, signingSecret, attachments } = readGiven<FuzzGiven>();
const settings = readSettings({
  DATABASE_URL: databaseUrl,
  SIGNING_SECRET: signingSecret,
  ATTACHMENTS_DIR: attachments,
  // Senders have addresses of their own, and come as over TLS.
  TRUST_PROXY: '127.0.0.1',
  PORT: '0',
  ROLES: 'api',
});
const errors: string[] = [];
const log = pino({ level: 'error' }, { write: (line) => errors.push(line.slice(0, 2000)) });
const hub = await startHub(settings, { log });

function readHeap(): number {
  for (let n = 0; n < 3; n++) globalThis.gc?.();
  return getHeapStatistics().used_heap_size + process.memoryUsage().external;
}
answerBench({ url: hub.url }, { heap: readHeap, errors: () => errors.splice(0) }, hub.stop);
