import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { signalChannels } from '../../../../hub/store/signals/signal-channels.ts';
import type { Agency, ComplaintContent } from '../../../../schemas/index.ts';
import type { WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { call } from '../../doors/call.ts';
import { startReceiver, toEndpoint } from '../endpoints/endpoint-stage.ts';
import { createReconciler } from '../reconcile/reconciling.ts';
import { type TrialBoard, trialBoards } from '../rehearsal/trial-boards.ts';
import { type RecordingBoard, startRecordingBoard } from './recording-board.ts';

const boards: Record<string, TrialBoard> = {};
let recorder: RecordingBoard;
let strict: RecordingBoard;
let receiver: WebhookReceiver;
let hub: TestHub;
const keys: Record<string, string> = {};

const person = { name: '나민원', company: '가온상회', phone: '+821055554444', email: 'na@withheld.example' };
/** A telephone number as boards write it. */
const anyPhone = /5555.{0,12}4444/;
const feeder: Agency = {
  code: 'feeder',
  name: { ko: '피드 기관' },
  officers: [{ name: '담당' }],
  feed: true,
};
const desk: Agency = { code: 'desk', name: { ko: '접수 기관' }, officers: [{ name: '담당' }] };
/** It took complaints in, and its copies hold no more of a person than the company. */
const shy: Agency = { ...desk, code: 'shy', disclosure: { origin: ['company'] } };

beforeAll(async () => {
  for (const [kind, open] of Object.entries(trialBoards)) boards[kind] = await open();
  recorder = await startRecordingBoard('recorder');
  strict = await startRecordingBoard('strict');
  receiver = await startReceiver();
  const told: Agency = { ...recorder.agency, webhooks: [toEndpoint('desk', receiver)] };
  const all = [...Object.values(boards).map(({ agency }) => agency), told, strict.agency, feeder, desk, shy];
  hub = await startTestHub(all, {
    rules: all.map(({ code }) => ({ when: { category: [code] }, to: code })),
    default: 'desk',
  });
  for (const board of Object.values(boards)) await board.connect?.(hub);
  for (const { code } of all) keys[code] = (await createApiKey(hub.store, code)).key;
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await Promise.all([...Object.values(boards), recorder, strict, receiver].map((one) => one.close()));
});

async function file(title: string, to: string, more: Partial<ComplaintContent> = {}, origin = 'desk') {
  const content: ComplaintContent = {
    ...{ title, body: '확인하여 주십시오.', kind: 'law_query', category: to },
    complainant: { ...person, notifyBy: 'sms' },
    filedAt: '2026-11-20T09:30:00+09:00',
    ...more,
  };
  const made = await call<{ receiptNumber: string }>(hub, keys[origin], 'POST', '/complaints', {
    externalId: title,
    content,
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.receiptNumber;
}

const say = async (agency: string, number: string, path: string, value: object) => {
  const { status, body } = await call(hub, keys[agency], 'POST', `/complaints/${number}/${path}`, value);
  if (status >= 300) throw new Error(JSON.stringify(body));
};
const get = async <T>(agency: string, path: string): Promise<T> =>
  (await call<T>(hub, keys[agency], 'GET', path)).body;
const provided = async (number: string, agency: string) =>
  (
    await hub.store.pool.query(
      `select distinct p.way, p.purpose, p.items, p.withheld from provisions p join complaints c on c.id = p.complaint_id
       where c.receipt_number = $1 and p.agency = $2 order by 1, 2`,
      [number, agency],
    )
  ).rows;

describe.each(Object.keys(trialBoards))('on a %s board', (kind) => {
  it('stands who has to be answered and the address for replies, and not the other address', async () => {
    const board = boards[kind] as TrialBoard;
    const { code } = board.agency;
    const number = await file(`처리 기관에 간 민원 ${code}`, code);
    await waitFor('the post', () => board.find(`처리 기관에 간 민원 ${code}`).length === 1, 20_000);
    const held = board.dump();
    expect(held).toContain(person.name);
    expect(held).toContain(person.company);
    expect(held).toMatch(anyPhone);
    expect(held).not.toContain('withheld.example');
    await waitFor('the entry', async () => (await provided(number, code)).length > 0);
    expect(await provided(number, code)).toEqual([
      {
        ...{ way: kind === 'agent’s' ? 'agent' : 'board', purpose: 'handling' },
        ...{ items: ['name', 'company', 'phone', 'text'], withheld: ['email'] },
      },
    ]);
    if (kind === 'agent’s') return;
    // The board shows less than the hub knows, and that is no difference.
    const { drifts } = await createReconciler(hub).compare(code);
    expect(drifts).toEqual([]);
  });
});

describe('all that an adapter, an endpoint, a feed and a reader are given', () => {
  const ofRecorder = (number: string) =>
    recorder.taken().filter(({ complaint }) => complaint.receiptNumber === number);
  const filed = { attachments: [] as { id: string; name: string }[] };

  it('holds no word of what the agency’s role does not get, whatever the event', async () => {
    const number = await file('모든 이력', 'recorder', filed);
    await say('desk', number, 'follow-ups', { text: '언제 됩니까?' });
    await call(hub, keys.desk, 'PUT', `/complaints/${number}/content`, {
      ...{ title: '모든 이력', body: '고쳐 적었습니다.', kind: 'law_query', category: 'recorder' },
      ...{ complainant: { ...person, notifyBy: 'sms' }, filedAt: '2026-11-20T09:30:00+09:00' },
    });
    await waitFor('three events', () => ofRecorder(number).length === 3);
    const asAssignee = JSON.stringify(ofRecorder(number));
    expect(asAssignee).toContain(person.name);
    expect(asAssignee).toContain(person.phone);
    expect(asAssignee).not.toContain(person.email);

    // It is handed on: from now on the agency only shows it.
    await say('recorder', number, 'transfer', { to: 'feeder', reason: '소관이 아닙니다.' });
    await call(hub, keys.desk, 'PUT', `/complaints/${number}/content`, {
      ...{ title: '모든 이력', body: '다시 고쳤습니다.', kind: 'law_query', category: 'recorder' },
      ...{ complainant: { ...person, notifyBy: 'sms' }, filedAt: '2026-11-20T09:30:00+09:00' },
    });
    await say('feeder', number, 'steps', { kind: 'represented', representatives: [person.name], people: 5 });
    await say('feeder', number, 'answers', { text: '답변입니다.' });
    await waitFor('the answer', () => ofRecorder(number).some(({ event }) => event.type === 'answered'));
    const asCopy = JSON.stringify(ofRecorder(number).filter(({ role }) => role === 'copy'));
    expect(asCopy).toContain('다시 고쳤습니다.');
    expect(asCopy).toContain('나*원');
    for (const value of Object.values(person)) expect(asCopy).not.toContain(value);

    await waitFor('the endpoint told', () =>
      receiver.events().some(({ subject, type }) => subject === number && type.includes('answered')),
    );
    const told = JSON.stringify(receiver.events().filter(({ subject }) => subject === number));
    expect(told).not.toContain(person.email);

    const changes = JSON.stringify(await get('feeder', '/changes'));
    expect(changes).toContain(person.phone);
    expect(changes).not.toContain(person.email);

    for (const path of ['', '/events']) {
      const read = JSON.stringify(await get('recorder', `/complaints/${number}${path}`));
      for (const value of Object.values(person)) expect(read).not.toContain(value);
      expect(JSON.stringify(await get('feeder', `/complaints/${number}${path}`))).not.toContain(person.email);
      expect(JSON.stringify(await get('desk', `/complaints/${number}${path}`))).toContain(person.email);
    }
    const rows = await provided(number, 'recorder');
    expect(rows).toContainEqual({
      ...{ way: 'board', purpose: 'sharing', items: ['masked_name', 'text'] },
      withheld: ['name', 'company', 'phone', 'email'],
    });
    expect(rows).toContainEqual({
      ...{ way: 'endpoint', purpose: 'handling', items: ['name', 'company', 'phone', 'text'] },
      withheld: ['email'],
    });
  });

  it('holds the person again when the agency gets the complaint back', async () => {
    const number = await file('돌아온 민원', 'recorder');
    await waitFor('it', () => ofRecorder(number).length > 0);
    await say('recorder', number, 'transfer', { to: 'feeder', reason: '소관이 아닙니다.' });
    await call(hub, keys.desk, 'PUT', `/complaints/${number}/content`, {
      ...{ title: '돌아온 민원', body: '고쳤습니다.', kind: 'law_query', category: 'recorder' },
      ...{ complainant: { ...person, notifyBy: 'sms' }, filedAt: '2026-11-20T09:30:00+09:00' },
    });
    const revised = () => ofRecorder(number).filter(({ event }) => event.type === 'revised');
    await waitFor('the revision', () => revised().length === 1);
    expect(revised()[0]?.event.data.content?.complainant.name).toBe('나*원');
    await say('feeder', number, 'transfer', { to: 'recorder', reason: '그 기관의 일입니다.' });
    await waitFor('it again', () => revised().length === 2);
    expect(revised()[1]?.event.data.content?.complainant).toMatchObject({
      name: '나민원',
      phone: person.phone,
    });
  });
});

describe('a board that takes no post without a telephone number', () => {
  it('takes one with the stand-in of its agency’s configuration; without any it is parked', async () => {
    strict.takes = ({ complaint }) => complaint.content.complainant.phone !== undefined;
    const asked = { complainant: { ...person, notifyBy: 'email' } } as const;
    const number = await file('전화번호가 필수', 'strict', asked);
    await waitFor('the parked link', async () => {
      const { rows } = await hub.store.pool.query(
        `select 1 from links l join complaints c on c.id = l.complaint_id
         where c.receipt_number = $1 and l.agency = 'strict' and l.state = 'parked'`,
        [number],
      );
      return rows.length === 1;
    });
    const changed: Agency = {
      ...strict.agency,
      disclosure: { standIns: { phone: '+82100000000' } },
    };
    await hub.store.pool.query(
      `insert into configurations (kind, name, version, body, author) values ('agency', 'strict', 2, $1, 'test')`,
      [JSON.stringify(changed)],
    );
    await hub.store.pool.query(`select pg_notify('${signalChannels.configuration}', '')`);
    await waitFor('the stand-in in force', async () => {
      const next = await file(`전화번호가 필수 ${Date.now()}`, 'strict', asked);
      await waitFor('its link', async () => {
        const { rows } = await hub.store.pool.query(
          `select 1 from links l join complaints c on c.id = l.complaint_id
           where c.receipt_number = $1 and l.agency = 'strict' and (l.state = 'parked' or l.held >= 1)`,
          [next],
        );
        return rows.length === 1;
      });
      return strict.taken().length > 0;
    });
    expect(strict.taken()[0]?.complaint.content.complainant).toMatchObject({
      ...{ name: '나민원', phone: '+82100000000', email: person.email },
    });
    expect(JSON.stringify(strict.taken())).not.toContain(person.phone);
  });
});

describe('what comes back', () => {
  it('masked by the hub changes nothing of the person, whatever else is said', async () => {
    const number = await file('되돌아온 값', 'desk', {}, 'shy');
    interface Read {
      content: ComplaintContent;
    }
    const { content } = await get<Read>('shy', `/complaints/${number}`);
    expect(content.complainant).toEqual({ name: '나*원', company: person.company });
    const put = await call(hub, keys.shy, 'PUT', `/complaints/${number}/content`, {
      ...content,
      body: '고쳤습니다.',
    });
    expect(put.body).toMatchObject({ outcome: 'applied' });
    const { rows } = await hub.store.pool.query('select content from complaints where receipt_number = $1', [
      number,
    ]);
    expect(rows[0].content).toMatchObject({
      body: '고쳤습니다.',
      complainant: { ...person, notifyBy: 'sms' },
    });
  });
});
