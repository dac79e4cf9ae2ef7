import { expect, it } from 'vitest';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import { readClock } from '../../../../hub/clock/statutory-clock.ts';
import type { NumberedEvent } from '../../../../hub/complaints/state.ts';
import { toClockSteps } from '../../../../hub/complaints/steps/to-clock-steps.ts';
import type { Complaint } from '../../../../schemas/index.ts';

const complaint = {
  content: { kind: 'query' },
  registeredAt: '2026-11-24T01:00:00.000Z',
  takenInAt: '2026-11-24T01:00:00.000Z',
} as Complaint;
const event = (seq: number, at: string, rest: object) =>
  ({
    complaintId: 'c',
    seq,
    at,
    actor: { agency: 'a', via: 'board' },
    linkId: null,
    ...rest,
  }) as NumberedEvent;

it('an answer to a follow-up ends the clock, also where the board tells only the day of the answer', () => {
  const told = [
    event(3, '2026-11-25T02:00:00.000Z', { type: 'answered', data: { answer: { text: '답변' } } }),
    event(4, '2026-11-26T03:00:00.000Z', { type: 'followed_up', data: { followUp: { text: '다시' } } }),
    event(5, '2026-11-26T05:00:00.000Z', {
      type: 'answered',
      // Midnight in Korea of the day on which the follow-up came at noon.
      data: { answer: { text: '재답변', answeredAt: '2026-11-26T00:00:00+09:00' } },
    }),
  ];
  const steps = toClockSteps(complaint, told);
  expect(steps.map(({ type }) => type)).toEqual(['started', 'ended', 'restarted', 'ended']);
  const state = readClock(steps, new Date('2026-12-20T00:00:00Z'), createClockRules());
  expect([state.phase, state.overdue]).toEqual(['ended', false]);
});
