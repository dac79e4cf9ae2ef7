import { readFileSync } from 'node:fs';
import pino from 'pino';
import { parse } from 'yaml';
import { type Hub, startHub } from '../../hub/app.ts';
import { readSettings } from '../../hub/settings.ts';
import { openStore, type Store } from '../../hub/store/database.ts';
import type { Agency, Routing } from '../../schemas/index.ts';
import { createFreshDatabase } from './servers/fresh-database.ts';

export interface TestHub extends Hub {
  store: Store;
  /** Starts another hub on the same database, as a second process would be. */
  startAnother(): Promise<Hub>;
}

/** Starts a whole hub on its own database with these agencies, on a free port. `logged` gets the lines of its log. */
export async function startTestHub(
  agencies: Agency[],
  routing: Routing,
  environment: Record<string, string> = {},
  logged?: string[],
): Promise<TestHub> {
  const url = await createFreshDatabase();
  const store = openStore(url, 4);
  await configure(store, agencies, routing);
  const settings = readSettings({
    DATABASE_URL: url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    UNFORESEEN_READS: 'refuse',
    UNDO_SECONDS: '0',
    ...environment,
  });
  const level = { level: environment.LOG_LEVEL ?? 'silent' };
  const log = logged ? pino(level, { write: (line) => void logged.push(line) }) : pino(level);
  const start = () => startHub(settings, { log });
  const hub = await start();
  return {
    url: hub.url,
    ...(hub.metricsUrl && { metricsUrl: hub.metricsUrl }),
    store,
    startAnother: start,
    async stop() {
      await hub.stop();
      await store.close();
    },
  };
}

/** Applies agencies and routing in a fresh database. */
export async function configure(store: Store, agencies: Agency[], routing: Routing): Promise<void> {
  const documents: [string, string, unknown][] = [
    ...agencies.map((agency): [string, string, unknown] => ['agency', agency.code, agency]),
    ['routing', 'routing', routing],
  ];
  for (const [kind, name, body] of documents)
    await store.pool.query(
      'insert into configurations (kind, name, version, body, author) values ($1, $2, 1, $3, $4)',
      [kind, name, JSON.stringify(body), 'test'],
    );
}

/** The configuration of a sample board, with the address of the board in this test. */
export function readBoardAgency(folder: 'rest-board' | 'soap-board', code: string, url: string): Agency {
  const file = new URL(`../boards/${folder}/agency.yaml`, import.meta.url);
  const agency = parse(readFileSync(file, 'utf8')) as Agency;
  const settings: Record<string, unknown> = { ...agency.board?.settings, endpoint: url };
  if (settings.wsdl) settings.wsdl = `${url}?wsdl`;
  if (!agency.board) throw new Error(`${folder} has no board`);
  return { ...agency, code, board: { ...agency.board, pollEvery: 0.2, settling: 0.5, settings } };
}
