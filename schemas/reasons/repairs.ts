import type { ReasonTexts } from '../reason-texts.ts';

/** Results of a repair, and why a board cannot be compared (hub/exchange/reconcile). */
export const repairsReasons = {
  brought_again: ['다시 보낸 사건: {events}', 'brought again: {events}'],
  taken_in: ['받아들임: {number}', 'taken in: {number}'],
  item_parked: ['보류함으로 감: {detail}. 보류 화면에서 처리하십시오', 'parked: {detail}'],
  item_refused: ['받아들일 수 없음: {detail}', 'refused: {detail}'],
  held_again: ['게시판에 다시 있음', 'the board holds it again'],
  held_no_more: ['게시판에 더 이상 없음', 'the board does not hold it any more'],
  read_from_beginning: ['게시판을 처음부터 다시 읽음', 'the board is read again from its beginning'],
  link_under_way: ['진행 중인 전달이 끝나기를 기다림', 'waits until its link is at rest'],
  link_gone: ['연계가 없거나 기관에 게시판이 없음', 'the link is gone, or its agency has no board now'],
  nothing_helps: ['보내서 고칠 수 없음. 게시판에서 직접 바로잡으십시오', 'nothing can be sent that helps'],
  holds_cannot_be_told: [
    '이 게시판은 무엇이 있는지 알려 줄 수 없습니다. 설정에 fingerprints나 pull이 필요합니다',
    'this board cannot tell what it holds (fingerprints or pull)',
  ],
  not_polled_to_its_end: [
    '{n}초 안에 게시판을 끝까지 읽지 못했습니다. 잠시 뒤 일치 확인을 다시 하십시오',
    'the board could not be polled to its end within {n} s',
  ],
} as const satisfies ReasonTexts;
