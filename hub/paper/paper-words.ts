import type { Language } from '../../schemas/index.ts';

/** The words of the document, in Korean and in English. */
const paperWords = {
  result: ['민원 처리 결과', 'Result of a complaint'],
  refusal: ['민원 처리 결과 (거부)', 'Result of a complaint: refused'],
  complaint: ['민원 접수 내용', 'Complaint'],
  receiptNumber: ['접수번호', 'Receipt number'],
  originNumber: ['접수기관 번호', 'Number of the origin'],
  takenIn: ['접수일시', 'Taken in'],
  filed: ['신청일시', 'Filed'],
  due: ['처리기한', 'Due'],
  complainant: ['신청인', 'Complainant'],
  kind: ['민원 종류', 'Kind'],
  status: ['처리상태', 'Status'],
  origin: ['접수기관', 'Origin'],
  assignee: ['처리기관', 'Assignee'],
  officer: ['담당자', 'Officer'],
  content: ['민원 내용', 'Complaint'],
  title: ['제목', 'Title'],
  answer: ['답변', 'Answer'],
  second: ['재답변', 'Further answer'],
  at: ['일시', 'Date'],
  agency: ['기관', 'Agency'],
  reasons: ['거부 사유', 'Reasons of the refusal'],
  remedies: ['구제 방법', 'Ways to object'],
  files: ['붙임', 'Attached files'],
  course: ['처리 경과', 'Course of events'],
  qrCode: ['접수번호 {0}의 QR 코드', 'QR code of the receipt number {0}'],
  made: ['{0} 출력 · 접수번호 {1}', 'Made {0} · receipt number {1}'],
  page: ['{0} / {1}쪽', 'Page {0} of {1}'],
  missing: [
    '〓 표시는 이 문서의 글꼴에 없는 글자입니다: {0}',
    '〓 stands for signs that the fonts of this document lack: {0}',
  ],
} as const satisfies Record<string, readonly [ko: string, en: string]>;

export type PaperWord = keyof typeof paperWords;

/** A word in the reader's language. `{0}`, `{1}` … stand for values; those that are not given stay. */
export const toPaperWord = (name: PaperWord, language: Language, ...values: string[]): string =>
  fillIn(paperWords[name][language === 'ko' ? 0 : 1], ...values);

export const fillIn = (text: string, ...values: string[]): string =>
  text.replace(/\{(\d)\}/g, (place, at) => values[Number(at)] ?? place);

const options = { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone: 'Asia/Seoul' } as const;
const formats = {
  ko: new Intl.DateTimeFormat('ko-KR', options),
  en: new Intl.DateTimeFormat('en-GB', options),
};

/** 2026년 11월 30일 18:25 (ko), 30 November 2026 at 18:25 (en), in Korean time. */
export const toPaperTime = (at: string | Date, language: Language): string =>
  formats[language].format(new Date(at));
