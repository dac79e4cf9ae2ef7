import { type StepKind, stepFacts } from '../../../schemas/index.ts';
import type { CitizenDutyKind } from '../../complaints/steps/duties.ts';

/**
 * By which article a complainant is to be told: of the Civil Complaints Treatment Act (`Act`) or its Enforcement Decree
 * (`Decree`). Their words: hub/words/vocabulary.ts, `article`. What each must contain: Decree, article 31.
 */
const ofTemplates: Record<string, string> = {
  registered: 'Act, article 9',
  transferred: 'Decree, article 13',
  'interim-answered': 'Decree, article 23',
  answered: 'Act, article 27',
  delayed: 'Decree, articles 23 and 28',
};

const ofDuties: Record<CitizenDutyKind, string> = {
  progress: 'Decree, article 23',
  return: 'Decree, article 25',
  review: 'Decree, article 23',
};

/** Of a notice. `step`: the kind of step that it tells of, where it tells of one. */
export function toNoticeArticle(template: string, step: StepKind | null): string | undefined {
  return step ? stepFacts[step].article : ofTemplates[template];
}

export const toDutyArticle = (kind: CitizenDutyKind): string => ofDuties[kind];
