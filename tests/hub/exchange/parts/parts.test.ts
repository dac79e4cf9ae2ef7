import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toLedgerDay } from '../../../../hub/exchange/ledger/days.ts';
import { isBalanced, readLedgerDay } from '../../../../hub/exchange/ledger/ledger.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../../boards/soap-board/index.ts';
import { pdf } from '../../../support/sample-files.ts';
import { readBoardAgency } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createReconciler } from '../reconcile/reconciling.ts';
import { openPartStage, type PartStage } from './part-stage.ts';

let rest: RestBoard;
let soap: SoapBoard;
let stage: PartStage;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.TECHNO_PASSWORD = 'soap-password';
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  soap = await startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
  });
  stage = await openPartStage([
    { ...readBoardAgency('rest-board', 'sbiz', rest.url), parts: true },
    { ...readBoardAgency('soap-board', 'techno', soap.url), parts: true },
    { ...readBoardAgency('rest-board', 'unasked', rest.url) },
    { code: 'feeder', name: { ko: '피드 기관' }, officers: [{ name: '담당' }], feed: true, parts: true },
  ]);
});
afterAll(async () => {
  const book = await readLedgerDay(stage.hub.store, toLedgerDay(new Date()));
  expect(book.filter((row) => !isBalanced(row))).toEqual([]);
  await stage.hub.stop();
  await Promise.all([rest.close(), soap.close()]);
});

const onRest = (number: string) => rest.posts().filter(({ hubNo }) => hubNo === number);
const onSoap = (number: string) =>
  soap.posts().filter(({ post }) => JSON.stringify(post).includes(`"${number}"`));
const one = <T>(what: string, find: () => T[]) =>
  waitFor(what, () => {
    const [first] = find();
    return first;
  });

