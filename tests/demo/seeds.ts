import { isBetween } from './contributions.ts';
import { scenario } from './scenario.ts';
import type { Step, Story } from './story.ts';

const fieldsOf = (step: Step) => (step.do === 'step' ? (step.fields as Record<string, string>) : {});
const isAsking = (step: Step) =>
  step.do === 'step' && (step.kind === 'part_asked' || step.kind === 'cooperation_asked');
/** The first request is not answered yet, and the third not asked. */
const isOfOpenRequests = (step: Step) =>
  isBetween(step) &&
  !['1', '3'].includes(fieldsOf(step).contribution ?? '') &&
  !(step.kind === 'part_asked' && fieldsOf(step).to === 'sbiz');

const withoutSixth = (step: Step): Step =>
  step.do === 'step' && step.marks ? { ...step, marks: step.marks.filter((mark) => mark !== 'D-606') } : step;

/**
 * The complaints at the start of the interactive demo, taken from the scenario. Some are closed; most wait for the
 * newcomer: to be answered, released, replied to, joined or closed as repeats.
 */
export const seeds: Story[] = [
  ...pick('D-001', 'D-009', 'D-102', 'D-012', 'D-423', 'D-424'),
  ...pick('D-003', 'D-005', 'D-101', 'D-110', 'D-018', 'D-016', 'D-203').map((story) => ({
    ...story,
    steps: [],
  })),
  ...joining(),
  // `techno` owes its part, and the other agency has replied.
  ...cut('D-621', isOfOpenRequests),
  // `officer` owes a reply.
  ...cut('D-622', isAsking),
  // The third of one person, with two results that were told: `officer` may close it.
  ...cut('D-641', (step) => step.do === 'note'),
  ...waiting('D-651'),
];

function pick(...marks: string[]): Story[] {
  return scenario.filter(({ mark }) => marks.includes(mark));
}

/** A story with some of its steps. */
function cut(mark: string, stays: (step: Step) => boolean): Story[] {
  return pick(mark).map((story) => ({ ...story, steps: story.steps.filter(stays) }));
}

/** Five are joined and not answered yet. The sixth is suggested to be joined too. */
function joining(): Story[] {
  const shown = ['note', 'joined', 'clock_stopped', 'represented', 'clock_resumed'];
  const isEarly = (step: Step) =>
    step.do === 'interim' || shown.includes(step.do === 'step' ? step.kind : step.do);
  return [
    ...['D-601', 'D-602', 'D-603', 'D-604', 'D-605'].flatMap((mark) => cut(mark, isEarly)),
    ...cut('D-606', () => false),
  ].map((story) => ({ ...story, steps: story.steps.map(withoutSixth) }));
}

/** The second answer waits for `leader`, who released the first, which came after a draft. */
function waiting(mark: string): Story[] {
  return pick(mark).map((story) => ({
    ...story,
    steps: story.steps.map((step) => ('parts' in step ? { ...step, waits: true as const } : step)),
  }));
}
