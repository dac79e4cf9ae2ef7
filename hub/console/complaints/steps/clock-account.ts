import type { StatutoryItem } from '../../../../schemas/index.ts';
import type { ClockStep, StopGround } from '../../../clock/clock-steps.ts';
import { type ClockRules, ofAgency } from '../../../clock/deadline.ts';
import type { ClockState } from '../../../clock/statutory-clock.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { toMatter } from '../../../complaints/reading/to-matter.ts';
import { readMatterClock } from '../../../complaints/steps/tell-clock.ts';
import type { ClockedDirectory } from '../../visit/console-context.ts';
import { listTaken } from './usable-steps.ts';

/** The rules by which the clock of an agency runs now. */
export const clockRulesOf = (directory: ClockedDirectory, agency: string): ClockRules =>
  ofAgency(directory.clock(), directory.findAgency(agency));

/** Reads the clock of a complaint at this moment, by the rules of its assignee. */
export const readFileClock = (
  directory: ClockedDirectory,
  file: ComplaintFile,
  at = new Date(),
): ClockState => readMatterClock(toMatter(file), at, clockRulesOf(directory, file.assignee));

/** The clock as the page shows it: what is used and left, and why, line by line (docs/statutory-clock.md). */
export function toClockAccount(file: ComplaintFile, clock: ClockState, items: readonly StatutoryItem[] = []) {
  const { phase, due, unit, total, used, left, over, overdue, grounds } = clock;
  const isHubLater = Math.abs(file.registeredAt.getTime() - file.takenInAt.getTime()) >= minute;
  return {
    phase,
    due: due ?? null,
    unit: unit ?? 'days',
    hasPeriod: unit !== undefined,
    total: round(total),
    used: round(used),
    left: round(left),
    over: round(over),
    overdue,
    grounds,
    stoppedSince: clock.stoppedSince ?? null,
    stoppedUntil: clock.stoppedUntil ?? null,
    endedAt: clock.endedAt ?? null,
    extended: round(clock.extensions.reduce((sum, units) => sum + units, 0)),
    takenInAt: file.takenInAt,
    filedAt: new Date(file.content.filedAt),
    /** Null: the hub heard of it when it was taken in. */
    heardAt: isHubLater ? file.registeredAt : null,
    item: findItem(file, items) ?? null,
    lines: clock.lines.map(({ at, step, effect, due: after }) => ({
      at,
      type: step.type,
      ground: 'ground' in step ? step.ground : null,
      kind: 'kind' in step ? step.kind : null,
      days: 'days' in step ? (step.days ?? null) : null,
      hours: 'hours' in step ? (step.hours ?? null) : null,
      effect: effect === 'counted' ? effects[step.type] : effect,
      due: after ?? null,
      article: toArticle(step),
    })),
  };
}

/** The statutory complaint as its agency publishes it, where it was classified as one: the newest entry in force. */
function findItem(file: ComplaintFile, items: readonly StatutoryItem[]): StatutoryItem | undefined {
  const classified = listTaken(file).findLast((step) => step.kind === 'classified');
  const name = classified?.item;
  const day = toDayText(file.takenInAt);
  return items
    .filter((item) => item.name === name && item.from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
}

const minute = 60_000;
const toDayText = (at: Date) => new Date(at.getTime() + 9 * 60 * minute).toISOString().slice(0, 10);
/** Hours have minutes; one digit of them is enough for a reader. */
const round = (units: number) => Math.round(units * 10) / 10;

/** What a step does to the clock, as a word of the vocabulary. */
const effects: Record<ClockStep['type'], string> = {
  started: 'counted',
  restarted: 'counted',
  resumed: 'counted',
  stopped: 'stopped',
  extended: 'extended',
  survey_extended: 'extended',
  classified: 'changed',
  ended: 'ended',
};

function toArticle(step: ClockStep): string {
  switch (step.type) {
    case 'started':
      return 'start';
    case 'restarted':
      return step.days === undefined ? 'start' : 'objection';
    case 'classified':
      return 'kind';
    case 'stopped':
    case 'resumed':
      return ofGround(step.ground);
    case 'survey_extended':
      return 'survey';
    case 'extended':
      return 'extension';
    case 'ended':
      return 'end';
  }
}

const ofGround = (ground: StopGround) => (ground === 'supplement' || ground === 'survey' ? ground : 'stop');
