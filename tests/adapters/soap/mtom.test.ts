import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BoardAdapter, GivenAttachment } from '../../../adapters/contract.ts';
import type { SoapSettings } from '../../../adapters/soap/config.ts';
import { inWords } from '../../support/in-words.ts';
import { connect } from '../conformance/soap-fixture.ts';

/** Files beside envelopes, to the byte, and messages that no decent server would send. */

const wsdl = fileURLToPath(new URL('../../boards/soap-board/minwon.wsdl', import.meta.url));
let server: Server;
let endpoint: string;
let reply: { status: number; type: string; body: Buffer | AsyncIterable<Buffer> };
let heard: { headers: IncomingHttpHeaders; body: string };
/** How many pieces of an endless reply were taken. */
let given = 0;
let isGone = false;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    heard = { headers: request.headers, body: Buffer.concat(chunks).toString('latin1') };
    response.writeHead(reply.status, { 'content-type': reply.type });
    response.on('close', () => {
      isGone = true;
    });
    const body = Buffer.isBuffer(reply.body) ? [reply.body] : reply.body;
    await pipeline(Readable.from(body), response).catch(() => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
});
beforeEach(() => {
  given = 0;
  isGone = false;
  reply = { status: 200, type: 'text/xml', body: Buffer.from(answer('<CVPL_NO>7</CVPL_NO>')) };
});
afterAll(() => new Promise((done) => server.close(done)));

const envelope = (body: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
const answer = (children: string) => envelope(`<insertCvplResponse>${children}</insertCvplResponse>`);
const include = (href: string) =>
  `<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="${href}"/>`;

const type = 'multipart/related; type="application/xop+xml"; boundary="b"; start="<root>"';
const part = (id: string, content: string, encoding = 'binary') =>
  `\r\n--b\r\nContent-ID: <${id}>\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${content}`;
const end = '\r\n--b--\r\n';
const sayRelated = (root: string, ...parts: string[]) => {
  reply = { status: 200, type, body: Buffer.from([part('root', root), ...parts].join(''), 'utf8') };
};

async function using<T>(
  changes: Partial<SoapSettings>,
  work: (adapter: BoardAdapter) => Promise<T>,
): Promise<T> {
  const adapter = connect({
    wsdl,
    endpoint,
    auth: { kind: 'none' },
    normalise: '{"status": "received"}',
    ...changes,
  });
  try {
    return await work(adapter);
  } finally {
    await adapter.close();
  }
}
const soon = () => AbortSignal.timeout(20_000);

describe('a file that is sent by MTOM', () => {
  const push = (
    charset: SoapSettings['charset'],
    request = '{"FILE_NM": attachment.name, "FILE_CN": content}',
  ) =>
    using(
      {
        ...(charset && { charset }),
        attachments: { push: { operation: 'insertAtchFile', request, mtom: true } },
      },
      async (adapter) =>
        adapter.pushAttachment?.(
          {
            event: { type: 'registered', data: {} },
            complaint: {},
            role: 'assignee',
            ref: { externalId: '7' },
            attachment: { id: 'a', name: '뷁.pdf', mediaType: 'application/pdf', size: 6, sha256: '' },
            content: (async function* () {
              yield Buffer.from('%PD');
              yield Buffer.from('F\r\n');
            })(),
          } as unknown as GivenAttachment,
          { key: 'k', signal: soon() },
        ),
    );

  test.each(['utf-8', 'euc-kr'] as const)(
    'stands beside an envelope in %s, with its length',
    async (charset) => {
      reply.body = Buffer.from(
        envelope('<insertAtchFileResponse><PART_NO>1</PART_NO></insertAtchFileResponse>'),
      );
      expect((await push(charset))?.kind).toBe('done');
      const { headers, body } = heard;
      expect(headers['content-type']).toMatch(
        /^multipart\/related; type="application\/xop\+xml"; boundary="([^"]+)"; start="<[^>]+>"; start-info="text\/xml"$/,
      );
      expect(Number(headers['content-length'])).toBe(body.length);
      expect(headers.soapaction).toBe('"urn:insertAtchFile"');
      const [, href] = /FILE_CN><xop:Include xmlns:xop="[^"]+" href="cid:([^"]+)"\/><\//.exec(body)!;
      const [, root, file] = body.split(/\r?\n?--mtom-[^\r]+\r\n/);
      expect(root).toContain(`Content-Type: application/xop+xml; charset=${charset}; type="text/xml"`);
      expect(file).toBe(
        `Content-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${href}>\r\n\r\n%PDF\r\n`,
      );
      // KS X 1001 lacks 뷁 (U+BDC1 = 48577).
      expect(body).toContain(charset === 'euc-kr' ? '&#48577;' : Buffer.from('뷁').toString('latin1'));
    },
  );

  test('has to stand in one element: otherwise nothing is sent', async () => {
    heard = { headers: {}, body: '' };
    expect((await push(undefined, '{"FILE_NM": attachment.name}'))?.kind).toBe('refused');
    expect(heard.body).toBe('');
  });
});

