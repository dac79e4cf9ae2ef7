import { expect, test } from 'vitest';
import {
  hasEnded,
  isDecided,
  isReopened,
  mayBecome,
  owingStatuses,
  runningStatuses,
  settableStatuses,
  statuses,
  untouchedStatuses,
  waitingStatuses,
} from '../../schemas/index.ts';

test('a complaint without an answer is owed one, and its clock runs unless the complainant is asked for more', () => {
  expect(untouchedStatuses).toEqual(['received', 'assigned']);
  expect(runningStatuses).toEqual(['received', 'assigned', 'in_progress']);
  expect(waitingStatuses).toEqual(['supplement_requested']);
  expect(owingStatuses.toSorted()).toEqual([...runningStatuses, ...waitingStatuses].toSorted());
});

test('what has ended owes nothing, and nothing that is withdrawn or merged comes back', () => {
  const ended = statuses.filter(hasEnded);
  expect(ended.toSorted()).toEqual(['closed', 'merged', 'rejected', 'withdrawn']);
  expect(owingStatuses.filter(hasEnded)).toEqual([]);
  const final = ended.filter((from) => !statuses.some((to) => mayBecome(from, to)));
  expect(final.toSorted()).toEqual(['merged', 'withdrawn']);
});

test('an agency that has decided may be asked again where it answered or closed', () => {
  expect(statuses.filter(isDecided).toSorted()).toEqual(['answered', 'closed', 'merged', 'rejected']);
  expect(statuses.filter(isReopened).toSorted()).toEqual(['answered', 'closed']);
});

test('nothing becomes what it is, and nobody sets by hand what only happens', () => {
  for (const status of statuses) {
    expect(mayBecome(status, status), status).toBe(false);
    for (const happens of ['received', 'assigned', 'transferred', 'withdrawn', 'merged'] as const)
      expect(mayBecome(status, happens), `${status} to ${happens}`).toBe(false);
  }
  expect(settableStatuses.toSorted()).toEqual(['closed', 'in_progress', 'rejected', 'supplement_requested']);
});
