import { createClockRules } from '../../../hub/clock/deadline.ts';
import type { Directory } from '../../../hub/configuration/directory.ts';
import type { Agency } from '../../../schemas/index.ts';

const agencies: Agency[] = [
  {
    code: 'road',
    name: { ko: '도로관리사업소', en: 'Road Office' },
    phone: '051-123-4567',
    officers: [{ name: '박도로', department: '도로관리과', email: 'road@example.kr' }],
    board: {
      adapter: 'rest',
      settings: { url: 'http://127.0.0.1:1/', token: 'env:ROAD_TOKEN' },
      rate: { calls: 60, per: 'minute' },
      maintenance: [
        { days: ['sat', 'sun'], from: '23:00', to: '05:30' },
        { date: '2026-12-31', from: '18:00' },
      ],
    },
  },
  {
    code: 'tax',
    name: { ko: '중소기업세무지원센터', en: 'Tax Support Centre' },
    officers: [{ name: '이세무', email: 'tax@example.kr' }],
    board: { adapter: 'soap', settings: { url: 'http://127.0.0.1:1/' } },
  },
  {
    code: 'park',
    name: { ko: '공원녹지과' },
    officers: [{ name: '최공원' }],
    consents: [
      {
        ...{ purpose: 'contact', items: ['phone', 'email'], days: 365, version: '2026-1' },
        text: {
          ko: '담당자가 전화와 전자우편으로 직접 연락드립니다. 동의하지 않으셔도 민원은 그대로 처리됩니다. 동의하십니까?',
          en: 'Our officers will speak to you directly by telephone and e-mail. Your complaint is handled all the same if you refuse.',
        },
      },
      {
        ...{ purpose: 'survey', items: ['name', 'phone'], days: 180, version: 'S-2', required: true },
        text: { ko: '만족도 조사에 참여하시려면 이름과 전화번호가 필요합니다. 동의하십니까?' },
      },
    ],
    retention: [
      { kinds: ['query', 'law_query'], years: 3, source: '기록관리기준표 12-1' },
      { years: 10, source: '기록관리기준표 12' },
    ],
  },
];

/** A directory of three agencies: with a REST board, with a SOAP board, and without any. */
export const sampleDirectory: Directory & { clock: typeof createClockRules } = {
  findAgency: (code) => agencies.find((agency) => agency.code === code),
  listAgencies: () => agencies,
  clock: () => createClockRules(),
  routing: () => ({ rules: [], default: 'road' }),
};