describe('a reply by MTOM', () => {
  const push = () =>
    using(
      {
        push: {
          registered: { operation: 'insertCvpl', request: '{"CVPL_SJ": "제목"}', externalId: 'CVPL_NO' },
        },
      },
      async (adapter) =>
        inWords(
          await adapter.push?.(
            { event: { type: 'registered', data: {} }, complaint: {}, role: 'assignee' } as never,
            { key: 'k', signal: soon() },
          ),
        ),
    );

  test('is read like any other, with what is beside it in its place', async () => {
    sayRelated(answer('<CVPL_NO>7</CVPL_NO>'), end);
    expect(await push()).toMatchObject({ kind: 'done', ref: { externalId: '7' } });
    sayRelated(answer(`<CVPL_NO>${include('cid:f%40x')}</CVPL_NO>`), part('f@x', 'abc'), end);
    expect(await push()).toMatchObject({ kind: 'done', ref: { externalId: 'YWJj' } });
    sayRelated(
      envelope('<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>'),
      end,
    );
    expect(await push()).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Client: no') });
  });

  test.each<[string, () => void, RegExp]>([
    ['breaks off', () => sayRelated(answer('<CVPL_NO>7</CVPL_NO>')), /breaks off/],
    [
      'lacks a part',
      () => sayRelated(answer(`<CVPL_NO>${include('cid:g')}</CVPL_NO>`), part('f', 'abc'), end),
      /cid:g/,
    ],
    [
      'has one id twice',
      () => sayRelated(answer('<CVPL_NO>7</CVPL_NO>'), part('f', ''), part('f', ''), end),
      /Content-ID f/,
    ],
    [
      'names another host',
      () => sayRelated(answer(`<CVPL_NO>${include('http://127.0.0.1/')}</CVPL_NO>`), end),
      /must be a cid/,
    ],
    [
      'has too many parts',
      () => sayRelated(answer('<a/>'), ...[...Array(200)].map((_, n) => part(`f${n}`, '')), end),
      /more than 100/,
    ],
  ])('that %s is no success', async (_what, say, words) => {
    say();
    expect(await push()).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(words) });
  });
});

