import { readdirSync, readFileSync } from 'node:fs';
import { type Static, Type } from 'typebox';
import { parse } from 'yaml';
import type { ClockStep } from '../../../hub/clock/clock-steps.ts';
import { type ClockRules, createClockRules } from '../../../hub/clock/deadline.ts';
import { ComplaintKind, type OfficeHours, stopGrounds } from '../../../schemas/index.ts';
import { compile } from '../../../schemas/validate.ts';

const closed = { additionalProperties: false } as const;
/** A time of Korea: `2026-05-04 10:00`. */
const Time = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$' });
const TimeOfDay = Type.String({ pattern: '^[0-9]{2}:[0-9]{2}$' });
const Words = Type.String({ minLength: 1 });
const Units = Type.Number({ minimum: 0 });
const Whole = Type.Integer({ minimum: 1 });
const named = (...names: string[]) => Type.Enum(names);

const Step = Type.Union([
  Type.Object({ type: named('started', 'restarted'), at: Time, kind: Type.Optional(ComplaintKind) }, closed),
  Type.Object({ type: named('classified'), at: Time, kind: ComplaintKind }, closed),
  Type.Object({ type: named('stopped', 'resumed'), at: Time, ground: named(...stopGrounds) }, closed),
  Type.Object({ type: named('survey_extended', 'ended'), at: Time }, closed),
  Type.Object({ type: named('extended'), at: Time, days: Whole }, closed),
  Type.Object({ type: named('extended'), at: Time, hours: Whole }, closed),
]);

/** What the clock shows at an instant. A member that is left out is not what the case is about. */
const Expected = Type.Object(
  {
    at: Time,
    phase: Type.Optional(named('none', 'running', 'stopped', 'ended')),
    due: Type.Optional(Type.Union([Time, Type.Literal('none')])),
    total: Type.Optional(Units),
    used: Type.Optional(Units),
    left: Type.Optional(Units),
    overdue: Type.Optional(Type.Boolean()),
    over: Type.Optional(Units),
  },
  { ...closed, minProperties: 2 },
);
export type Expected = Static<typeof Expected>;

const ofPeriod = { kind: Type.Optional(ComplaintKind), from: Type.Optional(Type.String({ format: 'date' })) };

/** One complaint with its expected deadlines, counted by hand. */
const WorkedCase = Type.Object(
  {
    name: Words,
    kind: ComplaintKind,
    /** A period of the agency or of a statutory item. Without `kind` it is for the kind of the case. */
    period: Type.Optional(
      Type.Union([
        Type.Object({ days: Whole, ...ofPeriod }, closed),
        Type.Object({ hours: Whole, ...ofPeriod }, closed),
      ]),
    ),
    /** Office hours other than the usual ones. */
    hours: Type.Optional(
      Type.Object(
        {
          opens: TimeOfDay,
          closes: TimeOfDay,
          lunch: Type.Optional(Type.Array(TimeOfDay, { minItems: 2, maxItems: 2 })),
        },
        closed,
      ),
    ),
    steps: Type.Array(Step, { minItems: 1 }),
    expect: Type.Array(Expected, { minItems: 1 }),
    /** How it was counted. */
    how: Words,
    article: Words,
  },
  closed,
);
export type WorkedCase = Static<typeof WorkedCase>;

const check = compile(Type.Array(WorkedCase, { minItems: 1 }));
const folder = new URL('./worked-cases/', import.meta.url);

/** Reads one file of cases. Throws with all that is wrong in it. */
export function readWorkedCases(file: string): WorkedCase[] {
  const checked = check(parse(readFileSync(new URL(file, folder), 'utf8')));
  if (!checked.ok) throw new Error(`${file}: ${JSON.stringify(checked.problems, undefined, 1)}`);
  return checked.value;
}

export const listWorkedCaseFiles = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort();

const toIso = (time: string): string => `${time.replace(' ', 'T')}:00+09:00`;

/** The instant of a time of Korea. */
export const toInstant = (time: string): Date => new Date(toIso(time));

/** The time of Korea of an instant: `2026-05-04 10:00`, with seconds only where there are some. */
export const toTime = (instant: Date): string =>
  new Date(instant.getTime() + 9 * 60 * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
    .replace(/:00$/, '');

export function toSteps({ kind, steps }: WorkedCase): ClockStep[] {
  return steps.map((step) => {
    const starts = step.type === 'started' || step.type === 'restarted';
    return { ...(starts ? { kind } : {}), ...step, at: toIso(step.at) } as ClockStep;
  });
}

export function toRules({ kind, period, hours }: WorkedCase): ClockRules {
  const periods = period ? [{ kind, from: '2018-01-01', source: 'of the case', ...period }] : [];
  return createClockRules({ periods }, hours as OfficeHours | undefined);
}
