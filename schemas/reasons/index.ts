import type { ReasonTexts, Uneven } from '../reason-texts.ts';
import { agentsReasons } from './agents.ts';
import { alertsReasons } from './alerts.ts';
import { answersReasons } from './answers.ts';
import { boardsReasons } from './boards.ts';
import { callsReasons } from './calls.ts';
import { checksReasons } from './checks.ts';
import { consentsReasons } from './consents.ts';
import { contributionsReasons } from './contributions.ts';
import { databasesReasons } from './databases.ts';
import { deliveryReasons } from './delivery.ts';
import { documentsReasons } from './documents.ts';
import { expressionsReasons } from './expressions.ts';
import { filesReasons } from './files.ts';
import { heldReasons } from './held.ts';
import { joiningReasons } from './joining.ts';
import { mailReasons } from './mail.ts';
import { mappingReasons } from './mapping.ts';
import { noticesReasons } from './notices.ts';
import { packagesReasons } from './packages.ts';
import { productsReasons } from './products.ts';
import { readingReasons } from './reading.ts';
import { repairsReasons } from './repairs.ts';
import { servicesReasons } from './services.ts';
import { settingsReasons } from './settings.ts';
import { statementsReasons } from './statements.ts';
import { stepsReasons } from './steps.ts';

/**
 * The catalogue of all reasons: every code, with its text in Korean and English. To add a reason, add one entry to the
 * file of its topic.
 */
export const reasonTexts = {
  // Reasons that contain other reasons, and words from outside.
  at: ['{place}: {detail}', '{place}: {detail}'],
  at_pointer: ['{pointer} {detail}', '{pointer} {detail}'],
  several: ['{reasons}', '{reasons}'],
  ...documentsReasons,
  ...mappingReasons,
  ...expressionsReasons,
  ...statementsReasons,
  ...stepsReasons,
  ...contributionsReasons,
  ...consentsReasons,
  ...heldReasons,
  ...joiningReasons,
  ...answersReasons,
  ...deliveryReasons,
  ...boardsReasons,
  ...databasesReasons,
  ...readingReasons,
  ...filesReasons,
  ...repairsReasons,
  ...noticesReasons,
  ...mailReasons,
  ...agentsReasons,
  ...alertsReasons,
  ...callsReasons,
  ...checksReasons,
  ...productsReasons,
  ...servicesReasons,
  ...settingsReasons,
  ...packagesReasons,
} as const satisfies ReasonTexts;

/**
 * This line does not compile if a Korean and an English text name different parameters. The compiler's message shows
 * the codes.
 */
const uneven: [Uneven<typeof reasonTexts>] extends [never] ? true : Uneven<typeof reasonTexts> = true;
void uneven;
