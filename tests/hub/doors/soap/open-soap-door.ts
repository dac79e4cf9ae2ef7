import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { pino } from 'pino';
import { createApiKey, createKeyLookup } from '../../../../hub/access/keys/api-keys.ts';
import { createFindBySecret } from '../../../../hub/access/keys/find-by-secret.ts';
import { toSigningSecret } from '../../../../hub/access/keys/request-signature.ts';
import { type Attachments, createAttachments } from '../../../../hub/attachments/attachments.ts';
import { createContentStore } from '../../../../hub/attachments/content-store.ts';
import { openDiskStore } from '../../../../hub/attachments/disk-store.ts';
import { createDirectory } from '../../../../hub/configuration/live-directory.ts';
import { createGate } from '../../../../hub/doors/gate/gate.ts';
import { createLimits } from '../../../../hub/doors/gate/limits.ts';
import { createSeenMessages } from '../../../../hub/doors/gate/seen-messages.ts';
import { createStrangers } from '../../../../hub/doors/gate/strangers.ts';
import { soapDoor } from '../../../../hub/doors/soap/soap-door.ts';
import { createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { createFeed } from '../../../../hub/exchange/feed/feed.ts';
import { createAccept } from '../../../../hub/exchange/intake/accept.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFeedSignal } from '../../../../hub/store/signals/feed-signal.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

/** alpha takes in, beta answers what is about exports and fetches its changes, gamma has no part in it. */
const codes = ['alpha', 'beta', 'gamma'] as const;
type Code = (typeof codes)[number];

export interface OpenSoapDoor {
  url: string;
  store: Store;
  attachments: Attachments;
  /** API key of each agency, and what belongs to it where a digest is sent. */
  keys: Record<Code, string>;
  secrets: Record<Code, string>;
  /** What was logged as an error: nothing that a caller sends may end here. */
  errors: string[];
  close(): Promise<void>;
}

export interface SoapDoorOptions {
  /** Rules of alpha at the doors. */
  doors?: Agency['doors'];
  plainLoopback?: boolean;
  signingSecret?: string | undefined;
  /** The database of another such door: one more process of the same hub. */
  databaseUrl?: string;
}

const toAgency = (code: Code, doors: Agency['doors']): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '김담당', email: `officer@${code}.example` }],
  ...(code === 'beta' && { feed: true }),
  ...(code === 'alpha' && doors && { doors }),
});

/** The SOAP door of a hub on a real database. */
export async function openSoapDoor(options: SoapDoorOptions = {}): Promise<OpenSoapDoor> {
  const { doors, plainLoopback = true, signingSecret = 'a secret of this test, long enough' } = options;
  const store = openStore(options.databaseUrl ?? (await createFreshDatabase()));
  if (!options.databaseUrl) await configure(store, doors);
  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (line) => errors.push(line) });
  const directory = await createDirectory(store, log);
  const boards = createBoards(directory, () => '');
  const committed = () => undefined;
  const accept = createAccept({
    store,
    directory,
    boards,
    log,
    gather: 0,
    clock: directory.clock,
    committed,
  });
  const files = await mkdtemp(join(tmpdir(), 'minwon-hub-files-'));
  const contents = createContentStore(store, openDiskStore(files));
  const attachments = createAttachments({ store, directory, contents, look: () => undefined });
  const keys = createKeyLookup(store, log);
  const limits = createLimits(store, log);
  const seen = createSeenMessages(store);
  const strangers = createStrangers(log);
  const gate = createGate({ directory, keys, limits, seen, strangers, isProxy: () => false, signingSecret });
  const signal = createFeedSignal(store, log);
  const feed = createFeed(store, signal, directory);
  const findBySecret = createFindBySecret(store, keys, signingSecret);
  const dependencies = {
    store,
    directory,
    accept,
    attachments,
    feed,
    gate,
    seen,
    strangers,
    findBySecret,
    plainLoopback,
    log,
  };
  const app = fastify();
  await app.register((door) => soapDoor(door, dependencies), { prefix: '/soap' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const made = await Promise.all(codes.map(async (code) => [code, await createApiKey(store, code)] as const));
  const from = (value: (one: { id: string; key: string }) => string) =>
    Object.fromEntries(made.map(([code, one]) => [code, value(one)])) as Record<Code, string>;
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/soap/v1`,
    store,
    attachments,
    keys: from(({ key }) => key),
    secrets: from(({ id }) => toSigningSecret(signingSecret, id)),
    errors,
    async close() {
      await app.close();
      await signal.stop();
      limits.stop();
      await boards.close();
      await directory.close();
      await store.close();
      await rm(files, { recursive: true, force: true });
    },
  };
}

async function configure(store: Store, doors: Agency['doors']): Promise<void> {
  const routing = { rules: [{ when: { category: ['수출'] }, to: 'beta' }], default: 'alpha' };
  const documents: [string, string, unknown][] = [
    ...codes.map((code): [string, string, unknown] => ['agency', code, toAgency(code, doors)]),
    ['routing', 'routing', routing],
  ];
  for (const [kind, name, body] of documents)
    await store.pool.query(
      'insert into configurations (kind, name, version, body, author) values ($1, $2, 1, $3, $4)',
      [kind, name, JSON.stringify(body), 'test'],
    );
}
