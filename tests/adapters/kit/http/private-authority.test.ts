import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdapterContext } from '../../../../adapters/contract.ts';
import { createBoardHttp } from '../../../../adapters/kit/http/http.ts';
import { open311Adapter } from '../../../../adapters/open311/index.ts';
import { restAdapter } from '../../../../adapters/rest/index.ts';
import { soapAdapter } from '../../../../adapters/soap/index.ts';
import { webhookAdapter } from '../../../../adapters/webhook/index.ts';
import { wordReason } from '../../../../schemas/index.ts';
import { type Authority, createAuthority } from '../../../support/certificates.ts';

let authority: Authority;
let other: Authority;
let server: Server;
let folder: string;
let url: string;
let asked: string[] = [];

beforeAll(async () => {
  [authority, other] = await Promise.all([createAuthority('Agency CA'), createAuthority('Other CA')]);
  const { key, cert } = await authority.issue('board.agency.example', 'IP:127.0.0.1,DNS:localhost');
  server = createServer({ key, cert }, (request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-ca-'));
  await writeFile(join(folder, 'ca.pem'), authority.cert);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await Promise.all([authority.remove(), other.remove(), rm(folder, { recursive: true })]);
});

const contextWith = (ca: string) =>
  ({
    networks: ['127.0.0.0/8'],
    secret: (reference: string) =>
      reference.startsWith('env:CA') ? ca : `whsec_${Buffer.alloc(32).toString('base64')}`,
    now: () => new Date(),
  }) as unknown as AdapterContext;

async function ask(ca: string | undefined, context = contextWith(authority.cert), endpoint = url) {
  const http = createBoardHttp({ endpoint, auth: { kind: 'none' }, ...(ca && { ca }) }, context);
  try {
    const { status } = await http.send({ method: 'GET', path: 'x' }, AbortSignal.timeout(15_000));
    return { status };
  } catch (error) {
    const { kind, reason } = error as { kind: string; reason: Parameters<typeof wordReason>[0] };
    return { kind, words: wordReason(reason, 'en') };
  } finally {
    await http.close();
  }
}

describe('a board whose certificate an authority of the agency signed', () => {
  it('is called with that authority, as a reference or a path, by address and by name', async () => {
    expect(await ask('env:CA')).toEqual({ status: 200 });
    expect(await ask(join(folder, 'ca.pem'))).toEqual({ status: 200 });
    const named = url.replace('127.0.0.1', 'localhost');
    expect(await ask('env:CA', undefined, named)).toEqual({ status: 200 });
  });

  it('is not called without it, and the reason names server, certificate and what to do', async () => {
    asked = [];
    for (const refused of [await ask(undefined), await ask('env:CA', contextWith(other.cert))]) {
      expect(refused.kind).toBe('not_sent');
      expect(refused.words).toMatch(/^no connection: the TLS certificate of 127\.0\.0\.1:\d+ is not trusted/);
      expect(refused.words).toContain('name the certificate of the issuer in ca');
      expect(refused.words).toContain('board.agency.example');
      expect(refused.words).toContain('Agency CA');
    }
    expect(asked).toEqual([]);
  });

  it('is not called where the authority cannot be read, and that is said', async () => {
    expect(await ask('env:CA', contextWith('no certificate'))).toMatchObject({
      kind: 'not_sent',
      words: expect.stringContaining('env:CA'),
    });
    expect(await ask('/nowhere/ca.pem')).toMatchObject({
      kind: 'not_sent',
      words: expect.stringContaining('/nowhere/ca.pem'),
    });
  });

  it('is not called with a changed authority for long: it is read for each connection', async () => {
    let ca = other.cert;
    const context = { ...contextWith(''), secret: () => ca } as unknown as AdapterContext;
    const http = createBoardHttp({ endpoint: url, auth: { kind: 'none' }, ca: 'env:CA' }, context);
    const call = () => http.send({ method: 'GET', path: '' }, AbortSignal.timeout(15_000));
    await expect(call()).rejects.toMatchObject({ kind: 'not_sent' });
    ca = authority.cert;
    expect((await call()).status).toBe(200);
    await http.close();
  });
});

const normalise = '{ "status": "received" }';
const rows = { items: '$', externalId: 'id', updatedAt: 'at' };
describe.each([
  [
    'rest',
    restAdapter,
    () => ({
      endpoint: url,
      auth: { kind: 'none' },
      pull: { path: 'posts', query: '{}', ...rows },
      normalise,
    }),
  ],
  [
    'soap',
    soapAdapter,
    () => ({
      wsdl: `${url}/service?wsdl`,
      auth: { kind: 'none' },
      pull: { operation: 'list', request: '{}', ...rows },
      normalise,
    }),
  ],
  [
    'open311',
    open311Adapter,
    () => ({
      endpoint: url,
      format: 'json',
      requests: { by: 'requested' },
      codes: { status: {}, category: {} },
    }),
  ],
  ['webhook', webhookAdapter, () => ({ url: `${url}/hook`, secrets: ['env:KEY'] })],
] as const)('%s', (_name, kind, toSettings) => {
  it('takes the setting, lists the path that it needs, and reaches the board by it', async () => {
    const path = join(folder, 'ca.pem');
    const settings = { ...toSettings(), ca: path };
    expect(kind.checkSettings(settings).filter(({ pointer }) => pointer.includes('ca'))).toEqual([]);
    expect(kind.needs?.(settings).paths).toEqual([path]);
    expect(kind.needs?.({ ...settings, ca: 'env:CA' }).paths).toEqual([]);
    asked = [];
    for (const [ca, reaches] of [
      [undefined, false],
      ['env:CA', true],
    ] as const) {
      const adapter = kind.create({ ...toSettings(), ...(ca && { ca }) }, contextWith(authority.cert));
      await adapter.check(AbortSignal.timeout(15_000));
      await adapter.close();
      expect(asked.length > 0, String(ca)).toBe(reaches);
    }
  });
});
