import { expect, it } from 'vitest';
import type { Step } from '../../../adapters/relay/bring-event.ts';
import { countsAgainstBoard, createFailing } from '../../../adapters/relay/failing.ts';
import { said } from '../../../schemas/reason.ts';
import { inWords } from '../../support/in-words.ts';

const done: Step = { kind: 'done', ref: { externalId: '1' } };
const unknown = {
  kind: 'later',
  nextAt: new Date(0),
  reason: said('HTTP 500: 시스템 오류'),
  asking: true,
} as const;
const away = { kind: 'later', nextAt: new Date(0), reason: said('no connection'), asking: false } as const;

it('is parked after eight failures with others in between, and says so', () => {
  const failing = createFailing();
  const ends = Array.from({ length: 9 }, () => {
    const { step } = failing.judge('poison', unknown);
    failing.judge('healthy', done);
    return step;
  });
  expect(ends.slice(0, 8)).toEqual(Array(8).fill(unknown));
  expect(inWords(ends[8])).toEqual({
    kind: 'parked',
    reason: 'the board failed at this 8 times while it took others: HTTP 500: 시스템 오류',
    asking: true,
  });
  expect(failing.list()).toEqual([]);
});

it('is never parked for an outage, however long: nothing got through meanwhile', () => {
  const failing = createFailing();
  for (let n = 0; n < 100; n += 1) {
    expect(failing.judge('a', unknown).step).toBe(unknown);
    expect(failing.judge('b', away).step).toBe(away);
  }
  failing.judge('c', done);
  expect(failing.judge('a', unknown).step, 'once after the outage is no proof').toBe(unknown);
});

it('counts a failure against the board: the first of each message, and all that never reached it', () => {
  const failing = createFailing();
  const count = (id: string, step: Step, isRecovering = false) => {
    const { failure } = failing.judge(id, step);
    return failure && countsAgainstBoard(failure, isRecovering);
  };
  expect([count('a', unknown), count('a', unknown), count('b', unknown)]).toEqual([true, false, true]);
  expect([count('c', away), count('c', away)]).toEqual([true, true]);
  expect(count('a', unknown, true), 'a probe that fails').toBe(true);
  expect(count('healthy', done)).toBeUndefined();
  expect([count('a', unknown), count('a', unknown, true), count('c', away)], 'others got through').toEqual([
    false,
    false,
    false,
  ]);
});

it('refused credentials say nothing of a message', () => {
  const failing = createFailing();
  expect(failing.judge('a', { ...away, unauthorised: true }).failure).toBeUndefined();
  expect(failing.list()).toEqual([]);
});
