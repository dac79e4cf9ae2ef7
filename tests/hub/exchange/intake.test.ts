import { expect, it } from 'vitest';
import { createIntake } from '../../../hub/exchange/intake.ts';

function withClock() {
  let now = 1_000;
  const intake = createIntake(() => now);
  const after = (milliseconds: number) => {
    now += milliseconds;
  };
  return { intake, after };
}

it('other work gives way while callers crowd, and no longer than until they are gone', () => {
  const { intake, after } = withClock();
  expect(intake.hasPrecedence()).toBe(false);
  intake.took(3);
  expect(intake.hasPrecedence()).toBe(false);
  intake.took(16);
  expect(intake.hasPrecedence()).toBe(true);
  after(51);
  expect(intake.hasPrecedence()).toBe(false);
});

it('a crowd that stays gives the other work its turn after five seconds', () => {
  const { intake, after } = withClock();
  for (let elapsed = 0; elapsed < 5_000; elapsed += 40) {
    intake.took(16);
    expect(intake.hasPrecedence(), `after ${elapsed} ms`).toBe(true);
    after(40);
  }
  intake.took(16);
  expect(intake.hasPrecedence()).toBe(false);
  after(1_000);
  intake.took(16);
  expect(intake.hasPrecedence()).toBe(true);
});
