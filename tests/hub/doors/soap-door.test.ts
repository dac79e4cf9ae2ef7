import fastify from 'fastify';
import iconv from 'iconv-lite';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soapDoor } from '../../../hub/doors/soap/soap-door.ts';
import { type OpenDoors, openDoors, postUnfinished } from './open-doors.ts';

const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const passwordText =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText';

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

interface Reply {
  status: number;
  type: string | null;
  xml: string;
}

async function send(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(`${doors.url}/soap/v1`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/xml', authorization: `Bearer ${doors.keys.alpha}`, ...headers },
  });
  return { status: response.status, type: response.headers.get('content-type'), xml: await response.text() };
}

const envelope = (body: string, header = '', namespace = soap11) =>
  `<s:Envelope xmlns:s="${namespace}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

const fields: Record<string, string> = {
  title: '<title>수출 문의</title>',
  body: '<body>내용</body>',
  kind: '<kind>query</kind>',
  category: '<category>수출</category>',
  complainant: '<complainant><name>김민원</name></complainant>',
  filedAt: '<filedAt>2026-11-20T09:30:00+09:00</filedAt>',
};
/** A registration with some of the fields replaced; an empty text leaves one out. */
const registration = (externalId: string, replaced: Record<string, string> = {}) =>
  `<RegisterComplaint xmlns="urn:minwon-hub:v1"><externalId>${externalId}</externalId><content>${Object.values(
    {
      ...fields,
      ...replaced,
    },
  ).join('')}</content></RegisterComplaint>`;

const element = (name: string, { xml }: Reply) =>
  new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1];
const problemFields = ({ xml }: Reply) => [...xml.matchAll(/<field>([^<]*)</g)].map(([, field]) => field);

function expectFault(reply: Reply, code: string): void {
  expect(reply.status).toBe(500);
  expect(reply.type).toBe('text/xml; charset=utf-8');
  expect(element('faultcode', reply)).toBe(code === 'unavailable' ? 'soap:Server' : 'soap:Client');
  expect(element('code', reply)).toBe(code);
  expect(reply.xml).not.toMatch(/\bat .*\.(ts|js):|node_modules/);
}

async function receive(body: string, headers?: Record<string, string>): Promise<string> {
  const reply = await send(body, headers);
  expect(reply.xml).toContain('<outcome>');
  expect(reply.status).toBe(200);
  return element('receiptNumber', reply)!;
}
const getComplaint = (receiptNumber: string) =>
  send(
    envelope(
      `<GetComplaint xmlns="urn:minwon-hub:v1"><receiptNumber>${receiptNumber}</receiptNumber></GetComplaint>`,
    ),
  );

describe('what real toolkits write is understood', () => {
  it('blank lines, another prefix, children in any order, without a namespace, nil and empty lists', async () => {
    const xml = `\n \r\n<?xml version="1.0"?><!-- c --><E:Envelope xmlns:E="${soap11}"><E:Body>
      <m:RegisterComplaint xmlns:m="urn:minwon-hub:v1" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
        <content><m:attachments/>${fields.filedAt}${fields.complainant}<region i:nil="true"/><category i:nil="1"/>
          <m:kind> query
          </m:kind><body><![CDATA[<p>]]>a&#13;&#x0A;b&amp;amp;</body>${fields.title}</content>
        <m:externalId>any-order</m:externalId>
      </m:RegisterComplaint></E:Body></E:Envelope>`;
    const read = await getComplaint(await receive(xml, { soapaction: '""' }));
    expect(element('body', read)).toBe('&lt;p&gt;a&#13;\nb&amp;amp;');
    expect(read.xml).not.toMatch(/<(category|region|attachments)>/);
  });

  it('lists of one and of many', async () => {
    const attachment = (name: string) => `<attachments><name>${name}</name><size>0</size></attachments>`;
    for (const names of [['a.pdf'], ['a.pdf', 'b.pdf', 'c.pdf']]) {
      const attachments = names.map(attachment).join('');
      const read = await getComplaint(
        await receive(envelope(registration(`list-${names.length}`, { attachments }))),
      );
      expect(read.xml.match(/<attachments>/g)).toHaveLength(names.length);
    }
  });

  it.each([
    ['Content-Type', '', 'text/xml; charset=euc-kr'],
    ['the declaration', '<?xml version="1.0" encoding="EUC-KR"?>', 'text/xml'],
    [
      'the declaration, against a Content-Type that cannot be',
      '<?xml version="1.0" encoding="euc-kr"?>',
      'text/xml; charset=utf-8',
    ],
  ])('EUC-KR, with letters that only CP949 has, by %s', async (name, declaration, type) => {
    const title = '<title>뷁 똠방각하</title>';
    const bytes = iconv.encode(declaration + envelope(registration(`euc-kr ${name}`, { title })), 'cp949');
    const reply = await send(new Uint8Array(bytes), { 'content-type': type });
    const read = await getComplaint(element('receiptNumber', reply)!);
    expect(read.type).toBe('text/xml; charset=utf-8');
    expect(element('title', read)).toBe('뷁 똠방각하');
  });

  it('UTF-16 by its byte order mark', async () => {
    const bytes = iconv.encode(envelope(registration('utf-16')), 'utf-16le', { addBOM: true });
    expect((await send(new Uint8Array(bytes))).status).toBe(200);
  });

  it('the same complaint by REST and by SOAP is one', async () => {
    const receiptNumber = await receive(envelope(registration('both')));
    const { kind, category } = { kind: 'query', category: '수출' };
    const content = { title: '수출 문의', body: '내용', kind, category, complainant: { name: '김민원' } };
    const response = await fetch(`${doors.url}/api/v1/complaints`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${doors.keys.alpha}` },
      body: JSON.stringify({
        externalId: 'both',
        content: { ...content, filedAt: '2026-11-20T09:30:00+09:00' },
      }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ outcome: 'duplicate', receiptNumber });
  });
});

