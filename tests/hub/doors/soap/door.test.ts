import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import iconv from 'iconv-lite';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopes } from '../../../../hub/access/keys/scopes.ts';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import { createStrangers } from '../../../../hub/doors/gate/strangers.ts';
import { soapDoor } from '../../../../hub/doors/soap/soap-door.ts';
import {
  element,
  envelope,
  expectFault,
  fields,
  problemFields,
  registration,
  sendTo,
  soap11,
  soap12,
} from './calls.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';

const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const passwordText =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText';

let doors: OpenSoapDoor;
beforeAll(async () => {
  doors = await openSoapDoor();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const send = (...call: [string | Uint8Array<ArrayBuffer>, Record<string, string>?]) => sendTo(doors, ...call);

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
        'RegisterComplaint, UpdateComplaint, AddAnswer, AddInterimAnswer, AddFollowUp, ChangeStatus',
      );
    }
  });
});

describe('a call that comes again', () => {
  const followUp = (receiptNumber: string, text: string, more = '') =>
    envelope(
      `<AddFollowUp xmlns="urn:minwon-hub:v1"><receiptNumber>${receiptNumber}</receiptNumber><followUp><text>${text}</text></followUp>${more}</AddFollowUp>`,
    );
  const key = (value: string) => `<idempotencyKey>${value}</idempotencyKey>`;

  it('is known by its key: the element, or the header of HTTP in its place', async () => {
    const number = await receive(envelope(registration('keys')));
    const first = await send(followUp(number, '하나', key('k-1')));
    expect(element('outcome', first)).toBe('applied');
    const header = { 'idempotency-key': 'k-1' };
    expect(element('outcome', await send(followUp(number, '하나'), header))).toBe('duplicate');
    expectFault(await send(followUp(number, '둘', key('k-1'))), 'key-reused');
    expectFault(await send(followUp(number, '하나', key('k-2')), header), 'malformed');
    const long = randomBytes(2_000).toString('hex');
    expectFault(await send(followUp(number, '셋'), { 'idempotency-key': long }), 'malformed');
    expectFault(await send(followUp(number, '셋', key(long))), 'invalid');
  });

  it('is another call when something else was said in between', async () => {
    const number = await receive(envelope(registration('to and fro')));
    const update = (title: string) =>
      send(
        envelope(
          `<UpdateComplaint xmlns="urn:minwon-hub:v1"><receiptNumber>${number}</receiptNumber><content><title>${title}</title>${fields.body}${fields.kind}${fields.complainant}${fields.filedAt}</content></UpdateComplaint>`,
        ),
      );
    const said: unknown[] = [];
    for (const title of ['가', '나', '가', '가']) said.push(element('outcome', await update(title)));
    expect(said).toEqual(['applied', 'applied', 'applied', 'duplicate']);
    expect(element('title', await getComplaint(number))).toBe('가');
  });

  it('with the key of a call about something else is refused', async () => {
    const numbers = [
      await receive(envelope(registration('one key'))),
      await receive(envelope(registration('for two'))),
    ];
    const sent = [];
    for (const number of numbers) sent.push(await send(followUp(number, '하나', key('k-both'))));
    expect(element('outcome', sent[0]!)).toBe('applied');
    expectFault(sent[1]!, 'key-reused');
  });

  it('is refused when the complaint has moved on since it was read', async () => {
    const number = await receive(envelope(registration('moved on')));
    const expected = (seq: number) => `<expectedSeq>${seq}</expectedSeq>`;
    expectFault(await send(followUp(number, '늦게', expected(1))), 'changed-meanwhile');
    expect(element('outcome', await send(followUp(number, '제때', expected(2))))).toBe('applied');
  });

  it('has the body that its Content-Digest names', async () => {
    const reply = await send(envelope(registration('digest')), { 'content-digest': 'sha-256=:AAAA:' });
    expectFault(reply, 'malformed');
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
  const fail = () => Promise.reject(new Error('select secret from store'));
  const caller = { agency: 'alpha', keyId: 'key', scopes };
  const dependencies = {
    store: doors.store,
    accept: fail,
    attachments: doors.attachments,
    feed: { fetch: fail, acknowledge: fail },
    directory: { listAgencies: () => [], findAgency: () => undefined, clock: createClockRules },
    seen: { mustBeNew: fail },
    strangers: createStrangers(pino({ level: 'silent' })),
    gate: {
      knows: async () => true,
      enter: async () => ({ caller, headers: {}, spend: fail }),
    },
    findBySecret: undefined,
    plainLoopback: false,
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
    const read = async (query: string) => (await fetch(`${doors.url}?${query}`)).text();
    const wsdl = await read('WSDL');
    expect(wsdl.match(/location="[^"]*"/g)).toEqual([`location="${doors.url}"`]);
    expect(wsdl).toContain(`schemaLocation="${doors.url}?xsd"`);
    expect(await read('wsdl12')).toContain('name="HubSoap12"');
    expect(await read('xsd')).toContain('<xs:element name="RegisterComplaint" type="RegisterComplaint"/>');
  });

  it('names the public address, where one is set', async () => {
    const app = await openBrokenDoor('https://hub.example/minwon/');
    const { body } = await app.inject('/soap/v1?wsdl');
    await app.close();
    expect(body).toContain('<soap:address location="https://hub.example/minwon/soap/v1"/>');
  });

  it('stands elsewhere than the door', async () => {
    expect((await fetch(doors.url)).status).toBe(405);
  });
});
