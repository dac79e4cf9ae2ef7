import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';

const github = 'a secret of the board';
let hub: TestHub;
let key: string;
let otherKey: string;

/** An old board that calls nobody but by SOAP, with elements named as its own database. */
const agencyWith = (code: string, received: object): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '담당자' }],
  board: {
    adapter: 'soap',
    settings: {
      wsdl: 'http://board.example/service?wsdl',
      auth: { kind: 'none' },
      lists: ['REPLY'],
      codes: { status: { 10: 'received', 90: 'answered' } },
      received: {
        items: 'sendMinwon ? sendMinwon.MINWON : MINWON',
        externalId: 'MW_NO',
        updatedAt: 'CHG_DT',
        ...received,
      },
      normalise: `{ "status": $code("status", STTS_CD),
        "answers": [REPLY.{ "id": RPL_NO, "text": RPL_CN }],
        "content": { "title": MW_SJ, "body": MW_CN, "kind": "query", "complainant": { "name": APLCNT_NM }, "filedAt": REG_DT } }`,
    },
  },
});
const reply = `{ "m:sendMinwonResponse": { "@xmlns:m": "urn:old-board:minwon",
  "RESULT": { "CODE": posts[outcome = "parked"] ? "91" : "00", "RCPT_NO": [posts.receiptNumber] } } }`;

beforeAll(async () => {
  Object.assign(process.env, { XML_GITHUB: github, XML_BASIC: 'pass:word' });
  const basic = { kind: 'basic', user: 'board', password: 'env:XML_BASIC' };
  const agencies = [
    agencyWith('basic', { proof: basic, reply }),
    agencyWith('silent', { proof: basic }),
    agencyWith('github', { proof: { kind: 'github', secret: 'env:XML_GITHUB' }, reply }),
    agencyWith('keyed', { reply }),
    agencyWith('broken', { proof: basic, reply: '$toMillis("never")' }),
  ];
  hub = await startTestHub(agencies, { rules: [], default: 'origin' }, { PLAIN_LOOPBACK: 'yes' });
  key = (await createApiKey(hub.store, 'keyed')).key;
  otherKey = (await createApiKey(hub.store, 'silent')).key;
});
afterAll(() => hub.stop());

const fields = (no: number, more: object = {}) => ({
  MW_NO: `2026-${no}`,
  MW_SJ: '가로등이 <꺼져> 있습니다 & 어둡습니다',
  MW_CN: '골목이 어둡습니다',
  APLCNT_NM: '홍길동',
  STTS_CD: '10',
  REG_DT: '2026-11-20T09:30:00+09:00',
  CHG_DT: '2026-11-20T09:30:00+09:00',
  ...more,
});
const toText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const toXml = (no: number, more?: object) =>
  `<b:sendMinwon xmlns:b="urn:old-board:minwon"><MINWON>${Object.entries(fields(no, more))
    .map(([name, text]) => `<${name}>${toText(String(text))}</${name}>`)
    .join('')}</MINWON></b:sendMinwon>`;
const namespaces = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};
const toEnvelope = (body: string, version: keyof typeof namespaces = '1.1', header = '') =>
  `<?xml version="1.0"?><e:Envelope xmlns:e="${namespaces[version]}"><e:Header>${header}</e:Header><e:Body>${body}</e:Body></e:Envelope>`;

const authorization = `Basic ${Buffer.from('board:pass:word').toString('base64')}`;
async function send(
  code: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { authorization },
) {
  const reply = await fetch(`${hub.url}/api/v1/boards/${code}/posts`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml; charset=utf-8', ...headers },
  });
  const type = reply.headers.get('content-type')?.split(';')[0];
  return { status: reply.status, type, text: await reply.text() };
}
const read = async (code: string, no: number) =>
  (
    await hub.store.pool.query(
      `select c.status, c.content->>'title' as title, c.receipt_number, c.origin_number from complaints c
       join links l on l.complaint_id = c.id where l.agency = $1 and l.external_id = $2`,
      [code, `2026-${no}`],
    )
  ).rows;

