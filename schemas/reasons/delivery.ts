import type { ReasonTexts } from '../reason-texts.ts';

/** How a delivery ended (adapters, hub/exchange). */
export const deliveryReasons = {
  carries_not: [
    '이 게시판은 "{event}" 사건을 받지 않습니다. 게시판에 직접 적고 건너뛰거나, 기관 설정에 더하십시오',
    'this board carries no event "{event}"',
  ],
  holds_not: [
    '이 게시판은 "{event}" 사건을 담지 않습니다. 파일을 다른 방법으로 전하고 이 파일 없이 진행하십시오',
    'this board holds no event "{event}"',
  ],
  holds_not_event_of_file: [
    '이 게시판은 파일이 딸린 사건을 담지 않습니다. 파일을 다른 방법으로 전하고 이 파일 없이 진행하십시오',
    'this board does not hold the event of the file',
  ],
  not_held: [
    '게시판에 아직 이 민원이 없습니다. 접수가 먼저 전달되었는지 확인하고 다시 시도하십시오',
    'the board does not hold this complaint yet',
  ],
  no_row_deleted: [
    '게시판 {table} 테이블에 이 {by}의 행이 없습니다. 글이 지워졌다면 게시판을 대사하십시오',
    'the board has no row in {table} for this {by}; was the post deleted?',
  ],
  no_row: [
    '게시판 {table} 테이블에 이 {by}의 행이 없습니다. 게시판에서 그 글을 확인하십시오',
    'the board has no row in {table} for this {by}',
  ],
  nothing_to_send: [
    '기관 설정의 변환식이 보낼 내용을 만들지 않았습니다. 설정을 고치고 다시 시도하십시오',
    'the mapping gives nothing to send',
  ],
  no_post_named: [
    '게시판의 응답에 글 번호가 없습니다. 게시판에 글이 생겼는지 확인하십시오',
    'the reply does not name the post',
  ],
  no_file_named: [
    '게시판의 응답에 파일 번호가 없습니다. 게시판에 파일이 있는지 확인하십시오',
    'the reply does not name the file',
  ],
  skipped_by: ['{user}이(가) 건너뜀: {detail}', '{user}: {detail}'],
  not_writable: [
    '이 종류의 게시판에는 쓸 수 없습니다. 게시판에 직접 적고 건너뛰십시오',
    'this kind of board cannot be written to',
  ],
  no_files: [
    '이 게시판은 파일을 받지 않습니다. 파일을 다른 방법으로 전하고 이 파일 없이 진행하십시오',
    'this board takes no files',
  ],
  file_withheld: [
    '이 기관이 이 민원에서 맡은 역할에는 민원인의 첨부 파일을 제공하지 않습니다(기관 설정의 제공 항목)',
    "this agency does not get the complainant's files in its role (`disclosure` in its configuration)",
  ],
  failed_alone: [
    '게시판이 다른 건은 받으면서 이 건은 {n}번 실패했습니다: {detail}. 게시판에 있는지 보고 다시 시도하거나 건너뛰십시오',
    'the board failed at this {n} times while it took others: {detail}',
  ],
  adapter_failed: [
    '연계 모듈 오류: {detail}. 되풀이되면 모듈을 만든 곳에 알리십시오',
    'the adapter failed: {detail}',
  ],
  not_asked: ['지금 게시판에 물어볼 수 없습니다: {detail}', 'the board cannot be asked now: {detail}'],
  settling: [
    '응답이 없었으나 게시판이 아직 처리하고 있을 수 있습니다. 다시 보내지 않고 게시판에 계속 확인합니다',
    'there was no reply, but the board may still be working on it: it is asked again before anything is sent again',
  ],
  sent_unknown: [
    '보냈으나 응답이 없고 이 게시판에는 확인할 수 없습니다. 게시판에 있는지 보고 다시 보내거나 건너뛰십시오',
    'sent without a reply, and this board cannot be asked; see whether it is there, then retry or skip',
  ],
  file_unknown: [
    '보냈으나 응답이 없고 이 게시판에는 파일을 확인할 수 없습니다. 게시판에 있는지 보고 다시 보내거나 건너뛰십시오',
    'sent without a reply, and this board cannot be asked for files; see whether it is there, then retry or skip',
  ],
  credentials_refused: [
    '게시판이 인증을 거절했습니다: {detail}. 기관 설정의 인증 정보를 확인하십시오',
    'credentials refused: {detail}',
  ],
  credentials_missing: [
    '인증 정보가 없습니다: {reference}을(를) 읽을 수 없습니다. 이 값을 읽는 서버에 넣으십시오',
    'credentials are missing: {reference} cannot be read',
  ],
  unexpected_reply: [
    '예상과 다른 응답입니다: {detail}. 기관 설정의 게시판 주소를 확인하십시오',
    'not the reply that was expected: {detail}',
  ],
  no_connection: ['연결할 수 없습니다: {detail}', 'no connection: {detail}'],
  no_session: ['{server}에 접속할 수 없습니다: {detail}', 'no session with {server}: {detail}'],
  connection_lost: ['연결이 끊겼습니다: {detail}', 'connection lost: {detail}'],
  no_reply: ['보냈으나 응답을 다 받지 못했습니다: {detail}', 'sent, but no whole reply came: {detail}'],
  given_up: ['기다리다 중단했습니다', 'given up while waiting'],
  not_sent: ['보내기 전에 중단했습니다', 'given up before it was sent'],
  timed_out: ['{n}초 안에 응답이 없습니다', 'no reply within {n} s'],
  reply_too_large: [
    '응답이 너무 큽니다. 게시판이 한 번에 적게 보내도록 기관 설정을 고치십시오',
    'the reply is too large',
  ],
  wsdl_unreadable: [
    'WSDL을 읽을 수 없습니다: {detail}. 기관 설정의 주소를 확인하십시오',
    'the WSDL cannot be read: {detail}',
  ],
  no_list: [
    '응답에 글 목록이 없습니다. 기관 설정의 pull.items를 확인하십시오',
    'the reply holds no list of posts (pull.items)',
  ],
  no_column: [
    '이 테이블에 없는 열입니다. 기관 설정에서 열 이름을 바로잡으십시오',
    'is no column of this table',
  ],
  unencodable: [
    '{charset} 문자집합으로 쓸 수 없는 글자가 있습니다: {characters}. 다시 시도해도 쓸 수 없습니다. 그 글자를 바꾸어 보내거나, 게시판에 직접 적고 건너뛰십시오',
    'cannot be written in {charset}: {characters}',
  ],
} as const satisfies ReasonTexts;
