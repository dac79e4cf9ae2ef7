import type { ReasonTexts } from '../reason-texts.ts';

/** The kinds of BoardError (adapters/contract.ts). They stand alone or before a board's own words. */
export const readingReasons = {
  unreachable_because: ['연결되지 않음: {detail}', 'unreachable: {detail}'],
  busy_because: ['게시판이 기다려 달라고 함: {detail}', 'busy: {detail}'],
  unauthorised_because: [
    '인증 거절: {detail}. 기관 설정의 인증 정보를 확인하십시오',
    'unauthorised: {detail}',
  ],
  malformed_because: ['설정과 맞지 않는 응답: {detail}', 'malformed: {detail}'],
  unreachable: ['연결되지 않음', 'unreachable'],
  busy: ['게시판이 기다려 달라고 함', 'busy'],
  unauthorised: ['인증 거절', 'unauthorised'],
  malformed: ['설정과 맞지 않는 응답', 'malformed'],
} as const satisfies ReasonTexts;