describe('a mistake in a field is a fault that names it', () => {
  const wrong: [string, Record<string, string>, string[]][] = [
    ['a missing field', { title: '' }, ['/content/title']],
    ['a wrong kind', { kind: '<kind>wish</kind>' }, ['/content/kind']],
    ['an unknown element', { more: '<colour>red</colour>' }, ['/content/colour']],
    ['a dangerous name', { more: '<hasOwnProperty>x</hasOwnProperty>' }, ['/content/hasOwnProperty']],
    ['an element of somebody else', { title: '<title xmlns="urn:x">a</title>' }, ['/content/title']],
    ['a field twice', { kind: '<kind>query</kind><kind>query</kind>' }, ['/content/kind']],
    ['a date without an offset', { filedAt: '<filedAt>2026-11-20T09:30:00</filedAt>' }, ['/content/filedAt']],
    ['a date to come', { filedAt: '<filedAt>2199-01-01T00:00:00Z</filedAt>' }, ['/content/filedAt']],
    ['markup that is not escaped', { body: '<body>a<b>c</b></body>' }, ['/content/body']],
    [
      'text for elements',
      { complainant: '<complainant>김</complainant>' },
      ['/content/complainant', '/content/complainant/name'],
    ],
    [
      'a number that is none',
      { attachments: '<attachments><name>a</name><size>1e3</size></attachments>' },
      ['/content/attachments/0/size'],
    ],
  ];
  it.each(wrong)('%s', async (name, replaced, expected) => {
    const reply = await send(envelope(registration(`wrong ${name}`, replaced)));
    expectFault(reply, 'invalid');
    expect(problemFields(reply)).toEqual(expected);
    expect(element('faultstring', reply)).toContain(expected[0]);
  });

  it('an empty call', async () => {
    const call = `<GetComplaint xmlns="urn:minwon-hub:v1" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>`;
    const reply = await send(envelope(call));
    expectFault(reply, 'invalid');
    expect(problemFields(reply)).toEqual(['/receiptNumber']);
  });

  it('an unknown operation is told which there are', async () => {
    for (const call of [
      '<Delete xmlns="urn:minwon-hub:v1"/>',
      '<constructor_/>',
      '<GetComplaint xmlns="urn:x"/>',
    ]) {
      const reply = await send(envelope(call));
      expectFault(reply, 'malformed');
      expect(element('faultstring', reply)).toContain(
        'RegisterComplaint, AddAnswer, AddFollowUp, GetComplaint',
      );
    }
  });
});

