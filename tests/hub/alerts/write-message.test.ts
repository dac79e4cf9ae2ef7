import { expect, it } from 'vitest';
import type { Alert } from '../../../hub/alerts/advance.ts';
import { listAudiences } from '../../../hub/alerts/recipients.ts';
import { writeMessage } from '../../../hub/alerts/write-message.ts';
import { toChangedReason } from '../../../hub/exchange/shape/change-words.ts';
import { type Reason, said, toReason } from '../../../schemas/reason.ts';
import { createAgencies } from './watch.ts';

const at = new Date('2026-11-20T00:30:00Z');
const toAlert = (condition: Alert['condition'], items: Reason[]): Alert => ({
  id: condition,
  condition,
  subject: 'a0',
  state: 'open',
  since: at,
  seen_at: at,
  opened_at: at,
  ended_at: null,
  returns: 0,
  count: items.length,
  items,
  told: {},
  acknowledged_by: null,
  acknowledged_at: null,
  acknowledged_count: null,
});
const write = (alert: Alert, { isOperator = true } = {}) =>
  writeMessage(
    { directory: createAgencies(1), publicUrl: 'https://hub.example.kr/', isOperator },
    { started: [alert], ended: [], lasting: [] },
    at,
  );

it('refused credentials are told with the officer who owns it, in one language at a time', () => {
  const { ko, en } = write(toAlert('credentials-refused', [toReason('delivery'), toReason('poll')])).words;
  expect(ko.subject).toBe('[민원 허브 경보] 발생 1건');
  expect(ko.text).toBe(
    [
      '■ 새로 발생한 경보 (1)',
      '- 기관 0 (a0): 게시판이 허브의 인증을 거절하여 연계 중지 (2)',
      '  2026. 11. 20. 09:30 ~',
      '    담당: 김담당',
      '    전달',
      '    수집',
      '',
      '경보 화면: https://hub.example.kr/alerts',
      '',
    ].join('\n'),
  );
  expect(en.subject).toBe('[Minwon Hub alerts] 1 new');
  expect(en.text).toBe(
    [
      '■ New alerts (1)',
      '- Agency 0 (a0): Credentials refused by the board: nothing is exchanged with it (2)',
      '  20 Nov 2026, 09:30 ~',
      // The officer's name as the configuration has it.
      '    owner: 김담당',
      '    delivery',
      '    poll',
      '',
      'Alerts: https://hub.example.kr/alerts',
      '',
    ].join('\n'),
  );
});

it('what is nobody’s at the agency names no officer, and other words stay as they are', () => {
  const item = toChangedReason({ place: 'post.title', kind: 'gone', uses: ['/normalise'] });
  const { words, json } = write(toAlert('board-changed', [item]));
  expect(words.en.text).not.toContain('owner');
  const [korean, english] = ['없어짐', 'gone'].map(
    (word) => `post.title: ${word} → /board/settings/normalise`,
  );
  expect(words.ko.text).toContain(`    ${korean}\n`);
  expect(words.en.text).toContain(`    ${english}\n`);
  expect(JSON.parse(json).data.started[0].items).toEqual([english]);
});

it('what is named leads to the page where somebody deals with it, if the reader may open it', () => {
  const complaint = toAlert('links-parked', [said('26-0000-0014-0')]);
  const line = '    26-0000-0014-0: https://hub.example.kr/complaints/26-0000-0014-0\n';
  expect(write(complaint, { isOperator: false }).words.ko.text).toContain(line);
  const id = '01a22f2e-ef45-77dd-88bc-b402c3b23d59';
  const parked = toAlert('items-parked', [said(id)]);
  expect(write(parked).words.en.text).toContain(`: https://hub.example.kr/parked/items/${id}\n`);
  expect(write(parked, { isOperator: false }).words.en.text).not.toContain(id);
});

it('each reader hears in the own language: an officer as the agency says, the operator as the settings say', () => {
  const directory = createAgencies(1);
  directory.findAgency('a0')?.officers.push({ name: 'Kim', email: 'kim@a0.example.kr', language: 'en' });
  const alerts = [toAlert('links-parked', [])];
  const operator = { emails: ['op@hub.example.kr'], language: 'en', hasWebhook: false } as const;
  const found = listAudiences({ directory, operator: { ...operator, emails: [...operator.emails] } }, alerts);
  const languages = found.map(({ name, addresses }) => [name, ...addresses.map(({ language }) => language)]);
  expect(languages).toEqual([
    ['a0', 'ko', 'en'],
    ['operator', 'en'],
  ]);
});
