import type { TemplateName } from './template-names.ts';

/** The officer who answers or is in charge. The law requires the name (Decree, article 31), so it is never empty. */
export interface OfficerValues {
  department: string;
  name: string;
  contact: string;
}

/** The values that a template can show. Each is text ready to read; `null`: there is none. */
export interface TemplateValues {
  recipient: string;
  receipt_number: string;
  /** The number that the complainant's own agency gave. */
  origin_number: string | null;
  title: string;
  kind: string;
  registered_at: string;
  due_at: string | null;
  link: string | null;
  agency: { name: string; phone: string | null };
  officer: OfficerValues;
  answer: string | null;
  from_agency: string | null;
  reason: string | null;
  follow_up: string | null;
  /** The name of a step of the procedure, and what it says; some say nothing more. */
  step: string;
  step_text: string | null;
  /** What is owed beside the answer, and since which day. */
  duty: string;
  duty_on: string;
  /** The kinds of number that were masked before the complaint was stored. */
  masked: string | null;
  /** The kinds of number that are kept, each with the law that allows it. */
  kept: string | null;
  /** How many files are held back because such numbers stand in them. */
  withheld: string | null;
}

const everywhere = [
  'recipient',
  'receipt_number',
  'origin_number',
  'title',
  'kind',
  'registered_at',
  'due_at',
  'link',
  'agency.name',
  'agency.phone',
];
const officer = ['officer.department', 'officer.name', 'officer.contact'];

/** The variables that a template may and must show, beside those allowed everywhere. */
/** Articles that want something in a notice: codes of reasons (schemas/reasons/notices.ts). */
type Law = 'law_decree_13' | 'law_decree_21' | 'law_decree_31' | 'law_steps';
interface Wanted {
  may?: string[];
  must?: string[];
  byLaw?: Partial<Record<Law, string[]>>;
}

const special: Record<TemplateName, Wanted> = {
  registered: { may: ['masked', 'kept', 'withheld'], must: ['agency.name'] },
  // The complainant is told which agency has the complaint now.
  transferred: { may: ['from_agency', 'reason'], byLaw: { law_decree_13: ['agency.name'] } },
  // Notices of progress and of the result name department, officer and contact.
  'interim-answered': { must: ['answer'], byLaw: { law_decree_31: officer } },
  answered: { must: ['answer'], byLaw: { law_decree_31: officer } },
  // One template for all steps: `step_text` holds what the law wants of each (hub/notify/step-notices.ts).
  step: {
    must: ['step'],
    byLaw: {
      law_decree_31: officer,
      law_decree_21: ['due_at'],
      law_steps: ['step_text'],
    },
  },
  delayed: { byLaw: { law_decree_31: officer } },
  'new-complaint': { may: ['reason'], must: ['title'] },
  'follow-up': { may: ['follow_up'] },
  'step-came': { must: ['step', 'step_text'] },
  contribution: { may: ['from_agency'], must: ['step', 'step_text'] },
  withdrawn: { may: ['reason'] },
  'deadline-near': { must: ['due_at'] },
  overdue: { must: ['due_at'] },
  // Which complaint is overdue, and since when (Decree, article 28).
  reminder: { must: ['due_at'] },
  owed: { must: ['duty', 'duty_on'] },
};

/** The variables of a template: those that it may use, and those that each of its files must show. */
export function variablesOf(template: TemplateName): { may: Set<string>; must: string[] } {
  const { may = [], must = [], byLaw = {} } = special[template];
  const all = [...must, ...Object.values(byLaw).flat()];
  return { may: new Set([...everywhere, ...may, ...all]), must: ['receipt_number', ...all] };
}

/** The articles that want a variable in a template. Undefined: not the law wants it, but whoever reads. */
export function lawOf(template: TemplateName, variable: string): Law | undefined {
  const byLaw = Object.entries(special[template].byLaw ?? {}) as [Law, string[]][];
  return byLaw.find(([, variables]) => variables.includes(variable))?.[0];
}

/** Values of an imaginary complaint. Every template is tested with them when it is loaded. */
export const sampleValues: TemplateValues = {
  recipient: 'Hong',
  receipt_number: '2611-0000017-4',
  origin_number: '2026-1187',
  title: '보도블록 파손',
  kind: '질의',
  registered_at: '2026년 11월 20일',
  due_at: '2026년 11월 27일',
  link: 'https://minwon.example.kr/',
  agency: { name: '하남시청', phone: '031-790-1234' },
  officer: { department: '도로과', name: '김담당', contact: '031-790-1234' },
  answer: '답변',
  from_agency: '파주시청',
  reason: '소관 아님',
  follow_up: '추가 질의',
  step: '처리기간 연장',
  step_text: '5일 연장합니다.\n사유: 현장 확인',
  duty: '처리 진행 상황을 민원인에게 알리십시오.',
  duty_on: '2026-12-02',
  masked: '주민등록번호',
  kept: '외국인등록번호: 고용보험법 시행령 제145조의2',
  withheld: '1',
};

/** The same values without everything that can be absent. */
export const sparseValues: TemplateValues = {
  ...sampleValues,
  origin_number: null,
  due_at: null,
  link: null,
  agency: { name: '하남시청', phone: null },
  answer: null,
  from_agency: null,
  reason: null,
  follow_up: null,
  step_text: null,
  masked: null,
  kept: null,
  withheld: null,
};
