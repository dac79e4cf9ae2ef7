import type { Language } from '../../schemas/index.ts';
import { fillIn } from '../paper/paper-words.ts';

/** The words of a bundle's summary, in Korean and in English. */
const summaryWords = {
  title: ['민원 증거 묶음', 'Evidence bundle of a complaint'],
  bundle: ['이 묶음', 'This bundle'],
  made_by: ['만든 사람', 'Made by'],
  reason: ['까닭', 'Reason'],
  masked: ['개인정보 가림', 'Persons masked'],
  yes: ['예', 'Yes'],
  no: ['아니오', 'No'],
  fingerprint: ['서명 열쇠의 지문(SHA-256)', 'Fingerprint of the signing key (SHA-256)'],
  how: [
    '이 요약은 records.json을 사람이 읽도록 옮긴 것입니다. 바뀌지 않았는지는 확인 페이지나 hub evidence verify로 확인하고, 열쇠의 지문을 기관이 따로 알려 준 것과 견주십시오.',
    'This summary tells people what records.json says. Whether it was changed is seen by the verifier page or by hub evidence verify; compare the fingerprint of the key with the one that the agency told you otherwise.',
  ],
  attempts: ['기관 게시판에 전한 시도', "Attempts at the agencies' boards"],
  attempt: ['{0}: 이력 {1}번, {2}', '{0}: event {1}, {2}'],
  notices: ['알림과 영수', 'Notices and their receipts'],
  notice: ['{0}, {1} {2}: {3}, 접수 번호 {4}, 보고 {5}', '{0}, {1} {2}: {3}, provider id {4}, report {5}'],
  files: ['첨부 파일의 지문', 'Digests of the files'],
  access: ['누가 보았는지(접속기록)', 'Who saw it (access log)'],
  none: ['없음', 'None'],
} as const satisfies Record<string, readonly [ko: string, en: string]>;

export type SummaryWord = keyof typeof summaryWords;

export const toSummaryWord = (name: SummaryWord, language: Language, ...values: string[]): string =>
  fillIn(summaryWords[name][language === 'ko' ? 0 : 1], ...values);