const program = fileURLToPath(new URL('board.php', import.meta.url));
const probe = await new Promise<boolean>((resolve) => {
  const is = 'exit(class_exists("SoapClient") ? 0 : 1);';
  execFile('php', ['-r', is], { timeout: 20_000 }, (error) => resolve(!error));
});
const mustRun = probe || process.env.REQUIRE_SERVICES === '1';

interface Told {
  result?: unknown;
  fault?: { code: string; string: string };
  sent: string;
  reply: string;
}
interface Speaking {
  version?: '1.1' | '1.2';
  style?: 'document' | 'rpc';
  login?: [user: string, password: string];
  token?: string;
}

function callByPhp(code: string, post: object, by: Speaking): Promise<Told> {
  const { version = '1.1', style = 'rpc', login = ['', ''], token = '' } = by;
  const address = `${hub.url}/api/v1/boards/${code}/posts`;
  const given = [program, address, version, style, ...login, token];
  return new Promise((resolve, reject) => {
    const child = execFile('php', given, { timeout: 30_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message} ${stdout} ${stderr}`)) : resolve(JSON.parse(stdout)),
    );
    child.stdin?.end(JSON.stringify(post));
  });
}

describe.skipIf(!mustRun)('PHP SoapClient without WSDL', () => {
  const login: Speaking['login'] = ['board', 'pass:word'];

  it.each([
    ['1.1', 'rpc', 11],
    ['1.1', 'document', 12],
    ['1.2', 'rpc', 13],
    ['1.2', 'document', 14],
  ] as const)(
    'SOAP %s %s: its post is taken, and it reads the reply in its own words',
    async (version, style, no) => {
      const by: Speaking = { version, style, login };
      const told = await callByPhp('basic', fields(no), by);
      const [complaint] = await read('basic', no);
      expect(complaint).toMatchObject({ title: fields(no).MW_SJ, origin_number: `2026-${no}` });
      expect(told.fault).toBeUndefined();
      expect(told.result).toEqual({ CODE: '00', RCPT_NO: complaint.receipt_number });
    },
  );

  it('is told by a Fault that its password is wrong, or its post no post', async () => {
    const wrong = await callByPhp('basic', fields(20), { login: ['board', 'wrong'] });
    expect(wrong.fault).toMatchObject({
      code: 'soap:Client',
      string: expect.stringContaining('neither'),
    });
    expect(await read('basic', 20)).toEqual([]);
  });

  it('parks what cannot be mapped, and its own words say so', async () => {
    const told = await callByPhp('basic', fields(21, { STTS_CD: '77' }), { login });
    expect(told.result).toEqual({ CODE: '91' });
    const { rows } = await hub.store.pool.query(
      "select problems from raw_items where agency = 'basic' and outcome = 'parked'",
    );
    expect(JSON.stringify(rows)).toContain('77');
  });

  it('gets an empty Body where the mapping has no reply', async () => {
    const told = await callByPhp('silent', fields(22), { login });
    expect(told.fault).toBeUndefined();
    expect(told.reply).toMatch(/<soap:Body><\/soap:Body>/);
    expect(await read('silent', 22)).toHaveLength(1);
  });

  it.each(['1.1', '1.2'] as const)(
    'proves itself by the key in a UsernameToken (SOAP %s)',
    async (version) => {
      const no = version === '1.1' ? 23 : 24;
      const told = await callByPhp('keyed', fields(no), { version, token: `keyed ${key}` });
      expect(told.fault).toBeUndefined();
      expect(await read('keyed', no)).toHaveLength(1);
      const tries = await Promise.all([
        callByPhp('keyed', fields(25), { version, token: 'keyed mwk_wrong' }),
        callByPhp('keyed', fields(25), { version, token: `basic ${key}` }),
        callByPhp('keyed', fields(25), { version, token: `silent ${otherKey}` }),
        callByPhp('keyed', fields(25), { version }),
      ]);
      const code = version === '1.1' ? 'soap:Client' : 'soap:Sender';
      expect(tries.map(({ fault }) => fault?.code)).toEqual(Array(4).fill(code));
      expect(await read('keyed', 25)).toEqual([]);
    },
  );
});

it('reads a plain document as the inside of an envelope, in whatever charset it says', async () => {
  const text = `<?xml version="1.0" encoding="EUC-KR"?>${toXml(31)}`;
  const headers = { authorization, 'content-type': 'text/xml' };
  const taken = await send('basic', new Uint8Array(iconv.encode(text, 'euc-kr')), headers);
  const [complaint] = await read('basic', 31);
  expect(complaint.title).toBe(fields(31).MW_SJ);
  expect(taken).toEqual({
    status: 200,
    type: 'text/xml',
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<m:sendMinwonResponse xmlns:m="urn:old-board:minwon"><RESULT><CODE>00</CODE><RCPT_NO>${complaint.receipt_number}</RCPT_NO></RESULT></m:sendMinwonResponse>`,
  });
  const plain = await send('silent', toXml(32));
  expect([plain.status, plain.type]).toEqual([200, 'application/json']);
  expect(JSON.parse(plain.text).posts).toMatchObject([{ externalId: '2026-32', outcome: 'applied' }]);
});

