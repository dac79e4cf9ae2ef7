import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './call.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';
import { element, envelope, expectFault, sendTo } from './soap/calls.ts';

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** A complaint of alpha that beta answers, taken in just now: a query about law has 14 days. */
async function register(externalId: string): Promise<string> {
  const content = { ...exportComplaint, kind: 'law_query', filedAt: new Date().toISOString() };
  const value = { externalId, content };
  const { body } = await call<{ receiptNumber: string }>(
    doors,
    doors.keys.alpha,
    'POST',
    '/complaints',
    value,
  );
  return body.receiptNumber;
}

type Agency = keyof OpenDoors['keys'];
const take = (agency: Agency, number: string, step: object) =>
  call<{ outcome: string; detail: string; errors: { pointer: string; message: string }[] }>(
    doors,
    doors.keys[agency],
    'POST',
    `/complaints/${number}/steps`,
    step,
  );
interface Contributions {
  contributions: Record<string, unknown>[];
}
const list = async (agency: Agency, number: string) =>
  (await call<Contributions>(doors, doors.keys[agency], 'GET', `/complaints/${number}/contributions`)).body
    .contributions;
const listOwed = async (agency: Agency) =>
  (await call<Contributions>(doors, doors.keys[agency], 'GET', '/contributions')).body.contributions;

describe('what one agency asks of another', () => {
  it('opens the complaint to it, is owed, and is replied to; the origin sees none of it', async () => {
    const number = await register('joint');
    const path = `/complaints/${number}`;
    expect((await call(doors, doors.keys.gamma, 'GET', path)).status).toBe(404);
    const until = inDays(2);
    const asking = { kind: 'part_asked', to: 'gamma', text: '환급 부분', until };
    expect((await take('alpha', number, asking)).status).toBe(403);
    expect((await take('beta', number, asking)).body).toMatchObject({ outcome: 'applied' });
    // A caller without a reply tries again: it is asked once.
    expect((await take('beta', number, asking)).body).toMatchObject({ outcome: 'duplicate' });

    // The agency that was asked knows the matter, and not the person.
    const { body: shown } = await call<object>(doors, doors.keys.gamma, 'GET', path);
    expect(shown).toMatchObject({ receiptNumber: number, content: { body: exportComplaint.body } });
    const { body: events } = await call<object>(doors, doors.keys.gamma, 'GET', `${path}/events`);
    expect(JSON.stringify([shown, events])).not.toMatch(/김민원|kim@example/);
    expect((await call<object>(doors, doors.keys.beta, 'GET', path)).body).toMatchObject({
      content: { complainant: { name: '김민원' } },
    });
    expect(await listOwed('gamma')).toEqual([
      {
        ...{ receiptNumber: number, title: exportComplaint.title, number: 1, kind: 'part', by: 'beta' },
        ...{ askedAt: expect.any(String), dueAt: until, overdue: false },
      },
    ]);
    expect(await list('gamma', number)).toMatchObject([{ number: 1, text: '환급 부분', state: 'asked' }]);

    const reply = {
      kind: 'contribution_answered',
      contribution: 1,
      text: '환급됩니다.',
      by: { name: '박담당' },
    };
    const notAsked = await take('alpha', number, reply);
    expect([notAsked.status, notAsked.body.errors[0]?.message]).toEqual([
      403,
      expect.stringContaining('Act, article 20'),
    ]);
    expect((await take('gamma', number, reply)).body).toMatchObject({ outcome: 'applied' });
    expect(await listOwed('gamma')).toEqual([]);
    expect(await list('beta', number)).toMatchObject([
      { state: 'answered', reply: '환급됩니다.', officer: { name: '박담당' }, overdue: false },
    ]);

    expect(await list('alpha', number)).toEqual([]);
    const told = await call<{ events: { type: string }[] }>(doors, doors.keys.alpha, 'GET', `${path}/events`);
    expect(told.body.events.map(({ type }) => type)).toEqual(['registered', 'assigned']);
    await call(doors, doors.keys.beta, 'POST', `${path}/answers`, { text: '모은 답변' });
    const { rows } = await doors.store.pool.query(
      `select template, audience, agency from notices n join complaints c on c.id = n.complaint_id
       where c.receipt_number = $1 and template in ('contribution', 'answered') order by seq, agency`,
      [number],
    );
    expect(rows).toEqual([
      { template: 'contribution', audience: 'officer', agency: 'gamma' },
      { template: 'contribution', audience: 'officer', agency: 'beta' },
      { template: 'answered', audience: 'complainant', agency: 'beta' },
    ]);
  });

  it('is refused at its field with what would be allowed', async () => {
    const number = await register('late');
    const late = await take('beta', number, {
      ...{ kind: 'cooperation_asked', to: 'gamma', text: '의견' },
      until: inDays(60),
    });
    expect([late.status, late.body.errors]).toEqual([
      422,
      [{ pointer: '/until', message: expect.stringMatching(/at the latest \(Act, article 20\)/) }],
    ]);
    const none = await take('beta', number, { kind: 'cooperation_asked', to: 'gamma', text: '의견' });
    expect(none.body.errors).toMatchObject([{ pointer: '/until' }]);
    expect(await list('beta', number)).toEqual([]);
  });

  it('goes to another agency by a transfer, which then leads', async () => {
    const number = await register('moved');
    await take('beta', number, { kind: 'part_asked', to: 'gamma', text: '환급', until: inDays(1) });
    const moving = { to: 'gamma', reason: '전부 환급입니다.' };
    const listFed = async () => {
      const { body } = await call<{
        changes: { receiptNumber: string; role: string; event: { type: string } }[];
      }>(doors, doors.keys.gamma, 'GET', '/changes?limit=500');
      return body.changes
        .filter(({ receiptNumber }) => receiptNumber === number)
        .map(({ role, event }) => `${role} ${event.type}`);
    };
    // Gamma fetches its changes. What it is asked for is no complaint of its own, until it gets the whole.
    expect(await listFed()).toEqual([]);
    await call(doors, doors.keys.beta, 'POST', `/complaints/${number}/transfer`, moving);
    expect(await listFed()).toEqual(['assignee registered', 'assignee assigned']);
    const { rows } = await doors.store.pool.query(
      `select agency, role from links l join complaints c on c.id = l.complaint_id where c.receipt_number = $1 order by agency`,
      [number],
    );
    expect(rows).toEqual([
      { agency: 'alpha', role: 'origin' },
      { agency: 'beta', role: 'copy' },
      { agency: 'gamma', role: 'assignee' },
    ]);
    const back = { kind: 'contribution_taken_back', contribution: 1, reason: '제가 답합니다.' };
    expect((await take('gamma', number, back)).body).toMatchObject({ outcome: 'applied' });
  });
});

