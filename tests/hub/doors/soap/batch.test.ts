import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { element, envelope, expectFault, problemFields, type Reply, registration, sendTo } from './calls.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';

let doors: OpenSoapDoor;
beforeAll(async () => {
  doors = await openSoapDoor();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const call = (name: string, inner: string, key = doors.keys.alpha) =>
  sendTo(doors, envelope(`<${name} xmlns="urn:minwon-hub:v1" ${xsi}>${inner}</${name}>`), {
    authorization: `Bearer ${key}`,
  });
const item = (inner: string) => `<items>${inner}</items>`;
const contentOf = (externalId: string) =>
  registration(externalId).replace(/<(\/?)RegisterComplaint( [^>]*)?>/g, '');
const register = (externalId: string) => item(`<registration>${contentOf(externalId)}</registration>`);
const results = ({ xml }: Reply) =>
  [...xml.matchAll(/<results>(.*?)<\/results>/g)].map(([, one]) =>
    one!.startsWith('<receipt>') ? /<outcome>(.*?)</.exec(one!)![1] : /<code>(.*?)</.exec(one!)![1],
  );

describe('RunBatch', () => {
  it('does each item by itself, those of one complaint in their order', async () => {
    const receiptNumber = element('receiptNumber', await sendTo(doors, envelope(registration('batch'))))!;
    const of = (inner: string) => item(`<receiptNumber>${receiptNumber}</receiptNumber>${inner}`);
    const reply = await call(
      'RunBatch',
      [
        register('batch-1'),
        of('<followUp><text>하나</text></followUp>'),
        of('<followUp><text></text></followUp>'),
        of('<followUp><text>둘</text></followUp><expectedSeq>1</expectedSeq>'),
        of('<status>answered</status>'),
        of('<followUp><text>셋</text></followUp><withdrawal/>'),
        item('<followUp><text>넷</text></followUp>'),
        register('batch-1'),
        of('<withdrawal xsi:nil="true"/><followUp><text>다섯</text></followUp>'),
      ].join(''),
    );
    expect(reply.status).toBe(200);
    expect(results(reply)).toEqual([
      'applied',
      'applied',
      'invalid',
      'changed-meanwhile',
      // A status is for the assignee to say.
      'forbidden',
      'invalid',
      'invalid',
      'duplicate',
      'applied',
    ]);
    expect(problemFields(reply).filter((field) => field === '/followUp/text')).toHaveLength(1);
    const events = await call('ListEvents', `<receiptNumber>${receiptNumber}</receiptNumber>`);
    const said = [...events.xml.matchAll(/<text>([^<]*)</g)].map(([, text]) => text);
    expect(said).toEqual(['하나', '다섯']);
  });

  it('is refused as a whole when it is none', async () => {
    expectFault(await call('RunBatch', ''), 'invalid');
    expectFault(await call('RunBatch', `${register('a')}<other/>`), 'invalid');
    expectFault(await call('RunBatch', item('').repeat(201)), 'invalid');
  });

  it('counts each item towards the limits of the agency', async () => {
    const limited = await openSoapDoor({ doors: { requestsPerMinute: 40 } });
    try {
      const inner = item('<followUp><text>x</text></followUp>').repeat(41);
      const body = envelope(`<RunBatch xmlns="urn:minwon-hub:v1">${inner}</RunBatch>`);
      expectFault(await sendTo(limited, body), 'too-many-requests');
    } finally {
      await limited.close();
    }
  });
});

describe('GetLedger', () => {
  it('tells the days of the caller alone', async () => {
    await sendTo(doors, envelope(registration('ledger')));
    const reply = await call('GetLedger', '');
    expect(reply.status).toBe(200);
    expect(element('agency', reply)).toBe('alpha');
    expect(reply.xml).toMatch(/<days><day>[0-9-]{10}<\/day><received><total>[1-9]/);
    expect(element('balanced', reply)).toBe('true');
    const none = await call('GetLedger', '', doors.keys.gamma);
    expect(none.xml).not.toContain('<days>');
  });

  it('takes days as they are, empty ones as absent, and no others', async () => {
    const range = (from: string) => `<from>${from}</from><to xsi:nil="true"/>`;
    expect((await call('GetLedger', `<from xsi:nil="true"/><to xsi:nil="1"></to>`)).status).toBe(200);
    const reply = await call('GetLedger', range('2026-02-30'));
    expectFault(reply, 'invalid');
    expect(problemFields(reply)).toEqual(['/from']);
    expectFault(await call('GetLedger', range('gestern')), 'invalid');
  });

  it('needs the scope read', async () => {
    const { key } = await createApiKey(doors.store, 'alpha', null, ['attach']);
    expectFault(await call('GetLedger', '', key), 'forbidden');
  });
});
