import type { StatutoryItem } from '../../../schemas/index.ts';

const head = ['사무명', '처리기간', '근거법령', '시행일', '구비서류', '수수료', '담당부서'];

/** The rows of the table with its headings, as `readItemTable` reads them. */
export const toItemRows = (items: readonly StatutoryItem[]): string[][] => [
  head,
  ...items.map((item) => [
    item.name,
    'days' in item ? `${item.days}일` : `${item.hours}시간`,
    item.law,
    item.from,
    (item.documents ?? []).join('\n'),
    item.fee ?? '',
    item.department ?? '',
  ]),
];
