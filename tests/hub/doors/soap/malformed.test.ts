import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postUnfinished } from '../open-doors.ts';
import { element, envelope, expectFault, registration, sendTo, soap11 } from './calls.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';

let doors: OpenSoapDoor;
beforeAll(async () => {
  doors = await openSoapDoor();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const send = (...call: [string | Uint8Array<ArrayBuffer>, Record<string, string>?]) => sendTo(doors, ...call);

describe('what cannot be read', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}">]>`;
  it.each([
    ['no envelope', '<a/>', 'Envelope'],
    ['nothing', '', 'root element'],
    ['no XML', '{"externalId":"x"}', 'well-formed'],
    ['two roots', `${envelope('<a/>')}<b/>`, 'well-formed'],
    ['a DTD', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${envelope('<a/>')}`, 'DTD'],
    ['an entity bomb', bomb + envelope(registration('bomb', { body: '<body>&b;</body>' })), 'DTD'],
    [
      'an entity that nobody declared',
      envelope(registration('x', { body: '<body>&constructor;</body>' })),
      'entity',
    ],
    ['an ampersand', envelope(registration('x', { body: '<body>a & b</body>' })), 'well-formed'],
    ['a NUL', envelope(registration('x', { body: '<body>a\u0000</body>' })), 'disallowed character'],
    ['a NUL by reference', envelope(registration('x', { body: '<body>a&#0;</body>' })), 'character entity'],
    [
      'half of a pair by reference',
      envelope(registration('x', { body: '<body>&#xD83D;</body>' })),
      'character entity',
    ],
    ['__proto__', envelope('<__proto__/>'), 'no operation __proto__'],
    ['an unbound prefix', envelope('<x:GetComplaint/>'), 'unbound namespace prefix'],
    [
      'an attribute under two prefixes',
      envelope('<a xmlns:p="u" xmlns:q="u" p:b="" q:b=""/>'),
      'duplicate attribute',
    ],
    ['a less-than sign in an attribute', envelope('<a b="<"/>'), 'disallowed character'],
    [
      'XML 1.1 and its control characters',
      `<?xml version="1.1"?>${envelope('<a>&#1;</a>')}`,
      'character entity',
    ],
    ['two Bodies', envelope('<a/></s:Body><s:Body><a/>'), 'one Body'],
    [
      'two Headers',
      `<s:Envelope xmlns:s="${soap11}"><s:Header/><s:Header/><s:Body><a/></s:Body></s:Envelope>`,
      'one Header',
    ],
    [
      'a Header after the Body',
      `<s:Envelope xmlns:s="${soap11}"><s:Body><a/></s:Body><s:Header/></s:Envelope>`,
      'one Header',
    ],
    ['an empty body', envelope(''), 'one element'],
    ['two operations', envelope('<a/><b/>'), 'one element'],
    ['deep nesting', envelope('<a>'.repeat(40) + '</a>'.repeat(40)), 'nested'],
    ['very deep nesting', '<a>'.repeat(300_000), 'nested'],
    ['very many elements', envelope('<a/>'.repeat(6_000)), 'elements'],
    [
      'very many attributes',
      `<a${Array.from({ length: 60_000 }, (_, n) => ` a${n}=""`).join('')}/>`,
      'attributes',
    ],
    ['unfinished comments', '<!--'.repeat(250_000), 'well-formed'],
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
    ['unannounced', { 'transfer-encoding': 'chunked' }, 9 * 1024 * 1024],
  ])('ten megabytes, %s', async (_name, headers, beginning) => {
    const all = { ...headers, 'content-type': 'text/xml' };
    const reply = await postUnfinished(doors.url, all, Buffer.alloc(beginning, ' '));
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
