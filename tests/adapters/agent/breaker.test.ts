import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBreaker } from '../../../adapters/agent/breaker.ts';

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