describe('what cannot be read', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}">]>`;
  it.each([
    ['no envelope', '<a/>', 'Envelope'],
    ['nothing', '', 'Start tag'],
    ['no XML', '{"externalId":"x"}', 'well-formed'],
    ['two roots', `${envelope('<a/>')}<b/>`, 'well-formed'],
    ['a DTD', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${envelope('<a/>')}`, 'DTD'],
    ['an entity bomb', bomb + envelope(registration('bomb', { body: '<body>&b;</body>' })), 'DTD'],
    [
      'an entity that nobody declared',
      envelope(registration('x', { body: '<body>&constructor;</body>' })),
      'reference',
    ],
    ['an ampersand', envelope(registration('x', { body: '<body>a & b</body>' })), 'well-formed'],
    ['a NUL', envelope(registration('x', { body: '<body>a\u0000</body>' })), 'U+0000'],
    ['a NUL by reference', envelope(registration('x', { body: '<body>a&#0;</body>' })), 'U+0000'],
    ['half of a pair by reference', envelope(registration('x', { body: '<body>&#xD83D;</body>' })), 'U+D83D'],
    ['__proto__', envelope('<__proto__/>'), 'not readable'],
    ['an unbound prefix', envelope('<x:GetComplaint/>'), 'prefix x'],
    ['an empty body', envelope(''), 'one element'],
    ['two operations', envelope('<a/><b/>'), 'one element'],
    ['deep nesting', envelope('<a>'.repeat(40) + '</a>'.repeat(40)), 'nested'],
    ['very deep nesting', '<a>'.repeat(300_000), 'elements'],
    ['very many elements', envelope('<a/>'.repeat(6_000)), 'elements'],
    [
      'very many attributes',
      `<a${Array.from({ length: 60_000 }, (_, n) => ` a${n}=""`).join('')}/>`,
      'attributes',
    ],
    ['unfinished comments', '<!--'.repeat(250_000), '--&gt;'],
  ])('%s', async (_name, body, words) => {
    const began = Date.now();
    const reply = await send(body);
    expectFault(reply, 'malformed');
    expect(element('faultstring', reply)).toContain(words);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('bytes that are no UTF-8', async () => {
    const bytes = Buffer.from(
      envelope(registration('x', { body: '<body>BROKEN</body>' })).replace('BROKEN', '~~'),
    );
    bytes.set([0xc3, 0x28], bytes.indexOf('~~'));
    const reply = await send(new Uint8Array(bytes), { 'content-type': 'text/xml; charset=utf-8' });
    expectFault(reply, 'malformed');
    expect(element('faultstring', reply)).toContain('UTF-8');
  });

  it('another media type', async () => {
    expectFault(await send('{}', { 'content-type': 'application/json' }), 'unsupported-media-type');
  });

  it.each([
    ['announced', { 'content-length': `${10 * 1024 * 1024}` }, 1024],
    ['unannounced', { 'transfer-encoding': 'chunked' }, 2 * 1024 * 1024],
  ])('ten megabytes, %s', async (_name, headers, beginning) => {
    const all = { ...headers, 'content-type': 'text/xml' };
    const reply = await postUnfinished(`${doors.url}/soap/v1`, all, Buffer.alloc(beginning, ' '));
    expect(reply.status).toBe(500);
    expect(reply.text).toContain('<code>too-large</code>');
  });

  it('many bindings of prefixes, in a time that is bearable', async () => {
    const bindings = Array.from({ length: 9_000 }, (_, n) => ` xmlns:p${n}="u"`).join('');
    const call = `<GetComplaint xmlns="urn:minwon-hub:v1"${bindings}>${'<a xmlns="u"/>'.repeat(900)}</GetComplaint>`;
    const began = Date.now();
    expectFault(await send(envelope(call)), 'invalid');
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});

describe('the versions of SOAP', () => {
  const mark = (namespace: string, name: string) =>
    `<x:${name} xmlns:x="urn:x" xmlns:e="${namespace}" e:mustUnderstand="1"/>`;

  it('1.2: the caller is to blame with 400', async () => {
    const reply = await send(envelope('<Nothing/>', '', soap12), {
      'content-type': 'application/soap+xml; action="x"',
    });
    expect(reply).toMatchObject({ status: 400, type: 'application/soap+xml; charset=utf-8' });
    expect(element('Value', reply)).toBe('soap:Sender');
    expect(element('code', reply)).toBe('malformed');
  });

  it('neither: VersionMismatch', async () => {
    const reply = await send(envelope('<a/>', '', 'urn:soap'));
    expect(reply.status).toBe(500);
    expect(element('faultcode', reply)).toBe('soap:VersionMismatch');
  });

  it.each([soap11, soap12])('a header that must be understood and is not: %s', async (namespace) => {
    const reply = await send(envelope(registration('header'), mark(namespace, 'Transaction'), namespace));
    expect(reply.status).toBe(500);
    expect(reply.xml).toContain('soap:MustUnderstand');
    expect(reply.xml).toContain('Transaction');
  });
});

describe('who may come in', () => {
  const token = (user: string, key: string, type = passwordText) =>
    `<w:Security xmlns:w="${wsse}" xmlns:s="${soap11}" s:mustUnderstand="1"><w:UsernameToken><w:Username>${user}</w:Username><w:Password Type="${type}">${key}</w:Password></w:UsernameToken></w:Security>`;
  const basic = (user: string, key: string) => `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`;
  const call = (header: string, authorization: string) =>
    send(envelope(registration('who'), header), { authorization });

  it('an agency with its key: in the token, or in HTTP', async () => {
    const { alpha } = doors.keys;
    expect((await call(token('alpha', alpha), '')).status).toBe(200);
    expect((await call('', basic('alpha', alpha))).status).toBe(200);
    expect((await call('', `Bearer ${alpha}`)).status).toBe(200);
  });

  it('nobody else', async () => {
    const { alpha } = doors.keys;
    const unknown = `mwk_${'A'.repeat(43)}`;
    const refused: [string, string][] = [
      ['', ''],
      ['', `Bearer ${unknown}`],
      ['', basic('beta', alpha)],
      ['', 'Basic ???'],
      [token('alpha', unknown), ''],
      [token('beta', alpha), ''],
      // The token counts, also when HTTP would have done.
      [token('beta', alpha), `Bearer ${alpha}`],
      [token('', alpha), ''],
    ];
    for (const [header, authorization] of refused)
      expectFault(await call(header, authorization), 'unauthenticated');
    const digest = await call(token('alpha', 'x', passwordText.replace('Text', 'Digest')), '');
    expectFault(digest, 'unauthenticated');
    expect(element('faultstring', digest)).toContain('PasswordDigest');
  });

  it('no agency reads what it has no part in', async () => {
    const receiptNumber = await receive(envelope(registration('private')));
    const body = `<GetComplaint xmlns="urn:minwon-hub:v1"><receiptNumber>${receiptNumber}</receiptNumber></GetComplaint>`;
    expectFault(await send(envelope(body), { authorization: `Bearer ${doors.keys.gamma}` }), 'not-found');
  });
});

/** A door of a hub whose store is out of reach. */
async function openBrokenDoor(publicUrl?: string) {
  const app = fastify();
  const dependencies = {
    store: doors.store,
    accept: () => Promise.reject(new Error('select secret from store')),
    attachments: doors.attachments,
    findAgencyByKey: async () => 'alpha',
    log: pino({ level: 'silent' }),
    publicUrl,
  };
  await app.register((door) => soapDoor(door, dependencies), { prefix: '/soap' });
  return app;
}

it('a fault of the hub is the hub’s, and gives nothing away', async () => {
  const app = await openBrokenDoor();
  const reply = await app.inject({
    method: 'POST',
    url: '/soap/v1',
    headers: { 'content-type': 'text/xml', authorization: 'Bearer key' },
    body: envelope(registration('broken')),
  });
  await app.close();
  const { statusCode: status, headers, body: xml } = reply;
  expectFault({ status, type: String(headers['content-type']), xml }, 'unavailable');
  expect(xml).not.toContain('secret');
});

describe('the description', () => {
  it('names the address by which it was asked for', async () => {
    const read = async (query: string) => (await fetch(`${doors.url}/soap/v1?${query}`)).text();
    const wsdl = await read('WSDL');
    expect(wsdl.match(/location="[^"]*"/g)).toEqual(Array(2).fill(`location="${doors.url}/soap/v1"`));
    expect(wsdl).toContain(`schemaLocation="${doors.url}/soap/v1?xsd"`);
    expect(await read('xsd')).toContain('<xs:element name="RegisterComplaint">');
  });

  it('names the public address, where one is set', async () => {
    const app = await openBrokenDoor('https://hub.example/minwon/');
    const { body } = await app.inject('/soap/v1?wsdl');
    await app.close();
    expect(body).toContain('<soap:address location="https://hub.example/minwon/soap/v1"/>');
  });

  it('stands elsewhere than the door', async () => {
    expect((await fetch(`${doors.url}/soap/v1`)).status).toBe(405);
  });
});
