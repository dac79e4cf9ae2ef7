import type { Agency, Stage } from '../../../schemas/index.ts';

/** How far the agency is connected. An unknown agency counts as live: nothing holds back what concerns it. */
export const stageOf = (agency: Pick<Agency, 'stage'> | undefined): Stage => agency?.stage ?? 'live';

/** Code of the agency that answers test complaints filed on a board. No real agency has it. */
export const trialDesk = 'trial-desk';
