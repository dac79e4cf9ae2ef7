import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdf, program, sha256 } from '../../../support/sample-files.ts';
import { waitFor } from '../../../support/wait-for.ts';
import {
  element,
  envelope,
  expectFault,
  problemFields,
  type Reply,
  registration,
  sendTo,
  soap12,
} from './calls.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';
import { createCertificate, signEnvelope } from './signing.ts';

/** Files beside the envelope: multipart/related with xop:Include (MTOM). */

let doors: OpenSoapDoor;
beforeAll(async () => {
  doors = await openSoapDoor();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

interface Part {
  id: string;
  content: Buffer | string;
  encoding?: string;
}

const include = (href: string) =>
  `<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="${href}"/>`;
const put = (content: string, more = '') =>
  `<PutAttachment xmlns="urn:minwon-hub:v1"><name>신고서.pdf</name><content>${content}</content>${more}</PutAttachment>`;

function toMessage(root: string, parts: Part[], end = '\r\n--b--\r\n'): Buffer<ArrayBuffer> {
  const head = (id: string, type: string, encoding: string) =>
    Buffer.from(
      `\r\n--b\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-ID: <${id}>\r\n\r\n`,
    );
  return Buffer.concat([
    head('root', 'application/xop+xml; charset=UTF-8; type="text/xml"', 'binary'),
    Buffer.from(root),
    ...parts.flatMap(({ id, content, encoding = 'binary' }) => [
      head(id, 'application/pdf', encoding),
      Buffer.from(content),
    ]),
    Buffer.from(end),
  ]);
}

const mtom =
  'multipart/related; type="application/xop+xml"; boundary=b; start="<root>"; start-info="text/xml"';
const sendParts = (root: string, parts: Part[], headers: Record<string, string> = {}, end?: string) =>
  sendTo(doors, toMessage(root, parts, end), { 'content-type': mtom, ...headers });
const upload = (content: Buffer | string, more = '', headers = {}) =>
  sendParts(envelope(put(include('cid:f%40x'), more)), [{ id: 'f@x', content }], headers);

describe('a file beside the envelope', () => {
  it('is taken in and given out as it is, also above what an envelope may have', async () => {
    const content = pdf(9_000_000);
    const uploaded = await upload(content, `<sha256>${sha256(content)}</sha256>`);
    expect(uploaded.status).toBe(200);
    expect(element('size', uploaded)).toBe('9000000');
    expect(element('mediaType', uploaded)).toBe('application/pdf');
    const attachments = `<attachments><id>${element('id', uploaded)}</id><name>신고서.pdf</name></attachments>`;
    const made = await sendParts(envelope(registration('beside', { attachments })), []);
    const receiptNumber = element('receiptNumber', made)!;
    const id = element('id', await ask('ListAttachments', { receiptNumber }))!;
    const body = envelope(of('GetAttachment', { receiptNumber, id }));
    const headers = { authorization: `Bearer ${doors.keys.beta}` };
    expectFault(await sendTo(doors, body, headers), 'too-large');
    const reply = await fetch(doors.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/xml', accept: 'application/xop+xml' },
      body,
    });
    const bytes = Buffer.from(await reply.arrayBuffer());
    expect(reply.headers.get('content-type')).toMatch(
      /^multipart\/related; type="application\/xop\+xml"; .*start-info="text\/xml"$/,
    );
    expect(reply.headers.get('content-length')).toBe(String(bytes.length));
    expect(bytes.includes(content)).toBe(true);
    const [, href] = /<content><xop:Include [^>]*href="cid:([^"]+)"\/><\/content>/.exec(
      bytes.toString('latin1'),
    )!;
    expect(bytes.includes(`Content-ID: <${href}>`)).toBe(true);
  });

  it('is in the envelope of a reply whose reader did not ask for XOP', async () => {
    const content = pdf(1000);
    const id = element('id', await upload(content))!;
    const attachments = `<attachments><id>${id}</id><name>신고서.pdf</name></attachments>`;
    const receiptNumber = element(
      'receiptNumber',
      await sendTo(doors, envelope(registration('in', { attachments }))),
    )!;
    const asked = of('GetAttachment', {
      receiptNumber,
      id: element('id', await ask('ListAttachments', { receiptNumber }))!,
    });
    // Axis 1.4 accepts multipart/related, and knows no XOP.
    const axis = { accept: 'application/soap+xml, application/dime, multipart/related, text/*' };
    const plain = await sendTo(doors, envelope(asked), axis);
    expect(Buffer.from(element('content', plain)!, 'base64').equals(content)).toBe(true);
    const asItCame = await sendParts(envelope(asked), []);
    expect(asItCame.type).toMatch(/^multipart\/related/);
    const other = await sendParts(envelope(asked, '', soap12), [], {
      'content-type': mtom.replace('text/xml', 'application/soap+xml'),
    });
    expect(other.type).toMatch(/start-info="application\/soap\+xml"$/);
  });

  it('may come in base64, and the envelope may hold base64 itself', async () => {
    const content = pdf(2000);
    const lines = content.toString('base64').replace(/.{76}/g, '$&\r\n');
    const part = { id: 'f@x', content: lines, encoding: 'base64' };
    const reply = await sendParts(envelope(put(include('cid:f@x'))), [part]);
    expect(element('size', reply)).toBe('2000');
    expect(element('size', await sendParts(envelope(put(content.toString('base64'))), []))).toBe('2000');
  });

  it('has the digest of the whole message that Content-Digest names', async () => {
    const message = toMessage(envelope(put(include('cid:f@x'))), [{ id: 'f@x', content: pdf(3000) }]);
    const digest = createHash('sha256').update(message).digest('base64');
    const send = (value: string) =>
      sendTo(doors, message, { 'content-type': mtom, 'content-digest': `sha-256=:${value}:` });
    expect((await send(digest)).status).toBe(200);
    const before = await countUploads();
    expectFault(await send(digest.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))), 'malformed');
    expect(await countUploads()).toBe(before);
  });
});

