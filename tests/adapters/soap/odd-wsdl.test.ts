import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Change } from '../../../adapters/contract.ts';
import { connect } from '../conformance/soap-fixture.ts';

/** WSDLs after the bug reports of other clients, and what a service behind them gets and says. */

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Reply {
  status: number;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

/** Calls one operation of a WSDL in this folder. */
async function call(
  wsdl: string,
  operation: string,
  request: string,
  { status, body = '', headers = {} }: Reply,
) {
  let heard = '';
  const server = createServer(async (incoming, response) => {
    for await (const chunk of incoming) heard += chunk;
    response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', ...headers }).end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const adapter = connect({
    wsdl: fileURLToPath(new URL(`./wsdl/${wsdl}.wsdl`, import.meta.url)),
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ws`,
    auth: { kind: 'none' },
    normalise: '{"status": "received"}',
    push: { status_changed: { operation, request } },
  });
  ends.push(
    () => adapter.close(),
    () => new Promise((resolve) => server.close(resolve)),
  );
  const change = {
    event: { type: 'status_changed', data: {} },
    complaint: {},
    role: 'assignee',
    ref: { externalId: '7' },
  } as unknown as Change;
  const outcome = await adapter.push?.(change, { key: 'k', signal: AbortSignal.timeout(20_000) });
  return { outcome, heard };
}

const done = { kind: 'done', ref: { externalId: '7' } };
const envelope = (body: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;

test('the children of a type that extends one that extends one come in the order of the schema', async () => {
  const request = '{"productId": "p", "customerId": "c", "resellerId": "r"}';
  const body = envelope('<fileResponse xmlns="urn:d"><id>1</id></fileResponse>');
  const { outcome, heard } = await call('extended-twice', 'file', request, { status: 200, body });
  expect(outcome).toEqual(done);
  const order = [...heard.matchAll(/<(?:\w+:)?(\w+Id)>/g)].map(([, name]) => name);
  expect(order).toEqual(['resellerId', 'customerId', 'productId']);
});

test('elements that are referred to come in their place and namespace, over three levels and two schemas', async () => {
  const request = `{"complaint": {"region": "r", "body": "b", "writer": "w", "title": "t", "sentAt": "s", "linkKey": "k"}}`;
  const body = envelope('<putResult xmlns="urn:d"><id>1</id></putResult>');
  const { outcome, heard } = await call('refs-of-two-schemas', 'put', request, { status: 200, body });
  expect(outcome).toEqual(done);
  const written = [...heard.matchAll(/<(c|d):(\w+)[^>]*>(\w)</g)].map(
    ([, prefix, name]) => `${prefix}:${name}`,
  );
  expect(written).toEqual(['c:linkKey', 'c:sentAt', 'd:title', 'c:writer', 'd:body', 'd:region']);
});

test('a reply is the element that the WSDL declares, whatever the operation is called', async () => {
  const named = (name: string) => envelope(`<${name} xmlns="urn:d"><id>1</id></${name}>`);
  const reply = (name: string) => ({ status: 200, body: named(name) });
  const called = async (name: string) =>
    (await call('reply-of-another-name', 'request', '{"a": "x"}', reply(name))).outcome;
  expect(await called('barbazResponse')).toEqual(done);
  expect(await called('otherResponse')).toMatchObject({ kind: 'unknown' });
});

test.each([202, 200, 204])(
  'an operation without output that is answered with %i and nothing is done',
  async (status) => {
    expect((await call('one-way', 'notify', '{"a": "x"}', { status })).outcome).toEqual(done);
  },
);

test('an operation without output that is answered with a fault, a page or an error is not done', async () => {
  const fault = envelope('<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>');
  const told = async (reply: Reply) => (await call('one-way', 'notify', '{"a": "x"}', reply)).outcome?.kind;
  expect(await told({ status: 500, body: fault })).toBe('refused');
  expect(await told({ status: 200, body: '<html><body>점검</body></html>' })).toBe('unknown');
  expect(await told({ status: 500 })).toBe('unknown');
});

test.each([
  ['VersionMismatch', ''],
  ['MustUnderstand', ''],
  ['MustUnderstand.Security', ''],
  ['DataEncodingUnknown', 'soap12'],
  ['MustUnderstand', 'soap12'],
  ['wsa:ActionNotSupported', ''],
  ['wsa:MessageAddressingHeaderRequired', ''],
])('a fault %s is a refusal: the same call again would end the same way', async (code, version) => {
  const [, name = code] = /^wsa:(.*)/.exec(code) ?? [];
  const fault = envelope(`<s:Fault><faultcode>s:${name}</faultcode><faultstring>no</faultstring></s:Fault>`);
  const fault12 = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:${name}</s:Value></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`;
  const reply = { status: 500, body: version === 'soap12' ? fault12 : fault };
  for (const [wsdl, operation] of [
    ['reply-of-another-name', 'request'],
    ['one-way', 'notify'],
  ] as const)
    expect((await call(wsdl, operation, '{"a": "x"}', reply)).outcome?.kind).toBe('refused');
});

test('an envelope that came packed though nobody asked for it is read', async () => {
  const body = gzipSync(envelope('<barbazResponse xmlns="urn:d"><id>1</id></barbazResponse>'));
  const reply = { status: 200, body, headers: { 'content-encoding': 'gzip' } };
  expect((await call('reply-of-another-name', 'request', '{"a": "x"}', reply)).outcome).toEqual(done);
});
