import type { AttachmentReference } from '../complaint.ts';
import type { Step, StepKind } from './step.ts';

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
};

const outcomes = { upheld: '인용', partly_upheld: '일부 인용', dismissed: '기각' } as const;
const day = (instant: string) =>
  new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '. ');

/**
 * What a step says to people, in Korean, with its name before it: for boards that know no steps, and for readers.
 * Undefined: it has no words. The same step gives the same text: by it an echo is known.
 */
export function sayStep(step: Step): string | undefined {
  const words = wordsOf(step);
  return words && [`[${stepNames[step.kind][0]}]`, ...words].join('\n');
}

function wordsOf(step: Step): string[] | undefined {
  switch (step.kind) {
    case 'extended':
      return [
        `${step.days ? `${step.days}일` : `${step.hours ?? 0}시간`} 연장합니다.`,
        `사유: ${step.reason}`,
      ];
    case 'supplement_requested':
      return [...(step.until ? [`기한: ${day(step.until)}.까지`] : []), step.text];
    case 'supplement_extended':
      return [`기한: ${day(step.until)}.까지`, ...(step.reason ? [`사유: ${step.reason}`] : [])];
    case 'refused':
      return [`사유: ${step.reasons}`, `구제 방법: ${step.remedies}`];
    case 'objection_decided':
      return [`결정: ${outcomes[step.outcome]}`, step.text];
    case 'planned':
      return [step.promise, `점검일: ${step.reviewOn.map((date) => date.replaceAll('-', '. ')).join(', ')}`];
    case 'plan_reviewed':
      return [step.text, step.kept ? '이행을 마쳤습니다.' : '계속 추진합니다.'];
    case 'supplemented':
    case 'objected':
      return [step.text];
    case 'returned':
    case 'transfer_refused':
    case 'survey_extended':
    case 'clock_stopped':
    case 'classified':
    case 'reopened':
      return [`사유: ${step.reason}`];
    case 'closed':
      return step.reason ? [`사유: ${step.reason}`] : undefined;
    case 'officer_assigned':
    case 'clock_resumed':
      return undefined;
  }
}

/** The files of a step. */
export const filesOf = (step: Step): AttachmentReference[] =>
  ('attachments' in step && step.attachments) || [];
