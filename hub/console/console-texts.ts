import type { Texts } from '../web/texts.ts';
import { listWords } from '../words/vocabulary.ts';
import { agentTexts } from './agencies/agent-texts.ts';
import { connectionTexts } from './agencies/connection-texts.ts';
import { shapeTexts } from './agencies/shape-texts.ts';
import { deskTexts } from './complaints/desk-texts.ts';
import { operationTexts } from './oversight/operation-texts.ts';
import { oversightTexts } from './oversight/oversight-texts.ts';
import { repairTexts } from './repairs/repair-texts.ts';

/** All texts of the console. Each area keeps its own beside its pages. */
export const consoleTexts: Texts = {
  ...listWords(),
  ...deskTexts,
  ...operationTexts,
  ...oversightTexts,
  ...repairTexts,
  ...connectionTexts,
  ...shapeTexts,
  ...agentTexts,
};