describe('a message is refused in words, and nothing is taken in', () => {
  const file = { id: 'f@x', content: pdf() };
  const whole = () => envelope(put(include('cid:f@x')));
  const cases: [string, () => Promise<Reply>, RegExp][] = [
    ['cid: that names nothing', () => sendParts(envelope(put(include('cid:g'))), []), /no such part/],
    [
      'a part that nothing names',
      () => sendParts(envelope(put(include('cid:g'))), [file]),
      /no xop:Include names/,
    ],
    ['one part too many', () => sendParts(whole(), [file, { ...file, id: 'g' }]), /no xop:Include names/],
    ['two parts with one Content-ID', () => sendParts(whole(), [file, file]), /Content-ID f@x/],
    ['no part', () => sendParts(whole(), []), /no such part/],
    ['an end that is missing', () => sendParts(whole(), [file], {}, ''), /breaks off/],
    [
      'another boundary',
      () => sendParts(whole(), [file], { 'content-type': mtom.replace('=b;', '=c;') }),
      /breaks off/,
    ],
    ['no boundary', () => sendParts(whole(), [file], { 'content-type': 'multipart/related' }), /boundary/],
    [
      'another root',
      () => sendParts(whole(), [file], { 'content-type': mtom.replace('<root>', '<x>') }),
      /first part/,
    ],
    [
      'an address elsewhere',
      () => sendParts(envelope(put(include('http://127.0.0.1/f'))), [file]),
      /must be a cid/,
    ],
    [
      'a file for a call without one',
      () => sendParts(envelope(registration('mtom')), [file]),
      /no xop:Include names/,
    ],
    ['Include without multipart', () => sendTo(doors, whole()), /multipart\/related/],
  ];
  it.each(cases)('%s', async (_what, send, words) => {
    const before = await countUploads();
    const reply = await send();
    expectFault(reply, 'malformed');
    expect(element('faultstring', reply)).toMatch(words);
    expect(await countUploads()).toBe(before);
  });

  it('an Include where no file belongs', async () => {
    const title = `<title>${include('cid:f@x')}</title>`;
    const reply = await sendParts(envelope(registration('odd', { title })), [file]);
    expectFault(reply, 'invalid');
    expect(problemFields(reply)).toContain('/content/title');
  });

  it('what the door refuses of a file in base64', async () => {
    const before = await countUploads();
    expectFault(await upload(program()), 'invalid');
    expectFault(await upload(''), 'invalid');
    expectFault(await upload(pdf(), `<sha256>${'a'.repeat(64)}</sha256>`), 'invalid');
    expectFault(await upload(pdf(), '', { authorization: 'Bearer mwk_x' }), 'unauthenticated');
    expect(await countUploads()).toBe(before);
  });

  it('a media type that is none of these: the words name MTOM', async () => {
    const reply = await sendTo(doors, whole(), { 'content-type': 'multipart/form-data; boundary=b' });
    expectFault(reply, 'unsupported-media-type');
    expect(element('faultstring', reply)).toMatch(/MTOM.*xop:Include/);
  });
});

