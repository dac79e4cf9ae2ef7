import type { StopGround } from './clock-steps.ts';
import type { ClockLine } from './statutory-clock.ts';

interface Said {
  ko: string;
  en: string;
  /** Of the Civil Complaints Treatment Act (`Act`) or of its Enforcement Decree (`Decree`). */
  article: string;
}

type ClockStep = ClockLine['step'];

const steps: Record<Exclude<ClockStep['type'], 'stopped' | 'resumed'>, Said> = {
  started: { ko: '처리기간 시작', en: 'Clock started', article: 'Act, article 19' },
  classified: { ko: '민원 종류 변경', en: 'Kind changed', article: 'Decree, articles 14 to 17' },
  survey_extended: { ko: '실지조사 연장', en: 'Survey extended', article: 'Decree, article 17' },
  extended: { ko: '처리기간 연장', en: 'Deadline extended', article: 'Decree, article 21' },
  ended: { ko: '처리 완료', en: 'Ended', article: 'Act, article 27' },
  restarted: { ko: '처리기간 새로 시작', en: 'Clock started anew', article: 'Act, articles 19 and 27' },
};

const grounds: Record<StopGround, Said> = {
  supplement: { ko: '보완', en: 'supplement', article: 'Decree, articles 20 and 24' },
  hearing: { ko: '의견청취', en: 'hearing', article: 'Decree, article 20' },
  review: { ko: '실험·검사·기술검토', en: 'tests and technical review', article: 'Decree, article 20' },
  representatives: { ko: '대표자 선정', en: 'choice of representatives', article: 'Decree, article 20' },
  transfer: { ko: '원거리 이송', en: 'long-distance transfer', article: 'Decree, article 20' },
  precondition: { ko: '선행사무', en: 'precondition', article: 'Decree, article 20' },
  survey: { ko: '실지조사', en: 'survey', article: 'Decree, article 17' },
};

/** A line of a clock's account in words, with the article by which it counts. */
export function sayClockStep(step: ClockStep): Said {
  switch (step.type) {
    case 'stopped':
    case 'resumed': {
      const { ko, en, article } = grounds[step.ground];
      const [verbKo, verbEn] = step.type === 'stopped' ? ['정지', 'stopped'] : ['재개', 'goes on'];
      return { ko: `처리기간 ${verbKo}: ${ko}`, en: `Clock ${verbEn}: ${en}`, article };
    }
    case 'restarted':
      // A period of its own: that of an objection.
      return step.days === undefined ? steps.restarted : { ...steps.restarted, article: 'Act, article 35' };
    default:
      return steps[step.type];
  }
}
