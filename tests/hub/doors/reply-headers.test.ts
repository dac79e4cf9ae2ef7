import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';
import { envelope } from './soap/calls.ts';

let doors: OpenDoors;
let number = '';
beforeAll(async () => {
  doors = await openDoors();
  const body = JSON.stringify({ externalId: 'headers', content: exportComplaint });
  number = ((await (await send('POST', '/api/v1/complaints', body)).json()) as { receiptNumber: string })
    .receiptNumber;
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const send = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(`${doors.url}${path.replace('NUMBER', number)}`, {
    method,
    headers: {
      authorization: `Bearer ${doors.keys.alpha}`,
      ...(body && { 'content-type': path.startsWith('/soap') ? 'text/xml' : 'application/json' }),
      ...headers,
    },
    ...(body && { body }),
  });
const soap = (operation: string, inside: string) =>
  envelope(`<${operation} xmlns="urn:minwon-hub:v1">${inside}</${operation}>`);

it.each<[string, string, string, string?]>([
  ['a complaint', 'GET', '/api/v1/complaints/NUMBER'],
  ['its events', 'GET', '/api/v1/complaints/NUMBER/events'],
  ['its files', 'GET', '/api/v1/complaints/NUMBER/attachments'],
  ['a search', 'GET', '/api/v1/complaints'],
  ['a feed that there is not', 'GET', '/api/v1/changes'],
  ['the ledger', 'GET', '/api/v1/ledger'],
  ['a receipt', 'PUT', '/api/v1/complaints/NUMBER/content', JSON.stringify(exportComplaint)],
  ['a batch', 'POST', '/api/v1/batches', '{"items":[]}'],
  ['the self-test', 'POST', '/api/v1/self-test', '{}'],
  ['what is refused', 'POST', '/api/v1/complaints', '{'],
  ['what there is not', 'GET', '/api/v1/nothing'],
  ['a SOAP reply', 'POST', '/soap/v1', soap('SearchComplaints', '<search/>')],
  ['a fault', 'POST', '/soap/v1', soap('Nothing', '')],
  ['the door of agents', 'GET', '/agent/v1/changes'],
  ['an enrolment', 'POST', '/agent/v1/enrolment', '{"token":"x","agent":"1","at":"2026-11-20T00:00:00Z"}'],
  ['discovery', 'GET', '/.well-known/minwon-hub'],
])('%s stays in no cache, and is what it says to be', async (_what, method, path, body) => {
  const { headers } = await send(method, path, body);
  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
});

it('descriptions may be kept', async () => {
  for (const what of ['wsdl', 'wsdl12', 'xsd'])
    expect((await send('GET', `/soap/v1?${what}`)).headers.get('cache-control')).toBe('no-cache');
});

it('who has read a complaint is told that it is as it was', async () => {
  const etag = (await send('GET', '/api/v1/complaints/NUMBER')).headers.get('etag') ?? '';
  const again = await send('GET', '/api/v1/complaints/NUMBER', undefined, { 'if-none-match': etag });
  expect([again.status, again.headers.get('etag'), again.headers.get('cache-control')]).toEqual([
    304,
    etag,
    'no-store',
  ]);
});
