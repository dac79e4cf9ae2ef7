import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Change } from '../../../adapters/contract.ts';
import { parseEnvelope, XmlError } from '../../../adapters/kit/text/soap-xml.ts';
import type { SoapSettings } from '../../../adapters/soap/config.ts';
import { soapAdapter } from '../../../adapters/soap/index.ts';
import { Agency, compile } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';
import { connect } from '../conformance/soap-fixture.ts';

/** What goes over the wire to the byte, and replies that no decent server would send. */

const wsdl = fileURLToPath(new URL('../../boards/soap-board/minwon.wsdl', import.meta.url));
const xmlReply = { status: 200, type: 'text/xml; charset=utf-8' };
let server: Server;
let endpoint: string;
let reply: { status: number; type: string; body: string };
let heard: { headers: IncomingHttpHeaders; body: Buffer }[];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    heard.push({ headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
});
beforeEach(() => {
  heard = [];
  reply = { ...xmlReply, body: answer('<CVPL_NO>7</CVPL_NO>') };
});
afterAll(() => new Promise((done) => server.close(done)));

const envelope = (body: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
const answer = (children: string) => envelope(`<insertCvplResponse>${children}</insertCvplResponse>`);

const soapSecret = 'soap-board-secret-f7&x<9-passwd';
const settings = (changes: Partial<SoapSettings> = {}): SoapSettings => ({
  wsdl,
  endpoint,
  auth: { kind: 'none' },
  normalise: '{"status": "received"}',
  push: {
    registered: {
      operation: 'insertCvpl',
      request: '{"CVPL_SJ": "뷁", "CVPL_CN": "본문", "APLCNT_NM": "김"}',
      externalId: 'CVPL_NO',
    },
  },
  ...changes,
});
const change = {
  event: { type: 'registered', data: {} },
  complaint: {},
  role: 'assignee',
} as unknown as Change;

async function push(changes: Partial<SoapSettings> = {}) {
  const adapter = connect(settings(changes), { secret: () => soapSecret });
  try {
    return await adapter.push?.(change, { key: 'k', signal: AbortSignal.timeout(20_000) });
  } finally {
    await adapter.close();
  }
}

describe('the request', () => {
  test('holds the secrets that the expression names, and what the board repeats of them is hidden', async () => {
    const registered = {
      operation: 'insertCvpl',
      request: '{"CVPL_SJ": $secret("passwd"), "CVPL_CN": "본문", "APLCNT_NM": "김"}',
      externalId: 'CVPL_NO',
    };
    const changes = { secrets: { passwd: 'env:BOARD_PASSWORD' }, push: { registered } };
    const repeated = 'soap-board-secret-f7&amp;x&lt;9-passwd';
    expect(await push(changes)).toMatchObject({ kind: 'done' });
    expect(heard[0]?.body.toString()).toContain(`<CVPL_SJ>${repeated}</CVPL_SJ>`);
    reply = {
      status: 500,
      type: 'text/xml',
      body: envelope(
        `<s:Fault><faultcode>s:Client</faultcode><faultstring>no user ${repeated}</faultstring></s:Fault>`,
      ),
    };
    const refused = JSON.stringify(await push(changes));
    expect(refused).toContain('no user ***');
    expect(refused).not.toContain('9-passwd');
  });

  test('is in the charset that header and declaration say', async () => {
    expect(await push({ charset: 'cp949' })).toMatchObject({ kind: 'done' });
    const { headers, body } = heard[0] ?? { headers: {}, body: Buffer.alloc(0) };
    expect(headers['content-type']).toBe('text/xml; charset=euc-kr');
    expect(headers.soapaction).toBe('"urn:insertCvpl"');
    expect(body.toString('latin1')).toMatch(/^<\?xml version="1.0" encoding="EUC-KR"\?>/);
    // 뷁 is 94EE in CP949.
    expect(
      body.includes(Buffer.concat([Buffer.from('>'), Buffer.from('94ee', 'hex'), Buffer.from('<')])),
    ).toBe(true);
  });

  test('in euc-kr writes what KS X 1001 lacks as references, which strict readers take', async () => {
    expect(await push({ charset: 'euc-kr' })).toMatchObject({ kind: 'done' });
    const { headers, body } = heard[0] ?? { headers: {}, body: Buffer.alloc(0) };
    expect(headers['content-type']).toBe('text/xml; charset=euc-kr');
    // U+BDC1 in decimal digits.
    expect(body.toString('latin1')).toContain('>&#48577;<');
  });

  test('stays within KS X 1001 where the board does', async () => {
    expect(inWords(await push({ charset: 'ks_x_1001' }))).toMatchObject({
      kind: 'refused',
      fields: [{ pointer: '/CVPL_SJ', message: expect.stringContaining('뷁') }],
    });
    expect(heard).toEqual([]);
  });

  test('carries a password as text, and no message does', async () => {
    reply.body = envelope(
      '<s:Fault><faultcode>s:Client</faultcode><faultstring>no: wire-pass</faultstring></s:Fault>',
    );
    const adapter = connect(
      settings({
        auth: { kind: 'wsSecurity', user: 'u', password: 'env:P', passwordType: 'text', timestamp: true },
      }),
      { secret: () => 'wire-pass' },
    );
    const outcome = await adapter.push?.(change, { key: 'k', signal: AbortSignal.timeout(20_000) });
    await adapter.close();
    expect(String(heard[0]?.body)).toMatch(/#PasswordText">wire-pass<.*<\/wsse:Nonce>/);
    expect(String(heard[0]?.body)).toContain('<wsu:Timestamp');
    expect(inWords(outcome)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no: ***') });
  });

  test('takes an API key or a bearer token along', async () => {
    await push({ auth: { kind: 'apiKey', header: 'x-key', secret: 'env:K' } });
    await push({ auth: { kind: 'bearer', secret: 'env:K' } });
    expect(heard.map(({ headers }) => headers['x-key'] ?? headers.authorization)).toEqual([
      expect.stringMatching(/^soap-board-secret/),
      expect.stringMatching(/^Bearer soap-board-secret/),
    ]);
  });

  test('for a schema that the WSDL imports from elsewhere carries no credentials', async () => {
    const elsewhere = endpoint.replace('127.0.0.1', 'localhost');
    const document = (await readFile(wsdl, 'utf8')).replace(
      /<xsd:schema [^>]*>/,
      `$&<xsd:import namespace="urn:far" schemaLocation="${elsewhere}"/>`,
    );
    reply.body = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:far"/>';
    await push({ wsdl: document, auth: { kind: 'bearer', secret: 'env:K' } });
    expect(heard.map(({ headers }) => [headers.host?.split(':')[0], typeof headers.authorization])).toEqual([
      ['localhost', 'undefined'],
      ['127.0.0.1', 'string'],
    ]);
  });

  test('is not sent while the WSDL cannot be read', async () => {
    expect(await push({ wsdl: 'http://127.0.0.1:1/none?wsdl' })).toMatchObject({ kind: 'retry' });
    reply = { status: 200, type: 'text/html', body: '<html><body>login</body></html>' };
    expect(await push({ wsdl: endpoint })).toMatchObject({ kind: 'retry' });
    expect(heard.map(({ body }) => body.length)).toEqual([0]);
  });
});

describe('the reply', () => {
  const fault = (code: string) =>
    envelope(`<s:Fault><faultcode>${code}</faultcode><faultstring>why</faultstring></s:Fault>`);
  const fault12 = (value: string, subcode: string) =>
    envelope(
      `<s:Fault><s:Code><s:Value>${value}</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="ko">까닭</s:Text></s:Reason></s:Fault>`,
    );

  test.each([
    [
      'leading blank lines and other prefixes',
      `\n\n<?xml version="1.0"?>${answer('<x:CVPL_NO xmlns:x="urn:x">7</x:CVPL_NO>')}`,
      'done',
    ],
    [
      'a DTD',
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "7">]>${answer('<CVPL_NO>&e;</CVPL_NO>')}`,
      'unknown',
    ],
    ['no id', answer('<resultCode>0000</resultCode>'), 'unknown'],
    ['an empty body', envelope(''), 'unknown'],
    ['an element of its own', envelope('<Error><CVPL_NO>7</CVPL_NO></Error>'), 'unknown'],
    ['a fault under 200', fault('s:Server'), 'unknown'],
    ['a client fault', fault('s:Client.Validation'), 'refused'],
    ['a configured fault', fault('x:Locked'), 'retry'],
    ['an access fault', fault('wsse:FailedAuthentication'), 'refused'],
    ['a SOAP 1.2 sender fault', fault12('s:Sender', 'x:Bad'), 'refused'],
    ['a SOAP 1.2 receiver fault', fault12('s:Receiver', 'x:Worse'), 'unknown'],
    ['a configured SOAP 1.2 subcode', fault12('s:Receiver', 'x:Locked'), 'retry'],
  ])('%s', async (_name, body, kind) => {
    reply.body = body;
    expect(await push({ faultsMean: { Locked: 'retry' } })).toMatchObject({ kind });
  });

  test('is unknown under an error status, whatever its body', async () => {
    reply.status = 500;
    expect(await push()).toMatchObject({ kind: 'unknown' });
  });

  test('gives lists as arrays, also of one and of none, and text as text', () => {
    const content = (xml: string) => parseEnvelope(answer(xml), ['item']).content;
    expect(content('<item><no>007</no></item>')).toEqual({ item: [{ no: '007' }] });
    expect(content('<list><item/></list>')).toEqual({ list: { item: [] } });
    // 이 is U+C774, 51060 in decimal.
    expect(content('<a>1.0</a><b>&#51060;&amp;lt;</b><c xsi:nil="true" xmlns:xsi="x"/>')).toEqual({
      a: '1.0',
      b: '이&lt;',
      c: '',
    });
    expect(content('<a><![CDATA[<!DOCTYPE html>]]></a>')).toEqual({ a: '<!DOCTYPE html>' });
    expect(() => parseEnvelope(`<!-- x --> <?p?><!DOCTYPE a>${answer('')}`)).toThrow(XmlError);
  });
});

describe('the settings', () => {
  test('of the sample agency are good as they stand in its file', async () => {
    const file = new URL('../../boards/soap-board/agency.yaml', import.meta.url);
    const agency = parse(await readFile(file, 'utf8'));
    expect(compile(Agency)(agency)).toMatchObject({ ok: true });
    expect(soapAdapter.checkSettings(agency.board.settings)).toEqual([]);
  });

  test('are refused with every mistake by its place', () => {
    const problems = soapAdapter.checkSettings({
      ...settings({ codes: { status: { '10': 'arrived' } }, normalise: '{' }),
      push: { registered: { operation: 'insertCvpl', request: '$code("none", 1)' } },
    });
    expect(problems.map(({ pointer }) => pointer).sort()).toEqual([
      '/codes/status/10',
      '/normalise',
      '/push/registered/externalId',
      '/push/registered/request',
    ]);
    expect(soapAdapter.checkSettings({ ...settings(), charsett: 'x' })).toMatchObject([
      { pointer: '/charsett' },
    ]);
  });

  test('that name an operation which the WSDL does not have are found by the check', async () => {
    const adapter = connect(settings({ push: { withdrawn: { operation: 'removeCvpl', request: '{}' } } }));
    const report = await adapter.check(AbortSignal.timeout(20_000));
    expect(inWords(report)).toMatchObject({
      ok: false,
      lines: [{ detail: expect.stringContaining('removeCvpl') }],
    });
    await adapter.close();
  });
});
