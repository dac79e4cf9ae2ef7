import type { ReasonTexts } from '../reason-texts.ts';

/** Why a board cannot be read (adapters/contract.ts, BoardError). */
export const readingReasons = {
  unauthorised_refused: [
    '게시판이 인증을 거절했습니다: {detail}',
    'unauthorised: credentials refused: {detail}',
  ],
  unreachable_connection: ['연결할 수 없습니다: {detail}', 'unreachable: no connection: {detail}'],
  malformed_reply: [
    '예상과 다른 응답입니다: {detail}',
    'malformed: not the reply that was expected: {detail}',
  ],
  unreachable_because: ['연결되지 않음: {detail}', 'unreachable: {detail}'],
  busy_because: ['게시판이 기다려 달라고 함: {detail}', 'busy: {detail}'],
  unauthorised_because: ['인증 거절: {detail}', 'unauthorised: {detail}'],
  malformed_because: ['설정과 맞지 않는 응답: {detail}', 'malformed: {detail}'],
  unreachable: ['연결되지 않음', 'unreachable'],
  busy: ['게시판이 기다려 달라고 함', 'busy'],
  unauthorised: ['인증 거절', 'unauthorised'],
  malformed: ['설정과 맞지 않는 응답', 'malformed'],

  // What is stopped by refused credentials (hub/alerts/find-conditions.ts).
  delivery: ['전달', 'delivery'],
  poll: ['수집', 'poll'],
} as const satisfies ReasonTexts;
