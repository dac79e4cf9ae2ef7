import { expect, it } from 'vitest';
import { unknownHealth } from '../../../../hub/complaints/reading/read-operations.ts';
import { sumUp } from '../../../../hub/complaints/reading/sum-up-board.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { said } from '../../../../schemas/reason.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const later = new Date(now + 60_000);
const earlier = new Date(now - 60_000);
const board = { adapter: 'rest', settings: {} };
const agency: Agency = { code: 'a', name: { ko: '기관' }, officers: [{ name: '담당자' }], board };
// 21:00 on a Saturday in Seoul.
const maintained: Agency = {
  ...agency,
  board: { ...board, maintenance: [{ days: ['sat'], from: '20:00', to: '23:00' }] },
};
const { board: _board, ...withoutBoard } = agency;

it.each([
  ['nothing known', agency, {}, 'well', null],
  ['no board', withoutBoard, {}, 'screen', null],
  ['breaker open', agency, { failures: 5, closedUntil: later }, 'closed', later],
  ['its pause is over', agency, { failures: 5, closedUntil: earlier }, 'half_open', null],
  ['recovering', agency, { closedUntil: earlier }, 'well', null],
  ['Retry-After', agency, { failures: 1, closedUntil: later, busyUntil: later }, 'busy', later],
  ['one failure', agency, { failures: 1 }, 'troubled', null],
  ['a poll that failed', agency, { pollError: said('unreachable') }, 'troubled', null],
  ['maintenance', maintained, {}, 'maintenance', null],
  ['away in its maintenance', maintained, { failures: 5, closedUntil: later }, 'closed', later],
  ['something parked', agency, { parkedItems: 1 }, 'parked', null],
] as const)('%s', (_when, who, signs, state, pausedUntil) => {
  expect(sumUp(who, { ...unknownHealth, ...signs }, now)).toMatchObject({ state, pausedUntil });
});

it('says until when maintenance lasts, by the clock of the agency', () => {
  expect(sumUp(maintained, unknownHealth, now).maintainedUntil).toBe('2026-11-21 23:00');
});
