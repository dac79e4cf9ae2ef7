import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { pino } from 'pino';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { type Attachments, createAttachments } from '../../../hub/attachments/attachments.ts';
import { createContentStore } from '../../../hub/attachments/content-store.ts';
import { openDiskStore } from '../../../hub/attachments/disk-store.ts';
import { applyConfiguration } from '../../../hub/configuration/changes/apply.ts';
import { createDirectory } from '../../../hub/configuration/live-directory.ts';
import { openDoors as openHubDoors } from '../../../hub/doors/doors.ts';
import { createEngineer } from '../../../hub/engineer/engineer.ts';
import { createAgentExchange } from '../../../hub/exchange/agents/agent-exchange.ts';
import { createAgentPackages } from '../../../hub/exchange/agents/agent-packages.ts';
import { createAsks } from '../../../hub/exchange/boards/asks.ts';
import { createBoards } from '../../../hub/exchange/boards/boards.ts';
import { createEndpoints } from '../../../hub/exchange/endpoints/endpoints.ts';
import { createAccept } from '../../../hub/exchange/intake/accept.ts';
import { createTakeDelivery } from '../../../hub/exchange/intake/take-delivery.ts';
import { createParkedActions } from '../../../hub/exchange/parked/parked.ts';
import { createRehearsals } from '../../../hub/exchange/rehearsal/rehearsals.ts';
import { createTestRegister } from '../../../hub/exchange/rehearsal/test-register.ts';
import { createRepairs } from '../../../hub/exchange/repairs.ts';
import { createTakeReport } from '../../../hub/notify/reports/take-report.ts';
import type { Settings } from '../../../hub/settings.ts';
import { openAskingStore } from '../../../hub/store/asking.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { openShadowStore } from '../../../hub/store/shadow/shadow-store.ts';
import { createFeedSignal } from '../../../hub/store/signals/feed-signal.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { agencyFile, goodFiles } from '../configuration/example-folder.ts';

export interface OpenDoors {
  url: string;
  store: Store;
  attachments: Attachments;
  /** API key of each agency: alpha takes in, beta answers what is about exports, gamma has no part in it. */
  keys: Record<'alpha' | 'beta' | 'gamma', string>;
  /** What was logged as an error: nothing that a caller sends may end here. */
  errors: string[];
  close(): Promise<void>;
}

/** Both doors of a hub on a real database, with three agencies that work on the hub's own screens. */
export async function openDoors(changed: Partial<Settings> = {}): Promise<OpenDoors> {
  const store = openStore(await createFreshDatabase());
  // As in the hub: doors ask by a pool of their own, which is guarded.
  const asking = openAskingStore(store, 6);
  await configure(store);
  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (line) => errors.push(line) });
  const directory = await createDirectory(store, log);
  const feedSignal = createFeedSignal(store, log);
  const files = await mkdtemp(join(tmpdir(), 'minwon-hub-files-'));
  const contents = createContentStore(store, openDiskStore(files));
  const asks = createAsks({ store, feedSignal, contents });
  const boards = createBoards(directory, () => '', asks);
  const accept = createAccept({
    store,
    directory,
    boards,
    log,
    gather: 0,
    clock: directory.clock,
    committed: () => undefined,
  });
  const attachments = createAttachments({ store, directory, contents, look: () => undefined });
  const agents = createAgentExchange({
    store,
    boards,
    accept,
    contents,
    feedSignal,
    log,
    trial: { store: openShadowStore(store, 'trial'), contents },
    delivered: () => undefined,
    changed: () => undefined,
  });
  const rehearsals = createRehearsals({
    ...{ store: asking, boards, accept, trialStore: openShadowStore(store, 'trial') },
    register: createTestRegister(store),
    keepFile: () => Promise.reject(new Error('no file is kept here')),
  });
  const look = () => undefined;
  const hubSecret = 'a signing secret of this test, long enough';
  const parked = createParkedActions({ store, boards, accept, look });
  const endpoints = createEndpoints(directory, () => '', { hubSecret });
  const engineer = createEngineer({
    ...{ store: asking, directory, endpoints, parked, hubSecret, look, log, fourEyes: false },
    wakeAgent: feedSignal.changed,
    repairs: createRepairs({ store, boards, accept, parked, look }),
  });
  const findPackage = createAgentPackages(() => Promise.reject(new Error('none here')), log);
  const settings = { TRUST_PROXY: 'no', PLAIN_LOOPBACK: 'no', CONFIG_FOUR_EYES: 'no', ...changed } as const;
  const dependencies = {
    store: asking,
    directory,
    boards,
    accept,
    attachments,
    feedSignal,
    log,
    settings,
    agents,
    engineer,
    rehearsals,
    findPackage,
    takeReport: createTakeReport({
      store,
      hours: 26,
      look: () => undefined,
      changed: () => undefined,
      log,
    }),
    takeDelivery: createTakeDelivery({ boards, accept }),
  };
  const app = fastify();
  await app.register((doors) => openHubDoors(doors, dependencies));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const [alpha, beta, gamma] = await Promise.all(
    ['alpha', 'beta', 'gamma'].map(async (agency) => (await createApiKey(store, agency)).key),
  );
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    store,
    attachments,
    keys: { alpha: alpha!, beta: beta!, gamma: gamma! },
    errors,
    async close() {
      await app.close();
      await boards.close();
      await endpoints.close();
      await directory.close();
      await asking.close();
      await store.close();
      await rm(files, { recursive: true, force: true });
    },
  };
}

async function configure(store: Store): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-doors-'));
  try {
    await mkdir(join(folder, 'agencies'));
    const files = { ...goodFiles, 'agencies/gamma.yaml': `${agencyFile('gamma')}feed: true\n` };
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    await applyConfiguration(store, folder, 'test');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A complaint that the routing gives to beta. */
export const exportComplaint = {
  title: '수출 신고 문의',
  body: '신고 절차를 알려 주십시오.\n<b>급합니다</b> & 감사합니다.',
  kind: 'query',
  category: '수출',
  complainant: { name: '김민원', email: 'kim@example.kr', phone: '+821012345678' },
  filedAt: '2026-11-20T09:30:00+09:00',
};

/** Sends the beginning of a request and never its end: what is too large must be answered all the same. */
export function postUnfinished(
  url: string,
  headers: Record<string, string>,
  beginning: Buffer,
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, timeout: 20_000 }, async (response) => {
      const chunks = await response.setEncoding('utf8').toArray();
      sent.destroy();
      resolve({ status: response.statusCode, text: chunks.join('') });
    });
    sent.on('error', reject).on('timeout', () => sent.destroy(new Error('no reply')));
    sent.write(beginning);
  });
}
