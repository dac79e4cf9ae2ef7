import { expect, it } from 'vitest';
import type { Alert } from '../../../hub/alerts/advance.ts';
import { writeMessage } from '../../../hub/alerts/write-message.ts';
import { toChangedReason } from '../../../hub/exchange/shape/change-words.ts';
import { type Reason, toReason } from '../../../schemas/reason.ts';
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
const write = (alert: Alert) =>
  writeMessage(createAgencies(1), undefined, { started: [alert], ended: [], lasting: [] }, at);

it('refused credentials are told with the officer who owns it, in both languages', () => {
  const { text } = write(toAlert('credentials-refused', [toReason('delivery'), toReason('poll')]));
  expect(text).toContain('기관 0 (a0): 게시판이 허브의 인증을 거절하여 연계 중지 (2)');
  expect(text).toContain('Agency 0 (a0): Credentials refused by the board: nothing is exchanged with it');
  expect(text).toContain('담당 / owner: 김담당');
  expect(text).toContain('전달 / delivery');
  expect(text).toContain('수집 / poll');
});

it('what is nobody’s at the agency names no officer, and other words stay as they are', () => {
  const item = toChangedReason({ place: 'post.title', kind: 'gone', uses: ['/normalise'] });
  const { text, json } = write(toAlert('board-changed', [item]));
  expect(text).not.toContain('owner');
  const [korean, english] = ['없어짐', 'gone'].map(
    (word) => `post.title: ${word} → /board/settings/normalise`,
  );
  expect(text).toContain(`    ${korean} / ${english}\n`);
  expect(JSON.parse(json).data.started[0].items).toEqual([english]);
});