describe('what an agency is asked for', () => {
  it('comes to its board as a post of its own, and the answer there is the reply, with its file', async () => {
    const number = await stage.file('보도와 가로수');
    await stage.ask(number, 'sbiz', '가로수를 살펴 주십시오.');
    const post = await one('the part on the board', () => onRest(`${number}-1`));
    expect(post.contents).toContain('가로수를 살펴 주십시오.');
    expect(post.contents).toContain('보도가 파이고 가지가 늘어졌습니다.');
    // The agency must know the matter, and not the person.
    expect(JSON.stringify(post)).not.toMatch(/김민원|12345678|kim@example/);
    expect(onRest(number)).toEqual([]);

    rest.answer(post.mwNo, '가지를 잘랐습니다.', [{ name: 'reply.pdf', content: pdf() }]);
    await waitFor('the reply', async () => (await stage.list(number))[0]?.state === 'answered');
    expect(await stage.list(number)).toMatchObject([{ number: 1, to: 'sbiz', reply: '가지를 잘랐습니다.' }]);
    // It is no answer to the complainant, whose agency hears nothing of it.
    const told = await stage.get<{ status: string }>('desk', `/complaints/${number}`);
    expect(told.status).toBe('assigned');
    interface Files {
      attachments: { name: string; state: string }[];
    }
    const filesOf = async (agency: string) =>
      (await stage.get<Files>(agency, `/complaints/${number}/attachments`)).attachments;
    await waitFor('the file', async () => (await filesOf('town'))[0]?.state === 'held');
    expect((await filesOf('town')).map(({ name }) => name)).toEqual(['reply.pdf']);
    expect(await filesOf('desk')).toEqual([]);
    const { rows } = await stage.hub.store.pool.query(
      `select count(*)::int as n from notices where audience = 'complainant' and template = 'answered'`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('stands beside the complaint where the board holds that too, each with its own answer', async () => {
    const number = await stage.file('두 가지 일', { category: '자금 지원' });
    await stage.ask(number, 'sbiz', '첫째 몫');
    await stage.ask(number, 'sbiz', '둘째 몫');
    const first = await one('the first part', () => onRest(`${number}-1`));
    const second = await one('the second part', () => onRest(`${number}-2`));
    rest.answer(second.mwNo, '둘째 회신');
    await waitFor('the reply to the second', async () => (await stage.list(number))[1]?.state === 'answered');
    // The agency gets the whole complaint: its open part ends, and the complaint is a post beside it.
    const moved = await stage.say('town', number, 'transfer', { to: 'sbiz', reason: '전부 소관' });
    expect(moved.body).toMatchObject({ outcome: 'applied' });
    const whole = await one('the complaint itself', () => onRest(number));
    await waitFor(
      'the end of the open part',
      () => rest.posts().find(({ mwNo }) => mwNo === first.mwNo)?.state === 'CNCL',
    );
    expect(rest.posts().find(({ mwNo }) => mwNo === second.mwNo)?.state).not.toBe('CNCL');
    rest.answer(whole.mwNo, '민원에 대한 답변');
    await waitFor('the answer', async () => {
      const { status } = await stage.get<{ status: string }>('desk', `/complaints/${number}`);
      return status === 'answered';
    });
    expect(await stage.get('sbiz', `/complaints/${number}/contributions`)).toMatchObject({
      contributions: [{ state: 'asked' }, { state: 'answered', reply: '둘째 회신' }],
    });
  });

  it('is told what the hub’s pages hear, which never comes back as a reply; an edited reply replaces the one before', async () => {
    const number = await stage.file('창구에서 한 회신');
    await stage.ask(number, 'techno', '기술 검토');
    const { post } = await one('the part', () => onSoap(`${number}-1`));
    const id = String(post.CVPL_NO);
    await stage.step('techno', number, {
      kind: 'contribution_answered',
      contribution: 1,
      text: '검토했습니다.',
    });
    const shown = () => soap.posts().find((found) => found.post.CVPL_NO === id);
    await waitFor('the reply on the board', () => JSON.stringify(shown()?.answers).includes('검토했습니다.'));
    soap.answer(id, '게시판에서 고쳐 회신합니다.');
    await waitFor('the reply of the board', async () =>
      (await stage.list(number)).some(({ reply }) => reply === '게시판에서 고쳐 회신합니다.'),
    );
    const { drifts } = await createReconciler(stage.hub).compare('techno');
    expect(drifts).toEqual([]);
    const { rows } = await stage.hub.store.pool.query(
      `select e.data -> 'step' ->> 'kind' as kind, e.actor ->> 'via' as via from events e join complaints c on c.id = e.complaint_id
       where c.receipt_number = $1 and e.type = 'contributed' order by e.seq`,
      [number],
    );
    expect(rows).toEqual([
      { kind: 'part_asked', via: 'rest' },
      { kind: 'contribution_answered', via: 'rest' },
      { kind: 'contribution_answered', via: 'board' },
    ]);
  });

  it('is withdrawn where it goes to another agency, and a reply there is nobody’s then', async () => {
    const number = await stage.file('옮겨 간 몫');
    await stage.ask(number, 'sbiz', '어느 기관의 일인지');
    const post = await one('the part', () => onRest(`${number}-1`));
    await stage.step('town', number, {
      kind: 'contribution_moved',
      contribution: 1,
      to: 'techno',
      reason: '소관 변경',
    });
    const there = await one('the part elsewhere', () => onSoap(`${number}-1`));
    await waitFor('its end', () => onRest(`${number}-1`)[0]?.state === 'CNCL');
    rest.answer(post.mwNo, '늦은 회신');
    await waitFor('the parked reply', async () => {
      const { rows } = await stage.hub.store.pool.query(
        `select from raw_items where agency = 'sbiz' and external_id = $1 and outcome = 'parked'
         and problems::text like '%contribution_not_yours%'`,
        [String(post.mwNo)],
      );
      return rows.length === 1;
    });
    // The lead answers. A reply that an officer gives all the same is still the lead's to read.
    await stage.say('town', number, 'answers', { text: '모은 답변' });
    const id = String(there.post.CVPL_NO);
    await waitFor('the end there', () => onSoap(`${number}-1`)[0]?.post.STTUS_CODE === '90');
    soap.answer(id, '마친 뒤의 회신');
    await waitFor('the late reply', async () => (await stage.list(number))[0]?.reply === '마친 뒤의 회신');
    expect(await stage.get('desk', `/complaints/${number}`)).toMatchObject({ status: 'answered' });
  });

  it('is not sent to a board whose agency has not chosen it', async () => {
    const number = await stage.file('고르지 않은 기관');
    await stage.ask(number, 'unasked', '우리 몫');
    const { rows } = await stage.hub.store.pool.query(
      `select l.state, l.contribution from links l join complaints c on c.id = l.complaint_id
       where c.receipt_number = $1 and l.agency = 'unasked'`,
      [number],
    );
    expect(rows).toEqual([{ state: 'screen', contribution: null }]);
  });

  it('goes through a feed, which answers it by its number', async () => {
    const number = await stage.file('피드로 가는 몫');
    await stage.ask(number, 'feeder', '피드의 몫');
    interface Feed {
      cursor: string;
      changes: { receiptNumber: string; role: string; event: { type: string; seq: number }; part?: object }[];
    }
    const { changes } = await stage.get<Feed>('feeder', '/changes');
    expect(changes).toMatchObject([
      {
        ...{ receiptNumber: `${number}-1`, role: 'assignee', event: { type: 'registered' } },
        part: { of: number, number: 1, kind: 'part', by: 'town' },
      },
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/김민원|12345678/);
    const held = { receiptNumber: `${number}-1`, seq: changes[0]?.event.seq, externalId: 'F-1' };
    expect(await stage.post('feeder', '/changes/acknowledgements', { changes: [held] })).toMatchObject({
      acknowledged: 1,
      outstanding: 0,
    });
    const said = await stage.say('feeder', `${number}-1`, 'answers', { text: '피드의 회신' });
    expect(said.body).toMatchObject({ outcome: 'applied' });
    expect(await stage.list(number)).toMatchObject([{ state: 'answered', reply: '피드의 회신' }]);
    expect(await stage.get<Feed>('feeder', '/changes')).toMatchObject({ changes: [] });
  });
});