describe('a file that an operation gives out', () => {
  const fetchFile = (changes: Partial<SoapSettings> = {}) =>
    using(
      {
        attachments: {
          fetch: {
            by: 'operation',
            operation: 'insertCvpl',
            request: '{"CVPL_NO": externalId, "CVPL_SJ": attachment.id, "CVPL_CN": partId}',
            content: 'FILE_CN',
          },
        },
        ...changes,
      },
      async (adapter) => {
        const ref = { externalId: '7', partId: '8' };
        const fetched = await adapter.fetchAttachment?.(
          { reference: { id: 'f-1', name: 'a.pdf' }, ref },
          soon(),
        );
        const chunks: Uint8Array[] = [];
        for await (const chunk of fetched?.content ?? []) chunks.push(chunk);
        return Buffer.concat(chunks).toString('latin1');
      },
    );
  const holding = (content: string) => answer(`<FILE_NM>a.pdf</FILE_NM><FILE_CN>${content}</FILE_CN>`);

  test('comes in base64 with any line breaks, or beside the reply', async () => {
    reply.body = Buffer.from(holding('JVBE\r\n Ri0x\n'));
    expect(await fetchFile()).toBe('%PDF-1');
    expect(heard.body).toMatch(/CVPL_NO>7<.*CVPL_SJ>f-1<.*CVPL_CN>8</s);
    sayRelated(
      holding(include('cid:f')),
      part('other', 'x'.repeat(100_000)),
      part('f', '%PDF-1'),
      part('more', ''),
      end,
    );
    expect(await fetchFile()).toBe('%PDF-1');
    sayRelated(holding(include('cid:f')), part('f', 'JVBERi0x', 'base64'), end);
    expect(await fetchFile()).toBe('%PDF-1');
    sayRelated(holding('JVBERi0x'), end);
    expect(await fetchFile()).toBe('%PDF-1');
  });

  test.each<[string, () => void, object]>([
    ['no base64', () => Object.assign(reply, { body: Buffer.from(holding('JVBE*')) }), { kind: 'malformed' }],
    ['no element', () => Object.assign(reply, { body: Buffer.from(answer('')) }), { kind: 'malformed' }],
    [
      'a part that is not there',
      () => sayRelated(holding(include('cid:g')), part('f', ''), end),
      { kind: 'malformed' },
    ],
    [
      'a part that breaks off',
      () => sayRelated(holding(include('cid:f')), part('f', '%PDF')),
      { kind: 'malformed' },
    ],
    [
      'a page',
      () => Object.assign(reply, { type: 'text/html', body: Buffer.from('<html>') }),
      { kind: 'malformed' },
    ],
    ['a busy board', () => Object.assign(reply, { status: 503 }), { kind: 'busy' }],
    ['a refused password', () => Object.assign(reply, { status: 401 }), { kind: 'unauthorised' }],
  ])('is none: %s', async (_what, say, error) => {
    say();
    await expect(fetchFile()).rejects.toMatchObject(error);
  });

  test('is no longer than a reply may be in base64, and as long as it is beside it', async () => {
    const long = '%PDF'.repeat(50_000);
    reply.body = Buffer.from(holding(Buffer.from(long).toString('base64')));
    await expect(fetchFile({ maxReplyBytes: 100_000 })).rejects.toMatchObject({ kind: 'malformed' });
    sayRelated(holding(include('cid:f')), part('f', long), end);
    expect(await fetchFile({ maxReplyBytes: 100_000 })).toBe(long);
    sayRelated(holding(`${include('cid:f')}${'<a/>'.repeat(50_000)}`), part('f', long), end);
    await expect(fetchFile({ maxReplyBytes: 100_000 })).rejects.toMatchObject({ kind: 'malformed' });
  });

  test('is read no faster than its reader, and the call ends when the reader stops', async () => {
    async function* endless() {
      yield Buffer.from(`${part('root', holding(include('cid:f')))}${part('f', '')}`);
      for (; given < 10_000; given++) yield Buffer.alloc(64 * 1024);
    }
    reply = { status: 200, type, body: endless() };
    const settings: Partial<SoapSettings> = {
      attachments: { fetch: { by: 'operation', operation: 'insertCvpl', request: '{}', content: 'FILE_CN' } },
    };
    await using(settings, async (adapter) => {
      const fetched = await adapter.fetchAttachment?.(
        { reference: { id: 'f', name: 'a.pdf' }, ref: { externalId: '7' } },
        soon(),
      );
      let size = 0;
      for await (const chunk of fetched?.content ?? []) {
        size += chunk.length;
        if (size > 1_000_000) break;
      }
      await expect.poll(() => isGone, { timeout: 5000 }).toBe(true);
      // What sockets hold, and not the file.
      expect(given * 64 * 1024).toBeLessThan(64 * 1024 * 1024);
    });
  });
});
