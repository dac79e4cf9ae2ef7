import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { pdf, program, sha256 } from '../../../support/sample-files.ts';
import { element, envelope, expectFault, problemFields, registration, sendTo } from './calls.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';

let doors: OpenSoapDoor;
beforeAll(async () => {
  doors = await openSoapDoor();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const call = (name: string, fields: Record<string, string>, key = doors.keys.alpha) => {
  const inside = Object.entries(fields).map(([field, value]) => `<${field}>${value}</${field}>`);
  const body = envelope(`<${name} xmlns="urn:minwon-hub:v1">${inside.join('')}</${name}>`);
  return sendTo(doors, body, { authorization: `Bearer ${key}` });
};
const put = (content: Buffer, fields: Record<string, string> = {}, key?: string) =>
  call('PutAttachment', { name: '신고서.pdf', content: content.toString('base64'), ...fields }, key);
const register = async (externalId: string, id: string) => {
  const attachments = `<attachments><id>${id}</id><name>신고서.pdf</name></attachments>`;
  return sendTo(doors, envelope(registration(externalId, { attachments })));
};

describe('a file within an envelope', () => {
  it('is taken in, named, listed and read by the agency that answers, byte for byte', async () => {
    // Above what any other call may have.
    const content = pdf(3_000_000);
    const lines = content.toString('base64').replace(/.{76}/g, '$&\r\n');
    const upload = await put(content, { mediaType: 'text/plain', content: lines, sha256: sha256(content) });
    expect(upload.status).toBe(200);
    expect(element('mediaType', upload)).toBe('application/pdf');
    expect(element('size', upload)).toBe('3000000');
    const made = await register('enclosed', element('id', upload)!);
    const receiptNumber = element('receiptNumber', made)!;
    const { beta, gamma } = doors.keys;
    const listed = await call('ListAttachments', { receiptNumber }, beta);
    expect(element('state', listed)).toBe('held');
    expect(element('agency', listed)).toBe('alpha');
    const asked = { receiptNumber, id: element('id', listed)! };
    const got = await call('GetAttachment', asked, beta);
    expect(element('name', got)).toBe('신고서.pdf');
    expect(element('sha256', got)).toBe(sha256(content));
    expect(Buffer.from(element('content', got)!, 'base64').equals(content)).toBe(true);
    expectFault(await call('GetAttachment', { ...asked, id: 'nothing' }, beta), 'not-found');
    expectFault(await call('GetAttachment', asked, gamma), 'not-found');
    expectFault(await call('ListAttachments', { receiptNumber }, gamma), 'not-found');
  });

  it.each([
    ['a digest that does not fit', { sha256: 'a'.repeat(64) }, []],
    ['no base64', { content: 'JVBERi0x*' }, ['/content']],
    ['base64 without its end', { content: 'JVBERi0xL' }, ['/content']],
    ['a program', { content: program().toString('base64') }, []],
    ['nothing', { content: '' }, []],
    ['no content', { name: 'a.pdf</name><name>b.pdf' }, ['/name']],
  ])('is not taken: %s', async (_what, fields, expected) => {
    const reply = await put(pdf(), fields);
    expectFault(reply, 'invalid');
    expect(problemFields(reply)).toEqual(expected);
  });

  it('may be large; other calls may not', async () => {
    expectFault(await put(pdf(7_000_000)), 'too-large');
    expectFault(await call('GetComplaint', { receiptNumber: 'x'.repeat(1024 * 1024) }), 'too-large');
  });

  it('that is too large for an envelope is left to the REST door', async () => {
    const upload = await doors.attachments.upload('alpha', {
      name: '신고서.pdf',
      content: (async function* () {
        yield pdf(7_000_000);
      })(),
    });
    const receiptNumber = element('receiptNumber', await register('large', upload.id))!;
    const id = element('id', await call('ListAttachments', { receiptNumber }))!;
    const reply = await call('GetAttachment', { receiptNumber, id });
    expectFault(reply, 'too-large');
    expect(element('faultstring', reply)).toContain('REST door');
  });
});

describe('who may', () => {
  it('put a file: a key with the scope attach; name it: its own agency', async () => {
    const { key } = await createApiKey(doors.store, 'alpha', null, ['read', 'register']);
    const reply = await put(pdf(), {}, key);
    expectFault(reply, 'forbidden');
    expect(element('faultstring', reply)).toContain('attach');
    const foreign = await put(pdf(), {}, doors.keys.gamma);
    const refused = await register('foreign', element('id', foreign)!);
    expectFault(refused, 'invalid');
    expect(problemFields(refused)).toEqual(['/content/attachments/0/id']);
  });

  it('read one: a key with the scope read', async () => {
    const receiptNumber = element('receiptNumber', await sendTo(doors, envelope(registration('unread'))))!;
    const { key } = await createApiKey(doors.store, 'beta', null, ['attach']);
    expectFault(await call('ListAttachments', { receiptNumber }, key), 'forbidden');
    expectFault(await call('GetAttachment', { receiptNumber, id: 'any' }, key), 'forbidden');
  });
});
