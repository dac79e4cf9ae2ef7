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