it('takes the HMAC of an envelope, and the hub’s own key as Bearer', async () => {
  const body = toEnvelope(toXml(33));
  const digest = createHmac('sha256', github).update(body).digest('hex');
  const signed = await send('github', body, { 'x-hub-signature-256': `sha256=${digest}` });
  expect([signed.status, signed.type]).toEqual([200, 'text/xml']);
  const other = await send('github', `${body} `, { 'x-hub-signature-256': `sha256=${digest}` });
  expect([other.status, other.type]).toEqual([500, 'text/xml']);
  const bearer = await send('keyed', toEnvelope(toXml(34)), { authorization: `Bearer ${key}` });
  expect(bearer.text).toContain('<CODE>00</CODE>');
});

it('answers a repeated element, and an answer of an officer', async () => {
  const posts = [35, 36].map((no) =>
    toXml(no, { STTS_CD: '90' }).replace(/^<b:sendMinwon[^>]*>|<\/b:sendMinwon>$/g, ''),
  );
  const answered = posts.map((one) =>
    one.replace('</MINWON>', '<REPLY><RPL_NO>1</RPL_NO><RPL_CN>고쳤습니다</RPL_CN></REPLY></MINWON>'),
  );
  const { text } = await send('basic', toEnvelope(`<sendMinwon>${answered.join('')}</sendMinwon>`));
  expect(text.match(/<RCPT_NO>/g)).toHaveLength(2);
  expect(await read('basic', 36)).toMatchObject([{ status: 'answered' }]);
});

it('sends a Fault for what is no envelope, and problem+json for what is no XML', async () => {
  const soap = { authorization, 'content-type': 'application/soap+xml' };
  const dtd = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>${toXml(40)}`;
  const faults = [
    await send('basic', '<broken', soap),
    await send('basic', dtd, { authorization, SOAPAction: '""' }),
    await send('basic', toEnvelope(toXml(41), '1.1', '<x:Other xmlns:x="urn:x" e:mustUnderstand="1"/>')),
    await send('basic', toEnvelope(toXml(41)).replace(namespaces['1.1'], 'urn:no-soap'), {
      authorization,
      SOAPAction: '""',
    }),
  ];
  expect(
    faults.map(({ status, text }) => [status, /<(?:faultcode|soap:Value)>([^<]*)/.exec(text)?.[1]]),
  ).toEqual([
    [400, 'soap:Sender'],
    [500, 'soap:Client'],
    [500, 'soap:MustUnderstand'],
    [500, 'soap:VersionMismatch'],
  ]);
  const problems = [await send('basic', '<broken'), await send('basic', dtd)];
  expect(problems.map(({ status, type }) => [status, type])).toEqual(
    Array(2).fill([400, 'application/problem+json']),
  );
});

it('keeps the posts where the reply of the mapping cannot be made', async () => {
  const { status, text } = await send('broken', toEnvelope(toXml(50)));
  expect([status, text]).toEqual([200, expect.stringContaining('<soap:Body></soap:Body>')]);
  expect(await read('broken', 50)).toHaveLength(1);
});
