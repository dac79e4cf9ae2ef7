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

describe('TakeStep and GetClock', () => {
  const registerNow = async (externalId: string) => {
    const filedAt = `<filedAt>${new Date().toISOString()}</filedAt>`;
    return element('receiptNumber', await sendTo(doors, envelope(registration(externalId, { filedAt }))))!;
  };
  const of = (number: string) => `<receiptNumber>${number}</receiptNumber>`;
  const step = (kind: string, inner: string) => `<step><kind>${kind}</kind>${inner}</step>`;
  const take = (number: string, kind: string, inner: string, key = doors.keys.beta, more = '') =>
    call('TakeStep', `${of(number)}${step(kind, inner)}${more}`, key);

  it('takes flat steps, and tells the clock with its lines and articles', async () => {
    const number = await registerNow('stepped');
    const extended = await take(number, 'extended', '<reason>현장 확인</reason><days> 7 </days>');
    expect([extended.status, element('outcome', extended)]).toEqual([200, 'applied']);
    const plan = '<promise>예산 반영</promise><reviewOn>2199-03-31</reviewOn><reviewOn>2199-09-30</reviewOn>';
    expect((await take(number, 'planned', plan)).status).toBe(200);
    const officer = '<officer><name>이담당</name></officer><user>lee@beta.example</user>';
    expect((await take(number, 'officer_assigned', officer)).status).toBe(200);
    expect(
      (await take(number, 'clock_stopped', '<ground>hearing</ground><reason>청문</reason>')).status,
    ).toBe(200);
    const { xml } = await call('GetClock', of(number));
    expect(xml).toMatch(
      /<clock><receiptNumber>[^<]+<\/receiptNumber><at>[^<]+<\/at><phase>stopped<\/phase><startedAt>/,
    );
    expect(xml).toContain('<unit>days</unit><total>14</total>');
    expect(xml).toContain('<grounds>hearing</grounds><article>Decree, article 14</article>');
    expect(
      [...xml.matchAll(/<lines>.*?<step>(.*?)<.*?<ko>(.*?)<.*?<article>(.*?)</g)].map((all) => all.slice(1)),
    ).toEqual([
      ['started', '처리기간 시작', 'Act, article 19'],
      ['extended', '처리기간 연장', 'Decree, article 21'],
      ['stopped', '처리기간 정지: 의견청취', 'Decree, article 20'],
    ]);
    const events = await call('ListEvents', of(number));
    expect(events.xml).toContain(
      '<step><kind>planned</kind><promise>예산 반영</promise><reviewOn>2199-03-31</reviewOn><reviewOn>2199-09-30</reviewOn></step>',
    );
    expect(events.xml).toContain(
      '<step><kind>officer_assigned</kind><officer><name>이담당</name></officer></step>',
    );
    const complaint = await call('GetComplaint', of(number));
    expect(complaint.xml).toMatch(/<officer><name>이담당<\/name><\/officer><clock><phase>stopped<\/phase>/);
  });

  it('refuses what the law does not allow with the article, and with the codes of all operations', async () => {
    const number = await registerNow('unlawful');
    const long = await take(number, 'extended', '<reason>바쁨</reason><days>8</days>');
    expectFault(long, 'invalid');
    expect(problemFields(long)).toEqual(['/step/days']);
    expect(element('faultstring', long)).toContain('Decree, article 21');
    const early = await take(number, 'closed', '');
    expectFault(early, 'invalid');
    expect([problemFields(early), element('faultstring', early)]).toEqual([
      ['/step'],
      expect.stringContaining('Act, article 27'),
    ]);
    expectFault(await take(number, 'waved', ''), 'invalid');
    expectFault(await take(number, 'closed', '', doors.keys.alpha), 'forbidden');
    expectFault(await take(number, 'supplemented', '<text>.</text>'), 'forbidden');
    expectFault(
      await take(number, 'closed', '', doors.keys.beta, '<expectedSeq>1</expectedSeq>'),
      'changed-meanwhile',
    );
    expectFault(await take(number, 'closed', '', doors.keys.gamma), 'not-found');
    expectFault(await call('GetClock', of(number), doors.keys.gamma), 'not-found');
    const { key } = await createApiKey(doors.store, 'beta', null, ['register']);
    expectFault(await take(number, 'extended', '<reason>.</reason><days>1</days>', key), 'forbidden');
    const reply = await call(
      'RunBatch',
      [
        item(`${of(number)}${step('extended', '<reason>현장</reason><days>1</days>')}`),
        item(`${of(number)}${step('extended', '<reason>또</reason><days>1</days>')}`),
      ].join(''),
      doors.keys.beta,
    );
    expect(results(reply)).toEqual(['applied', 'invalid']);
    expect(reply.xml).toContain('Decree, article 21');
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
