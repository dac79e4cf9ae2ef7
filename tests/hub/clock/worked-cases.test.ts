import { describe, expect, it } from 'vitest';
import { type ClockState, readClock } from '../../../hub/clock/statutory-clock.ts';
import {
  type Expected,
  listWorkedCaseFiles,
  readWorkedCases,
  toInstant,
  toRules,
  toSteps,
  toTime,
  type WorkedCase,
} from './worked-case.ts';

const files = listWorkedCaseFiles().map((file) => [file, readWorkedCases(file)] as const);
const cases = files.flatMap(([, ofFile]) => ofFile);

/** Hours may have fractions: 6 digits are compared. */
const toSix = (units: number): number => Math.round(units * 1e6) / 1e6;

const show = (state: ClockState) => ({
  phase: state.phase,
  due: state.due ? toTime(state.due) : 'none',
  total: toSix(state.total),
  used: toSix(state.used),
  left: toSix(state.left),
  overdue: state.overdue,
  over: toSix(state.over),
});

/** What the clock shows of that which the case names. */
function seeAs(expected: Expected, worked: WorkedCase) {
  const shown = show(readClock(toSteps(worked), toInstant(expected.at), toRules(worked)));
  const named = Object.entries(shown).filter(([member]) => member in expected);
  return { at: expected.at, ...Object.fromEntries(named) };
}

describe('worked cases', () => {
  it('have names of their own, and steps in the order of time', () => {
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
    const disordered = cases.filter(({ steps }) => steps.some(({ at }, n) => at < (steps[n - 1]?.at ?? '')));
    expect(disordered).toEqual([]);
  });

  it('name only times that exist, in years whose holidays are known', () => {
    const times = cases
      .flatMap(({ steps, expect: expected }) => [
        ...steps,
        ...expected.flatMap(({ at, due }) => [{ at }, { at: due }]),
      ])
      .flatMap(({ at }) => (at && at !== 'none' ? [at] : []));
    expect(times.filter((time) => toTime(toInstant(time)) !== time)).toEqual([]);
    expect(times.filter((time) => time < '2018' || time >= '2028')).toEqual([]);
  });
});

describe.each(files)('%s', (_file, ofFile) => {
  it.each(ofFile.map((worked) => [worked.name, worked] as const))('%s', (_name, worked) => {
    expect(
      worked.expect.map((one) => seeAs(one, worked)),
      worked.how,
    ).toEqual(worked.expect);
  });
});
