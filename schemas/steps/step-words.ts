import type { AttachmentReference } from '../complaint.ts';
import type { Step, StepKind, StepOf } from './step.ts';

/** The names of the steps, in Korean and in English. */
export const stepNames: Record<StepKind, readonly [ko: string, en: string]> = {
  officer_assigned: ['담당자 지정', 'Officer assigned'],
  classified: ['민원 종류 변경', 'Kind changed'],
  extended: ['처리기간 연장', 'Deadline extended'],
  supplement_requested: ['보완 요구', 'Supplement requested'],
  supplement_extended: ['보완 기간 연장', 'More time to supplement'],
  supplemented: ['보완', 'Supplement'],
  clock_stopped: ['처리기간 정지', 'Clock stopped'],
  clock_resumed: ['처리기간 재개', 'Clock goes on'],
  survey_extended: ['실지조사 연장', 'Survey extended'],
  transfer_refused: ['이송 거부', 'Transfer refused'],
  refused: ['거부', 'Refused'],
  returned: ['반려', 'Returned'],
  closed: ['종결', 'Closed'],
  reopened: ['재처리', 'Reopened'],
  objected: ['이의신청', 'Objection'],
  objection_decided: ['이의신청 결정', 'Objection decided'],
  planned: ['장기 반영 계획', 'Long-term plan'],
  plan_reviewed: ['장기 반영 점검', 'Plan reviewed'],
  part_asked: ['분담 요청', 'Part asked'],
  cooperation_asked: ['협조 요청', 'Cooperation asked'],
  contribution_answered: ['요청에 회신', 'Reply to a request'],
  contribution_refused: ['요청 거절', 'Request refused'],
  contribution_extended: ['회신기간 연장', 'More time to reply'],
  contribution_moved: ['요청 기관 변경', 'Asked of another agency'],
  contribution_taken_back: ['요청 회수', 'Request taken back'],
  contribution_shared: ['회신 공유', 'Reply shared'],
  joined: ['병합', 'Joined'],
  parted: ['병합 해제', 'Parted'],
  represented: ['대표자 선정', 'Represented'],
  closed_as_repeat: ['반복민원 종결', 'Closed as a repeat'],
};

const outcomes = {
  upheld: ['인용', 'upheld'],
  partly_upheld: ['일부 인용', 'partly upheld'],
  dismissed: ['기각', 'dismissed'],
} as const;

type Language = 'ko' | 'en';
const toDate = (instant: string) => new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().slice(0, 10);

/**
 * What a step says to people, in Korean, with its name before it: for boards that know no steps, and for readers.
 * Undefined: it has no words. The same step gives the same text: by it an echo is known.
 */
export function sayStep(step: Step): string | undefined {
  const words = wordsOf(step, 'ko');
  return words && [`[${stepNames[step.kind][0]}]`, ...words].join('\n');
}

/** The same without the name, for notices in the reader's language. What a person wrote stays as it is. */
export const wordStep = (step: Step, language: Language): string | undefined =>
  wordsOf(step, language)?.join('\n');

/** 1 day, 2 days. */
const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`;

/** The phrases that the words of steps are made of. */
function phrasesIn(language: Language) {
  const say = (ko: string, en: string) => (language === 'ko' ? ko : en);
  const showDay = (day: string) => say(day.replaceAll('-', '. '), day);
  return {
    say,
    showDay,
    until: (instant: string) => say(`기한: ${showDay(toDate(instant))}.까지`, `By: ${toDate(instant)}`),
    reason: (text: string) => say(`사유: ${text}`, `Reason: ${text}`),
  };
}

function wordsOf(step: Step, language: Language): string[] | undefined {
  const { say, showDay, until, reason } = phrasesIn(language);
  switch (step.kind) {
    case 'extended': {
      const more = step.days
        ? say(`${step.days}일`, count(step.days, 'day'))
        : say(`${step.hours ?? 0}시간`, count(step.hours ?? 0, 'hour'));
      return [say(`${more} 연장합니다.`, `Extended by ${more}.`), reason(step.reason)];
    }
    case 'supplement_requested':
      return [...(step.until ? [until(step.until)] : []), step.text];
    case 'supplement_extended':
      return [until(step.until), ...(step.reason ? [reason(step.reason)] : [])];
    case 'refused':
      return [reason(step.reasons), say(`구제 방법: ${step.remedies}`, `How to object: ${step.remedies}`)];
    case 'objection_decided': {
      const [ko, en] = outcomes[step.outcome];
      return [say(`결정: ${ko}`, `Decision: ${en}`), step.text];
    }
    case 'planned': {
      const days = step.reviewOn.map(showDay).join(', ');
      return [step.promise, say(`점검일: ${days}`, `Reviewed on: ${days}`)];
    }
    case 'plan_reviewed':
      return [
        step.text,
        step.kept
          ? say('이행을 마쳤습니다.', 'The promise is kept.')
          : say('계속 추진합니다.', 'Work on it goes on.'),
      ];
    case 'supplemented':
    case 'objected':
      return [step.text];
    case 'returned':
    case 'transfer_refused':
    case 'survey_extended':
    case 'clock_stopped':
    case 'classified':
    case 'reopened':
      return [reason(step.reason)];
    case 'closed':
      return step.reason ? [reason(step.reason)] : undefined;
    case 'joined':
    case 'parted':
    case 'represented':
    case 'officer_assigned':
    case 'clock_resumed':
      return undefined;
    default:
      return wordsAmongSeveral(step, language);
  }
}

/** Steps that concern several agencies or several complaints. */
type StepAmongSeveral =
  | Extract<Step, { contribution: number }>
  | StepOf<'part_asked' | 'cooperation_asked' | 'closed_as_repeat'>;

function wordsAmongSeveral(step: StepAmongSeveral, language: Language): string[] {
  const { say, until, reason } = phrasesIn(language);
  const number = (n: number) => say(`요청 번호: ${n}`, `Request: ${n}`);
  switch (step.kind) {
    case 'part_asked':
    case 'cooperation_asked':
      return [step.text, until(step.until)];
    case 'contribution_answered':
      return [number(step.contribution), step.text];
    case 'contribution_extended':
      return [number(step.contribution), until(step.until), reason(step.reason)];
    case 'contribution_moved':
      return [number(step.contribution), ...(step.until ? [until(step.until)] : []), reason(step.reason)];
    case 'contribution_refused':
    case 'contribution_taken_back':
      return [number(step.contribution), reason(step.reason)];
    case 'contribution_shared':
      return [number(step.contribution)];
    case 'closed_as_repeat':
      return [
        say(
          '같은 내용의 민원에 처리 결과를 두 번 이상 알려 드렸으므로, 민원 처리에 관한 법률 제23조에 따라 종결합니다.',
          'The results of the same complaint were told twice or more, so this one is closed (Civil Complaints Treatment Act, article 23).',
        ),
        say(`앞선 민원: ${step.earlier.join(', ')}`, `Earlier complaints: ${step.earlier.join(', ')}`),
        reason(step.reason),
      ];
  }
}

/** The files of a step. */
export const filesOf = (step: Step): AttachmentReference[] =>
  ('attachments' in step && step.attachments) || [];
