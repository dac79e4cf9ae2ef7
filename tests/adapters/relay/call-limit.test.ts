import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withTimeLimit } from '../../../adapters/relay/call-limit.ts';

const never = new AbortController().signal;
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('a call is given up when its time is over', async () => {
  const began = performance.now();
  await withTimeLimit(0.1, never, untilAborted);
  expect(performance.now() - began).toBeGreaterThan(90);
});

test('time that is held does not count, and the rest of the time does', async () => {
  const began = performance.now();
  await withTimeLimit(0.2, never, async (signal, hold) => {
    await hold(() => pause(500));
    expect(signal.aborted).toBe(false);
    await untilAborted(signal);
  });
  expect(performance.now() - began).toBeGreaterThan(650);
});

test('a hold that ends after the call starts no clock again', async () => {
  let late: Promise<void> | undefined;
  let given: AbortSignal | undefined;
  await withTimeLimit(0.05, never, async (signal, hold) => {
    given = signal;
    late = hold(() => pause(50));
  });
  await late;
  await pause(100);
  expect(given?.aborted).toBe(false);
});
