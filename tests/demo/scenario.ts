import { agenciesStories } from './stories/agencies-stories.ts';
import { doorStories, phoneStories } from './stories/hub-stories.ts';
import { joiningStories } from './stories/joining-stories.ts';
import { procedureStories } from './stories/procedure-stories.ts';
import { repeatStories } from './stories/repeat-stories.ts';
import { sbizStories } from './stories/sbiz-stories.ts';
import { technoStories } from './stories/techno-stories.ts';
import { textileStories } from './stories/textile-stories.ts';
import type { Story } from './story.ts';

/** All complaints and everything that happens to them. */
export const scenario: Story[] = [
  ...sbizStories,
  ...technoStories,
  ...textileStories,
  ...phoneStories,
  ...doorStories,
  ...procedureStories,
  ...joiningStories,
  ...repeatStories,
  ...agenciesStories,
];

/** The number of complaints: of identical ones each counts. */
export const countComplaints = (stories: readonly Story[]): number =>
  stories.reduce((sum, { before }) => sum + 1 + (before ? countComplaints([before]) : 0), 0);

/** The complaints at the start of the interactive demo. Some are closed; most wait for the newcomer to answer. */
export const seeds: Story[] = [
  ...pick('D-001', 'D-009', 'D-102', 'D-012', 'D-423', 'D-424'),
  ...pick('D-003', 'D-005', 'D-101', 'D-110', 'D-018', 'D-016', 'D-203').map((story) => ({
    ...story,
    steps: [],
  })),
];

function pick(...marks: string[]): Story[] {
  return scenario.filter(({ mark }) => marks.includes(mark));
}
