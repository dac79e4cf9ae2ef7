import { type StepKind, stepKinds, stepNames } from '../../../../schemas/index.ts';
import type { Texts } from '../../../web/texts.ts';

const ofSteps = (to: (kind: StepKind) => Texts): Texts => Object.assign({}, ...stepKinds.map(to));

/** Texts of the clock of a complaint, of the steps of the law, and of an officer's work. */
export const stepTexts: Texts = {
  ...ofSteps((kind) => ({
    [`form.step-${kind}`]: stepNames[kind],
    [`done.step_${kind}`]: [`${stepNames[kind][0]}: 등록했습니다.`, `Registered: ${stepNames[kind][1]}.`],
  })),

  'step_group.deadline': ['기한', 'Deadline'],
  'step_group.work': ['처리', 'Work'],
  'step_group.transfer': ['이송', 'Transfer'],
  'step_group.objection': ['이의신청', 'Objection'],
  'step_group.plan': ['장기 반영', 'Long-term plan'],

  'steps.title': ['절차', 'Procedure'],
  'steps.choice': ['어떤 절차입니까?', 'Which step?'],
  'steps.open': ['양식 열기', 'Open the form'],
  'steps.take': ['나에게 지정', 'Take it'],

  'step_field.days': ['연장할 일수', 'Days to add'],
  'step_field.hours': ['연장할 시간', 'Hours to add'],
  'step_field.amount': ['연장할 기간', 'How much longer'],
  'step_field.documents': ['구비서류', 'Documents'],
  'step_field.fee': ['수수료', 'Fee'],
  'step_field.item': ['법정민원 사무명', 'Statutory item'],
  'step_field.item_hint': ['법정민원이면 기준표의 사무명', 'Of a statutory complaint: as the table has it'],
  'step_field.consent': ['민원인 동의 근거', 'Evidence of consent'],
  'step_field.consent_hint': [
    '두 번째 연장에만 필요합니다. 예: 전화 통화 일시',
    'Needed for a second extension only, such as the time of a call',
  ],
  'step_field.demand': ['보완할 내용', 'What is needed'],
  'step_field.until': ['보완 기한 (그날까지)', 'Until the end of'],
  'step_field.ground': ['정지 사유', 'Ground'],
  'step_field.reasons': ['거부 사유', 'Reasons of the refusal'],
  'step_field.remedies': ['구제 방법', 'Ways to object'],
  'step_field.outcome': ['결정', 'Decision'],
  'step_field.promise': ['반영할 내용', 'What is promised'],
  'step_field.review_on': ['점검일', 'Days of review'],
  'step_field.review_on_hint': [
    '예: 2027-03-02. 여러 날이면 줄을 바꿔 적으십시오.',
    'Such as 2027-03-02; several days on lines of their own.',
  ],
  'step_field.kept': ['이행', 'Kept'],
  'plan_kept.kept': ['이행을 마침', 'Kept, nothing more to review'],
  'plan_kept.going_on': ['계속 추진', 'Goes on'],

  'clock_unit.days': ['{0}일', '{0} days'],
  'clock_unit.hours': ['{0}시간', '{0} hours'],
  'complaint_clock.title': ['처리기한', 'Statutory clock'],
  'complaint_clock.since': ['{0}부터', 'since {0}'],
  'complaint_clock.late': ['기한 뒤', 'After the deadline'],
  'complaint_clock.in_time': ['기한 안', 'In time'],
  'complaint_clock.extended': ['연장', 'Extended'],
  'complaint_clock.filed': ['신청일시', 'Filed'],
  'complaint_clock.heard': ['허브 수신일시', 'Heard by the hub'],
  'complaint_clock.due_open': ['재개되면 정해집니다', 'Known once the clock goes on'],
  'complaint_clock.stopped_until': ['{0} 뒤에는 다시 산입됩니다.', 'Counts again after {0}.'],
  'complaint_clock.ended': ['처리 마친 일시', 'Ended'],
  'complaint_clock.took': ['걸린 기간', 'Took'],
  'complaint_clock.of': ['처리기간', 'of'],
  'complaint_clock.used': ['지난 기간', 'Used'],
  'complaint_clock.left': ['남은 기간', 'Left'],
  'complaint_clock.over': ['초과', 'Over by'],
  'complaint_clock.lines': ['기한 계산 내역', 'How it is counted'],
  'complaint_clock.caption': [
    '기한 계산 내역: 무엇을, 언제, 효과, 그 뒤 처리기한, 근거',
    'How it is counted: what, when, effect, deadline afterwards, article',
  ],
  'complaint_clock.what': ['무엇을', 'What'],
  'complaint_clock.when': ['언제', 'When'],
  'complaint_clock.effect': ['효과', 'Effect'],
  'complaint_clock.article': ['근거', 'Article'],
  'complaint_clock.due_after': ['그 뒤 처리기한', 'Deadline afterwards'],

  'work.title': ['내 일', 'My work'],
  'work.mine': ['내 민원', 'Mine'],
  'work.nobody': ['담당자 없는 우리 기관 민원', 'Of my agency, taken by nobody'],
  'work.all': ['우리 기관 민원 모두 보기', 'All complaints of my agency'],
  'work.empty': [
    '지금 급한 일이 없습니다. 새 민원이 오면 여기에 나타납니다.',
    'Nothing waits for you now. New complaints appear here.',
  ],
  'work.caption': [
    '접수번호, 제목, 처리상태, 담당자, 접수일시, 처리기한',
    'Number, title, status, officer, taken in, due',
  ],
  'work.all_of_them': ['모두 보기', 'Show all'],
  'board.alerts': ['열린 경보', 'Open alerts'],
};
