import type { Language } from '../../../../schemas/index.ts';
import { sparseValues, type TemplateValues } from '../../../templates/template-variables.ts';

/** Values of a complaint that nobody filed. Names, numbers and addresses are made up. */
const korean: TemplateValues = {
  recipient: '홍길동',
  receipt_number: '26-0000-0123-4',
  origin_number: '2026-1187',
  title: '보도블록 파손 신고',
  kind: '질의',
  registered_at: '2026년 11월 20일 오전 9:30',
  due_at: '2026년 11월 30일 오후 6:00',
  link: 'https://hub.example.kr/complaints/26-0000-0123-4',
  agency: { name: '가나시청', phone: '031-000-1234' },
  officer: { department: '도로과', name: '김담당', contact: '031-000-1234' },
  answer: '현장을 확인하여 11월 25일까지 보도블록을 교체하겠습니다.\n불편을 드려 죄송합니다.',
  from_agency: '다라시청',
  reason: '소관 업무가 아니어서 이송합니다.',
  follow_up: '교체 공사는 몇 시에 시작하나요?',
  step: '보완 요구',
  step_text: '기한: 2026. 11. 27.까지\n파손된 곳의 사진을 보내 주십시오.',
  duty: '처리 진행 상황을 민원인에게 알리십시오(시행령 제23조).',
  duty_on: '2026-12-20',
  withheld: '1',
  kept: '외국인등록번호: 고용보험법 시행령 제145조의2',
  masked: '주민등록번호',
};
const english: TemplateValues = {
  ...korean,
  recipient: 'Gildong Hong',
  title: 'Broken paving stones',
  kind: 'Query',
  registered_at: '20 November 2026 at 09:30',
  due_at: '30 November 2026 at 18:00',
  agency: { name: 'Gana City Hall', phone: '031-000-1234' },
  officer: { department: 'Roads Division', name: 'Kim Damdang', contact: '031-000-1234' },
  answer: 'We have looked at it and will replace the stones by 25 November.\nWe are sorry for the trouble.',
  from_agency: 'Dara City Hall',
  reason: 'Another office is in charge of this.',
  follow_up: 'At what time will the work begin?',
  step: 'Supplement requested',
  step_text: 'By: 2026-11-27\nPlease send a picture of the broken stones.',
  duty: 'Tell the complainant of the progress (Decree, article 23).',
  kept: 'foreigner registration number: Enforcement Decree of the Employment Insurance Act, article 145-2',
  masked: 'resident registration number',
};

/** What can be absent is absent: such a notice must read well, too. */
export type Completeness = 'full' | 'sparse';

export function previewValues(language: Language, completeness: Completeness): TemplateValues {
  const full = language === 'ko' ? korean : english;
  if (completeness === 'full') return full;
  const absent = Object.entries(sparseValues).flatMap(([name, value]) => (value === null ? name : []));
  return {
    ...full,
    ...Object.fromEntries(absent.map((name) => [name, null])),
    agency: { ...full.agency, phone: null },
  };
}

/** The value of a variable such as `agency.name`, to show beside its name. */
export function toExample(values: TemplateValues, variable: string): string {
  const found = variable
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | null)?.[part], values);
  return typeof found === 'string' ? found : '';
}
