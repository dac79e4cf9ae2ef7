import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey } from '../../hub/access/keys/api-keys.ts';
import { toSigningSecret } from '../../hub/access/keys/request-signature.ts';
import { openStore, type Store } from '../../hub/store/database.ts';
import { migrate } from '../../hub/store/migrate.ts';
import type { Agency } from '../../schemas/index.ts';
import { startChild } from '../bench/child.ts';
import { createCertificate, type TestCertificate } from '../hub/doors/soap/signing.ts';
import { type Attack, attack, type Outcome } from './attack.ts';
import type { FuzzGiven } from './hub-process.ts';

export interface Result extends Outcome {
  /** What the hub logged as an error. */
  errors: string[];
  /** The hub still takes a complaint in, at both doors. */
  alive: boolean;
  polluted: boolean;
}

const signingSecret = 'a secret of the fuzz test, long enough';

/** A hub in a process of its own on this database, attacked. */
export async function fuzz(
  databaseUrl: string,
  options: Pick<Attack, 'count' | 'seed' | 'tell'>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-fuzz-'));
  const store = openStore(databaseUrl, 2);
  const certificate = await createCertificate('alpha').catch(() => undefined);
  try {
    await migrate(store.pool);
    await configure(store, certificate);
    const { id, key } = await createApiKey(store, 'alpha');
    const given: FuzzGiven = { databaseUrl, signingSecret, attachments: join(folder, 'attachments') };
    const hub = await startChild<{ url: string }>(new URL('./hub-process.ts', import.meta.url), given, {
      log: join(folder, 'hub.log'),
      nodeFlags: ['--expose-gc'],
    });
    try {
      const { url } = hub.ready;
      const receiptNumber = await register(url, key, 'before');
      const secret = toSigningSecret(signingSecret, id);
      const ammunition = { key, secret, receiptNumber, certificate };
      const outcome = await attack({ url, ammunition, readHeap: () => hub.ask<number>('heap'), ...options });
      const errors = await hub.ask<string[]>('errors');
      const alive = (await register(url, key, 'after')) !== '';
      return { ...outcome, errors, alive, polluted: 'polluted' in {} };
    } finally {
      await hub.stop();
    }
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function configure(store: Store, certificate: TestCertificate | undefined): Promise<void> {
  const doors = {
    requestsPerMinute: 1_000_000,
    ...(certificate && { signers: [certificate.pem] }),
  };
  const agency = (code: string, more: Partial<Agency>): Agency => ({
    code,
    name: { ko: code },
    officers: [{ name: '김담당' }],
    ...more,
  });
  const documents: [string, string, unknown][] = [
    ['agency', 'alpha', agency('alpha', { doors, feed: true })],
    ['agency', 'gamma', agency('gamma', {})],
    ['routing', 'routing', { rules: [], default: 'alpha' }],
  ];
  for (const [kind, name, body] of documents)
    await store.pool.query(
      'insert into configurations (kind, name, version, body, author) values ($1, $2, 1, $3, $4)',
      [kind, name, JSON.stringify(body), 'fuzz'],
    );
}

async function register(url: string, key: string, externalId: string): Promise<string> {
  const content = {
    title: '확인',
    body: '살아 있는지 봅니다.',
    kind: 'query',
    complainant: { name: '김민원' },
    filedAt: '2026-11-20T09:30:00+09:00',
  };
  const headers = { authorization: `Bearer ${key}` };
  const json = await fetch(`${url}/api/v1/complaints`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ externalId, content }),
  });
  const { receiptNumber = '' } = (await json.json()) as { receiptNumber?: string };
  const soap = await fetch(`${url}/soap/v1`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/xml' },
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetComplaint xmlns="urn:minwon-hub:v1"><receiptNumber>${receiptNumber}</receiptNumber></GetComplaint></s:Body></s:Envelope>`,
  });
  return soap.status === 200 ? receiptNumber : '';
}