it('a file beside a signed envelope is refused: the signature does not cover it', async () => {
  const { key, pem } = await createCertificate('alpha');
  const signing = await openSoapDoor({ doors: { signers: [pem] } });
  try {
    const signed = signEnvelope(put(include('cid:f@x')), { key, pem });
    const reply = await sendTo(signing, toMessage(signed, [{ id: 'f@x', content: pdf() }]), {
      'content-type': mtom,
      authorization: '',
    });
    expectFault(reply, 'malformed');
    expect(element('faultstring', reply)).toContain('signature does not cover');
  } finally {
    await signing.close();
  }
});

it('a caller who leaves in the middle of a file leaves nothing behind', async () => {
  const before = await countUploads();
  const message = toMessage(envelope(put(include('cid:f@x'))), [{ id: 'f@x', content: pdf(500_000) }]);
  await new Promise<void>((done) => {
    const call = httpRequest(doors.url, {
      method: 'POST',
      headers: {
        'content-type': mtom,
        'content-length': message.length,
        authorization: `Bearer ${doors.keys.alpha}`,
      },
    });
    call.on('error', () => done());
    call.write(message.subarray(0, 300_000), () => setImmediate(() => call.destroy(new Error('gone'))));
  });
  await waitFor('its place is given back', async () => (await countUploads()) === before);
  expect(element('size', await upload(pdf(1234)))).toBe('1234');
  expect(await countUploads()).toBe(before + 1);
});

describe('a file that was named without its content', () => {
  it.each(['base64', 'MTOM'])('is supplied: %s', async (way) => {
    const attachments = '<attachments><name>신고서.pdf</name></attachments>';
    const made = await sendTo(doors, envelope(registration(`supplied-${way}`, { attachments })));
    const receiptNumber = element('receiptNumber', made)!;
    const listed = await ask('ListAttachments', { receiptNumber });
    expect(element('state', listed)).toBe('wanted');
    const id = element('id', listed)!;
    const content = pdf(4000);
    const call = (inner: string) => of('SupplyAttachment', { receiptNumber, id, content: inner });
    const send = () =>
      way === 'MTOM'
        ? sendParts(envelope(call(include('cid:f'))), [{ id: 'f', content }])
        : sendTo(doors, envelope(call(content.toString('base64'))));
    expect(element('state', await send())).toBe('held');
    expect(element('sha256', await ask('ListAttachments', { receiptNumber }))).toBe(sha256(content));
    const foreign = { authorization: `Bearer ${doors.keys.beta}` };
    expectFault(await sendTo(doors, envelope(call('JVBERi0=')), foreign), 'not-found');
  });
});

const of = (name: string, fields: Record<string, string>) =>
  `<${name} xmlns="urn:minwon-hub:v1">${Object.entries(fields)
    .map(([field, value]) => `<${field}>${value}</${field}>`)
    .join('')}</${name}>`;
const ask = (name: string, fields: Record<string, string>) => sendTo(doors, envelope(of(name, fields)));
async function countUploads(): Promise<number> {
  const { rows } = await doors.store.pool.query('select count(*)::int as n from uploads');
  return rows[0].n;
}
