import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Breaker, createBreaker } from '../../../adapters/agent/board/breaker.ts';
import type { Step } from '../../../adapters/relay/bring-event.ts';
import { said } from '../../../schemas/index.ts';

const limits = { failures: 5, pause: 5, longestPause: 300 };
const refuse = { unauthorised: true };
const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T00:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Milliseconds, a tenth more or less. */
const pauseOf = (breaker: ReturnType<typeof createBreaker>) => breaker.closedUntil() - Date.now();

it('closes at the first refused credentials, for a minute, then twice as long, up to a quarter of an hour', () => {
  const breaker = createBreaker();
  for (const minutes of [1, 2, 4, 8, 15, 15]) {
    breaker.failed(limits, refuse);
    // One that was under way when it closed.
    breaker.failed(limits, refuse);
    const pause = pauseOf(breaker);
    expect(pause).toBeGreaterThanOrEqual(minutes * minute * 0.9);
    expect(pause).toBeLessThanOrEqual(minutes * minute * 1.1);
    expect(breaker.allowed(4)).toBe(1);
    vi.advanceTimersByTime(pause);
    expect(breaker.closedUntil()).toBe(0);
  }
  breaker.succeeded();
  expect(breaker.closedUntil()).toBe(0);
});

it('tells what is refused alone from a board that lets nobody in', () => {
  const breaker = createBreaker();
  expect(breaker.isRefusedAlone('A/1', { timeout: 15 })).toBe(false);
  vi.advanceTimersByTime(minute);
  expect(breaker.isRefusedAlone('A/1', { timeout: 15 }), 'nobody was let in').toBe(false);
  vi.advanceTimersByTime(5_000);
  breaker.succeeded();
  expect(breaker.isRefusedAlone('A/1', { timeout: 15 }), 'the other may have been under way').toBe(false);
  vi.advanceTimersByTime(20_000);
  breaker.succeeded();
  expect(breaker.isRefusedAlone('A/1', { timeout: 15 })).toBe(true);
  expect(breaker.isRefusedAlone('B/1', { timeout: 15 }), 'another is refused for the first time').toBe(false);
});

it('leaves nothing alone for two messages that fail again and again, and closes when many fail or none gets there', () => {
  const unknown = { kind: 'later', nextAt: new Date(), reason: said('HTTP 500'), asking: true } as const;
  const fail = (breaker: Breaker, id: string, step: Step) =>
    breaker.failed(limits, { failure: breaker.failing.judge(id, step).failure });
  const breaker = createBreaker();
  for (let n = 0; n < 20; n += 1) for (const id of ['poison 1', 'poison 2']) fail(breaker, id, unknown);
  expect(breaker.closedUntil()).toBe(0);
  for (const id of ['a', 'b', 'c']) fail(breaker, id, unknown);
  expect(breaker.closedUntil()).toBeGreaterThan(0);
  const unreached = createBreaker();
  for (let n = 0; n < 5; n += 1) fail(unreached, 'one', { ...unknown, asking: false });
  expect(unreached.closedUntil()).toBeGreaterThan(0);
});
