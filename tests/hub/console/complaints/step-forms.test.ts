import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Incoming } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  createVisitors,
  startConsole,
  toHidden,
} from '../console-server.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let received: Incoming[];
let path: string;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const { id, receiptNumber } = await insertComplaint(store, { origin: 'road', assignee: 'tax' });
  path = `/complaints/${receiptNumber}`;
  const applied = () =>
    ({ outcome: 'applied', complaintId: id, receiptNumber, lastSeq: 3, events: 1 }) as const;
  const recorded = createRecordedAccept(applied);
  received = recorded.received;
  server = await startConsole(store, { accept: recorded.accept, parked: createRecordedActions(applied) });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});
beforeEach(() => {
  received.length = 0;
});

const visitors = createVisitors(() => server.url);
const visitAs = visitors.as;

describe('a step of the law', () => {
  const of = (kind: string) => `${path}?step=${kind}`;

  test('is offered by right and by status', async () => {
    const listOffered = async (login: string) => {
      const { text } = await (await visitAs(login)).get(path);
      const [, select = ''] = /id="step-choice"([\s\S]*?)<\/select>/.exec(text) ?? [];
      return [...select.matchAll(/value="(\w+)"/g)].map(([, value]) => value);
    };
    expect(await listOffered('tax')).toEqual([
      ...['extended', 'supplement_requested', 'clock_stopped'],
      ...['officer_assigned', 'classified', 'refused', 'joined', 'represented', 'planned'],
      ...['part_asked', 'cooperation_asked'],
    ]);
    // The complaint waits for nothing of the complainant, and road only handed it on.
    expect(await listOffered('counsellor')).toEqual([]);
    expect(await listOffered('road')).toEqual([]);
  });

  test('is offered in English by what it does, and not by what was done', async () => {
    const visitor = createVisitor(server.url);
    await visitor.signIn('tax');
    await visitor.fill('/', '/language', { language: 'en' });
    const { text } = await visitor.get(of('joined'));
    expect(text).toContain('<option value="extended">Extend the deadline</option>');
    expect(text).toContain('<button class="krds-btn medium primary">Join</button>');
    expect(text).not.toContain('>Joined<');
    // The rule too is told in English; its own words are marked as Korean.
    expect(text).toContain('routing rule 1 <span class="quiet" lang="ko">분야가 교통인 민원</span>');
  });

  test('names a person of the agency, with and without an account', async () => {
    const visitor = await visitAs('tax');
    const action = `${path}/step-officer_assigned`;
    const { text } = await visitor.get(of('officer_assigned'));
    expect(text).toContain('<option value="이세무 (tax)">');
    await visitor.fill(of('officer_assigned'), action, { person: '이세무 (tax)' });
    expect(received).toMatchObject([
      {
        agency: 'tax',
        user: 'tax',
        normalised: {
          post: { steps: [{ kind: 'officer_assigned', officer: { name: '이세무' }, user: 'tax' }] },
        },
      },
    ]);
    const refused = await visitor.fill(of('officer_assigned'), action, { person: '아무개' });
    expect(refused.status).toBe(422);
    expect(received).toHaveLength(1);
  });

  test('is refused with the article at its field, and keeps what was typed', async () => {
    const visitor = await visitAs('tax');
    const action = `${path}/step-clock_stopped`;
    const sent = await visitor.fill(of('clock_stopped'), action, { ground: 'survey', reason: '현장 <b>' });
    expect(sent.status).toBe(422);
    expect(sent.text).toMatch(/id="step-clock_stopped-ground-problem"><span>[^<]*시행령 제17조/);
    expect(sent.text).toContain('현장 &lt;b&gt;</textarea>');
    expect(received).toEqual([]);
  });

  test('that speaks to the complainant is asked about first', async () => {
    const visitor = await visitAs('tax');
    const action = `${path}/step-supplement_requested`;
    const fields = { text: '서류를 보내 주십시오', until: '2999-01-31', officer: '이세무' };
    const asked = await visitor.fill(of('supplement_requested'), action, fields);
    expect(asked.text).toContain('서류를 보내 주십시오');
    expect(received).toEqual([]);
    await visitor.post(action, { ...toHidden(asked.text, action), confirmed: '1' });
    const step = {
      kind: 'supplement_requested',
      text: '서류를 보내 주십시오',
      until: '2999-01-31T23:59:59+09:00',
      by: { name: '이세무' },
    };
    expect(received).toMatchObject([{ agency: 'tax', normalised: { post: { steps: [step] } } }]);
  });

  test('of another agency or role is nobody else’s to take', async () => {
    for (const [login, kind] of [
      ['road', 'extended'],
      ['counsellor', 'refused'],
      ['tax', 'supplemented'],
    ] as const) {
      const visitor = await visitAs(login);
      const { text } = await visitor.get(path);
      const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(text) ?? [];
      const sent = await visitor.post(`${path}/step-${kind}`, { formToken, key: 'k', text: 'x' });
      expect(sent.status, `${login} ${kind}`).toBe(403);
    }
    expect(received).toEqual([]);
  });
});
