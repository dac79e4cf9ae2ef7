import { keyTexts } from '../web/key-texts.ts';
import type { Texts } from '../web/texts.ts';
import { webTexts } from '../web/web-texts.ts';
import { listWords } from '../words/vocabulary.ts';
import { agencyTexts } from './agencies/agency-texts.ts';
import { agentTexts } from './agencies/agent-texts.ts';
import { connectionTexts } from './agencies/connection-texts.ts';
import { shapeTexts } from './agencies/shape-texts.ts';
import { statutoryTexts } from './agencies/statutory-texts.ts';
import { catalogueTexts } from './catalogue/catalogue-texts.ts';
import { settingTexts } from './catalogue/setting-texts.ts';
import { answerTexts } from './complaints/answers/answer-texts.ts';
import { cannedTexts } from './complaints/canned/canned-texts.ts';
import { consentTexts } from './complaints/consents/consent-texts.ts';
import { contributionTexts } from './complaints/contributions/contribution-texts.ts';
import { deskTexts } from './complaints/desk-texts.ts';
import { heldTexts } from './complaints/held/held-texts.ts';
import { joiningTexts } from './complaints/joining/joining-texts.ts';
import { limitTexts } from './complaints/limit-texts.ts';
import { noteTexts } from './complaints/notes/note-texts.ts';
import { numberTexts } from './complaints/numbers/number-texts.ts';
import { shortcutTexts } from './complaints/shortcut-texts.ts';
import { stepTexts } from './complaints/steps/step-texts.ts';
import { configurationTexts } from './configuration/configuration-texts.ts';
import { fieldTexts } from './configuration/field-texts.ts';
import { historyTexts } from './configuration/history-texts.ts';
import { bulkTexts } from './desk/bulk/bulk-texts.ts';
import { listTexts } from './desk/lists/list-texts.ts';
import { deskPeopleTexts } from './desk/people/people-texts.ts';
import { engineerCommonTexts } from './engineer/engineer-common-texts.ts';
import { engineerSettingsTexts } from './engineer/engineer-settings-texts.ts';
import { engineerTexts } from './engineer/engineer-texts.ts';
import { engineerWorkTexts } from './engineer/engineer-work-texts.ts';
import { frameTexts } from './frame-texts.ts';
import { dutyTexts } from './insight/duty-texts.ts';
import { inspectionTexts } from './insight/inspection-texts.ts';
import { processTexts } from './insight/process-texts.ts';
import { accessTexts } from './oversight/access/access-texts.ts';
import { auditTexts } from './oversight/audit-texts.ts';
import { breachTexts } from './oversight/breaches/breach-texts.ts';
import { evidenceTexts } from './oversight/evidence/evidence-texts.ts';
import { outboxTexts } from './oversight/outbox-texts.ts';
import { oversightTexts } from './oversight/oversight-texts.ts';
import { provisionTexts } from './oversight/provisions/provision-texts.ts';
import { requestTexts } from './oversight/requests/request-texts.ts';
import { retentionTexts } from './oversight/retention/retention-texts.ts';
import { accountTexts } from './people/account-texts.ts';
import { adminKeyTexts } from './people/admin-key-texts.ts';
import { factorTexts } from './people/factors/factor-texts.ts';
import { peopleTexts } from './people/people-texts.ts';
import { rightsTexts } from './people/rights-texts.ts';
import { signOnTexts } from './people/sign-on/sign-on-texts.ts';
import { rehearsalTexts } from './rehearsal/rehearsal-texts.ts';
import { stageTexts } from './rehearsal/stage-texts.ts';
import { endpointTexts } from './repairs/endpoint-texts.ts';
import { itemTexts } from './repairs/items/item-texts.ts';
import { parkedTexts } from './repairs/parked-texts.ts';
import { repairTexts } from './repairs/repair-texts.ts';
import { clockTexts } from './rules/clock-texts.ts';
import { reviewTexts } from './rules/review-texts.ts';
import { routingTexts } from './rules/routing-texts.ts';
import { rulesTexts } from './rules/rules-texts.ts';
import { templateTexts } from './rules/template-texts.ts';
import { workbenchTexts } from './workbench/workbench-texts.ts';

/** All texts of the console. Each area keeps its own beside its pages. */
export const consoleTexts: Texts = {
  ...listWords(),
  ...webTexts,
  ...keyTexts,
  ...frameTexts,
  ...deskTexts,
  ...answerTexts,
  ...stepTexts,
  ...contributionTexts,
  ...limitTexts,
  ...heldTexts,
  ...joiningTexts,
  ...noteTexts,
  ...numberTexts,
  ...cannedTexts,
  ...shortcutTexts,
  ...bulkTexts,
  ...listTexts,
  ...deskPeopleTexts,
  ...agencyTexts,
  ...connectionTexts,
  ...statutoryTexts,
  ...shapeTexts,
  ...agentTexts,
  ...catalogueTexts,
  ...settingTexts,
  ...parkedTexts,
  ...itemTexts,
  ...repairTexts,
  ...endpointTexts,
  ...auditTexts,
  ...accessTexts,
  ...evidenceTexts,
  ...consentTexts,
  ...provisionTexts,
  ...breachTexts,
  ...requestTexts,
  ...outboxTexts,
  ...oversightTexts,
  ...retentionTexts,
  ...processTexts,
  ...dutyTexts,
  ...inspectionTexts,
  ...peopleTexts,
  ...accountTexts,
  ...factorTexts,
  ...signOnTexts,
  ...adminKeyTexts,
  ...rightsTexts,
  ...rulesTexts,
  ...reviewTexts,
  ...routingTexts,
  ...clockTexts,
  ...templateTexts,
  ...stageTexts,
  ...rehearsalTexts,
  ...configurationTexts,
  ...fieldTexts,
  ...historyTexts,
  ...workbenchTexts,
  ...engineerTexts,
  ...engineerCommonTexts,
  ...engineerWorkTexts,
  ...engineerSettingsTexts,
};
