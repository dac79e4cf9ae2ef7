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
const special: Record<TemplateName, { may?: string[]; must?: string[] }> = {
  registered: { must: ['agency.name'] },
  // Decree, article 13: the complainant is told which agency has the complaint now.
  transferred: { may: ['from_agency', 'reason'], must: ['agency.name'] },
  // Decree, article 31: notices of progress and of the result name department, officer and contact.
  'interim-answered': { may: officer, must: [...officer, 'answer'] },
  answered: { may: officer, must: [...officer, 'answer'] },
  delayed: { may: officer, must: officer },
  'new-complaint': { may: ['reason'], must: ['title'] },
  'follow-up': { may: ['follow_up'] },
  withdrawn: { may: ['reason'] },
  'deadline-near': { must: ['due_at'] },
  overdue: { must: ['due_at'] },
};

/** The variables of a template: those that it may use, and those that each of its files must show. */
export function variablesOf(template: TemplateName): { may: Set<string>; must: string[] } {
  const { may = [], must = [] } = special[template];
  return { may: new Set([...everywhere, ...may, ...must]), must: ['receipt_number', ...must] };
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
};