describe('in SOAP', () => {
  const send = (agency: Agency, name: string, inner: string) =>
    sendTo(
      { ...doors, url: `${doors.url}/soap/v1` },
      envelope(`<${name} xmlns="urn:minwon-hub:v1">${inner}</${name}>`),
      {
        authorization: `Bearer ${doors.keys[agency]}`,
      },
    );

  it('the same is asked, owed, replied to and listed', async () => {
    const number = await register('soap');
    const of = `<receiptNumber>${number}</receiptNumber>`;
    const until = inDays(3);
    const asking = `<kind>cooperation_asked</kind><text>의견</text><until>${until}</until><to>gamma</to>`;
    const asked = await send('beta', 'TakeStep', `${of}<step>${asking}</step>`);
    expect([asked.status, element('outcome', asked)]).toEqual([200, 'applied']);
    expect((await send('gamma', 'ListOwedContributions', '')).xml).toMatch(
      new RegExp(`<contributions><receiptNumber>${number}</receiptNumber><title>.*?<number>1</number>`),
    );
    const reply = '<kind>contribution_answered</kind><text>좋습니다.</text><contribution>1</contribution>';
    expectFault(await send('alpha', 'TakeStep', `${of}<step>${reply}</step>`), 'forbidden');
    expect((await send('gamma', 'TakeStep', `${of}<step>${reply}</step>`)).status).toBe(200);
    expect((await send('beta', 'ListContributions', of)).xml).toMatch(
      /<number>1<\/number><kind>cooperation<\/kind><by>beta<\/by><askedAt>.*<state>answered<\/state>.*<reply>좋습니다.<\/reply>/,
    );
    expect((await send('alpha', 'ListContributions', of)).xml).not.toContain('<contributions>');
  });
});
