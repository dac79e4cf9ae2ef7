/**
 * Reasons that the hub and the kit of the adapters give, by their code: Korean, and the English in which they are written
 * where they arise and kept. `{detail}` is a reason again; what a board says itself stays in its own words.
 */
export const phrases = {
  // What a document has or lacks (schemas/validate.ts; the rest of these are ajv's own).
  required: ['필수 항목입니다', 'is required'],
  unknown_field: ['모르는 항목입니다', 'is not a known field'],
  one_of: ['다음 중 하나여야 합니다: {words}', 'must be one of {words}'],
  date_time: [
    '시간대가 있는 날짜와 시각이어야 합니다 (예: 2026-11-20T09:30:00+09:00)',
    'must be a date and time with offset, for example 2026-11-20T09:30:00+09:00 (RFC 3339)',
  ],
  email: [
    '전자우편 주소여야 합니다 (예: hong@example.kr)',
    'must be an e-mail address, for example hong@example.kr',
  ],
  uri: ['전체 주소(URI)여야 합니다', 'must be an absolute URI'],
  type: ['{type} 형식이어야 합니다', 'must be {type}'],
  too_short: ['{n}자 이상이어야 합니다', 'must NOT have fewer than {n} characters'],
  too_long: ['{n}자를 넘을 수 없습니다', 'must NOT have more than {n} characters'],
  too_many: ['{n}개를 넘을 수 없습니다', 'must NOT have more than {n} items'],
  pattern: ['형식이 맞지 않습니다: {pattern}', 'must match pattern {pattern}'],

  // What a mapping makes of a post (adapters/kit).
  unknown_code: [
    '코드 대응표 "{table}"에 "{value}"이(가) 없습니다. 있는 코드: {known}',
    'code table "{table}" has no entry for "{value}"; known: {known}',
  ],
  record_without_id: [
    '번호를 쓸 수 없는 글입니다: {detail}. 게시판에서 바로잡으면 저절로 들어옵니다',
    'this record has no usable id: {detail}',
  ],
  record_without_time: [
    '글의 시각을 읽을 수 없습니다: {detail}. 게시판에서 바로잡으면 저절로 들어옵니다',
    'the time of this record cannot be read: {detail}',
  ],
  record_read_without_id: [
    '번호 없이 읽은 글입니다. 게시판에서 바로잡으면 저절로 들어옵니다',
    'this record was read without an id: correct it on the board, and it comes by itself',
  ],
  missing: ['값이 없습니다', 'it is missing'],
  georeport_id_missing: ['service_request_id가 없습니다', 'service_request_id is missing'],
  no_id_kind: [
    '정수도 1~200자의 글자도 아닙니다',
    'neither a whole number nor a text of 1 to 200 characters',
  ],
  no_instant: ['"{value}"은(는) 시각이 아닙니다', '"{value}" is no instant'],
  shared_thread: [
    '{posts}번 글이 답글 묶음(wr_num {number})을 함께 써서 어느 글의 답변인지 알 수 없습니다 ({place})',
    'posts {posts} share wr_num {number}: nobody can tell which of them a reply answers ({place})',
  ],
  not_a_date: ['"{value}"은(는) 날짜가 아닙니다 ({expected})', '"{value}" is not a date ({expected})'],
  damaged: [
    '깨진 글자가 있습니다 ({sign}). 줄바꿈과 탭만 허용합니다',
    'contains damaged characters ({sign}); only line ends and tabs are accepted',
  ],
  xml_entity: [
    'XML에 없는 개체 {entity}이(가) 있습니다. 글자를 그대로 보내야 합니다',
    'contains the entity {entity}, which XML has not; send the character itself',
  ],
  control: [
    '제어 문자가 있습니다 ({sign}). 줄바꿈과 탭만 허용합니다',
    'contains a control character ({sign}); only line ends and tabs are accepted',
  ],
  xml_too_large: [
    '응답의 XML에 {what}이(가) {n}개를 넘습니다. 게시판이 한 번에 적게 보내야 합니다',
    'the reply holds more than {n} XML {what}',
  ],
  unstorable: [
    'NUL이나 깨진 유니코드 글자가 있습니다',
    'contains a NUL or half of a surrogate pair; send text without them',
  ],

  // What an agency may say of a complaint (hub/board, hub/exchange/intake/judge.ts).
  content_required: [
    '허브가 모르는 민원이라 내용이 필요합니다',
    'is required: the hub does not know this complaint yet',
  ],
  unknown_agency: ['{agency} 기관이 없습니다', 'there is no agency {agency}'],
  in_the_future: [
    '미래의 시각입니다. 접수 시각과 시간대를 확인하십시오',
    'lies in the future: send when the complaint was filed, with the right offset from UTC',
  ],
  transfer_required: [
    '이송 상태에는 이송할 기관이 필요합니다',
    'is required with the status transferred: to which agency?',
  ],
  not_yours: ['{owner} 기관이 정할 내용입니다 ({agency} 아님)', 'is for {owner} to say, not for {agency}'],
  too_late: ['이미 늦었습니다. 현재 상태: {status}', 'comes too late: it is {status}'],
  assignee_already: ['{agency} 기관이 이미 처리기관입니다', '{agency} is the assignee already'],
  status_order: ['{to} 상태로 바꿀 수 없습니다. 현재 상태: {from}', 'cannot become {to}: it is {from}'],
  no_complaint: ['그런 민원이 없습니다', 'there is no such complaint'],
  no_receipt_number: ['이 허브의 접수번호가 아닙니다', 'is not a receipt number of this hub'],
  no_part: ['이 기관과 관계없는 민원의 접수번호입니다', 'names a complaint in which this agency has no part'],
  held_already: ['게시판의 {post}번 글이 이미 이 민원입니다', "is held by the board's post {post} already"],
  another_post: [
    '다른 글입니다. 게시판의 {post}번 글은 {number}로 알려져 있습니다. 이 게시판을 대사하십시오',
    "is another: the hub knows the board's post {post} as {number}; reconcile this board",
  ],
  restored_board: [
    '다른 글입니다. 게시판의 {post}번 글은 {at}에 접수된 {number}로 알려져 있습니다. 게시판을 되돌렸다면 대사하십시오',
    "is another: the hub knows the board's post {post} as {number}, filed at {at}; was the board restored? Reconcile it",
  ],
  no_board_now: ['{agency} 기관에 지금 게시판이 없습니다', 'the agency {agency} has no board now'],

  // How a delivery ended (adapters, hub/exchange).
  carries_not: ['이 게시판은 "{event}" 사건을 받지 않습니다', 'this board carries no event "{event}"'],
  holds_not: ['이 게시판은 "{event}" 사건을 담지 않습니다', 'this board holds no event "{event}"'],
  not_held: ['게시판에 아직 이 민원이 없습니다', 'the board does not hold this complaint yet'],
  no_row_deleted: [
    '게시판 {table} 테이블에 이 {by}의 행이 없습니다. 글이 지워졌습니까?',
    'the board has no row in {table} for this {by}; was the post deleted?',
  ],
  no_row: [
    '게시판 {table} 테이블에 이 {by}의 행이 없습니다',
    'the board has no row in {table} for this {by}',
  ],
  nothing_to_send: ['연계 설정이 보낼 내용을 만들지 않았습니다', 'the mapping gives nothing to send'],
  no_post_named: ['응답에 글 번호가 없습니다', 'the reply does not name the post'],
  no_file_named: ['응답에 파일 번호가 없습니다', 'the reply does not name the file'],
  not_writable: ['이 종류의 게시판에는 쓸 수 없습니다', 'this kind of board cannot be written to'],
  no_files: ['이 게시판은 파일을 받지 않습니다', 'this board takes no files'],
  failed_alone: [
    '게시판이 다른 건은 받으면서 이 건은 {n}번 실패했습니다: {detail}',
    'the board failed at this {n} times while it took others: {detail}',
  ],
  adapter_failed: ['연계 모듈 오류: {detail}', 'the adapter failed: {detail}'],
  not_asked: ['지금 게시판에 물어볼 수 없습니다: {detail}', 'the board cannot be asked now: {detail}'],
  sent_unknown: [
    '보냈으나 응답이 없고 이 게시판에는 확인할 수 없습니다. 게시판에 있는지 보고 다시 보내거나 건너뛰십시오',
    'sent without a reply, and this board cannot be asked; see whether it is there, then retry or skip',
  ],
  file_unknown: [
    '보냈으나 응답이 없고 이 게시판에는 파일을 확인할 수 없습니다. 게시판에 있는지 보고 다시 보내거나 건너뛰십시오',
    'sent without a reply, and this board cannot be asked for files; see whether it is there, then retry or skip',
  ],
  credentials_refused: ['게시판이 인증을 거절했습니다: {detail}', 'credentials refused: {detail}'],
  credentials_missing: [
    '인증 정보가 없습니다: {reference}을(를) 읽을 수 없습니다',
    'credentials are missing: {reference} cannot be read',
  ],
  unexpected_reply: ['예상과 다른 응답입니다: {detail}', 'not the reply that was expected: {detail}'],
  no_connection: ['연결할 수 없습니다: {detail}', 'no connection: {detail}'],
  no_session: ['{server}에 접속할 수 없습니다: {detail}', 'no session with {server}: {detail}'],
  connection_lost: ['연결이 끊겼습니다: {detail}', 'connection lost: {detail}'],
  no_reply: ['보냈으나 응답을 다 받지 못했습니다: {detail}', 'sent, but no whole reply came: {detail}'],
  given_up: ['기다리다 중단했습니다', 'given up while waiting'],
  not_sent: ['보내기 전에 중단했습니다', 'given up before it was sent'],
  timed_out: ['{n}초 안에 응답이 없습니다', 'no reply within {n} s'],
  reply_too_large: ['응답이 너무 큽니다', 'the reply is too large'],
  wsdl_unreadable: ['WSDL을 읽을 수 없습니다: {detail}', 'the WSDL cannot be read: {detail}'],
  no_list: ['응답에 글 목록이 없습니다 (pull.items)', 'the reply holds no list of posts (pull.items)'],
  no_column: ['이 테이블에 없는 열입니다', 'is no column of this table'],
  unencodable: [
    '{charset} 문자집합으로 쓸 수 없는 글자가 있습니다: {characters}',
    'cannot be written in {charset}: {characters}',
  ],

  // Why a board cannot be read (adapters/contract.ts, BoardError).
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

  // Files (hub/attachments).
  file_too_large: ['{size}보다 큽니다', 'is larger than {size}'],
  files_too_large: [
    '한 글의 파일을 모두 더하면 {size}보다 큽니다',
    'the files of one text are larger than {size} together',
  ],
  too_many_files: ['한 글의 파일이 {n}개를 넘습니다', 'more than {n} files come with one text'],
  file_empty: ['내용이 없습니다', 'has no content'],
  file_infected: ['악성 코드가 있습니다: {name}', 'clamd found {name} in it'],
  file_digest: ['SHA-256이 알려 온 값과 다릅니다', 'its SHA-256 is not the one that was announced'],

  // Notices (hub/notify).
  land_line: ['전자우편이 없고 유선 전화번호입니다', 'no e-mail address, and the number is a land line'],
  no_contact: ['전자우편도 전화번호도 없습니다', 'neither e-mail nor phone is known'],
  no_officer: ['알릴 담당자가 기관에 없습니다', 'the agency has no officer to tell'],
  korean_only: ['발송 서버가 국내 번호로만 보냅니다', 'the gateway reaches Korean numbers only'],
  may_have_arrived: ['{detail}. 도착했을 수도 있습니다', '{detail}; it may have arrived'],
  told_otherwise: ['{detail}. 대신 {channel}(으)로 알렸습니다', '{detail}; told by {channel} instead'],

  // Mailboxes (adapters/mail).
  mail_carries_not: ['이 기관에는 "{event}" 메일을 보내지 않습니다', 'this agency gets no mail of "{event}"'],
  mail_not_held: [
    '담당자가 아직 이 민원의 메일을 받지 못했습니다',
    'the officers have no mail of this complaint yet',
  ],
  mail_file_too_large: [
    '파일이 {size}바이트로, 메일로 보낼 수 있는 크기({limit})를 넘습니다',
    'the file has {size} bytes, more than goes by mail (maxFileBytes: {limit})',
  ],
  mail_many_complaints: [
    '한 번에 민원 {n}건에 대한 메일입니다. 답변은 한 건씩 보내야 합니다',
    'belongs to {n} complaints at once; an answer belongs to one',
  ],
  mail_forged: [
    '회신 주소의 서명이 맞지 않습니다. 도중에 바뀌었거나, 다른 기관의 것이거나, 지어낸 주소입니다',
    'the reply address is signed wrongly: changed on the way, of another agency, or guessed',
  ],
  mail_no_address: [
    '이 기관의 회신 주소가 없어 어느 민원인지 알 수 없습니다',
    'holds no reply address of this agency: it is unknown to which complaint it belongs',
  ],
  mail_no_sender: ['보낸 사람이 한 명이어야 합니다', 'must name one sender'],
  mail_own: [
    '회신 주소에서 온 메일입니다. 허브가 보낸 메일이 되돌아왔습니다',
    'comes from a reply address: a mail of ours that came back',
  ],
  mail_stranger: [
    '{sender}은(는) 이 기관의 담당자가 아닙니다 (설정: officers, alsoFrom)',
    "{sender} is none of the agency's officers (settings: officers, alsoFrom)",
  ],
  mail_who: ['누구의 메일입니까? {detail}', 'who is this? {detail}'],
  mail_unreporting: [
    '이 기관의 메일 서버는 보낸 사람을 확인해 주지 않습니다 (설정: trustedAuthservId: none)',
    'the mail server of this agency reports nothing about senders (settings: trustedAuthservId: none)',
  ],
  mail_results_unreadable: [
    '메일 서버의 확인 결과를 읽을 수 없습니다 (RFC 8601, 2.2, {server})',
    'the results of the mail server cannot be read (RFC 8601, 2.2, {server})',
  ],
  mail_authserv_id: [
    '필수 항목입니다: 메일 서버가 Authentication-Results에 쓰는 이름, 또는 none (이 경우 모든 회신을 사람이 확인합니다)',
    "is required: the name under which the mailbox's server writes Authentication-Results, or none: then each reply waits for a person",
  ],
  mail_by_program: [
    '담당자가 아닌 곳의 프로그램이 보낸 메일입니다',
    'a program wrote it, and not for an officer of the agency',
  ],
  mail_like_program: [
    '프로그램이 보낸 메일처럼 보이지만 내용이 있습니다',
    'it looks like the mail of a program, and has words of its own',
  ],
  mail_text_too_long: [
    '메일에서 읽는 것보다 긴 글입니다. 전문은 메일함에 있습니다',
    'the text is longer than is read of a mail: it is in the mailbox',
  ],
  mail_noted_receipt: [
    '허브의 메일을 열었거나 지웠다는 알림 (RFC 8098)',
    'a mail of ours was opened or deleted (RFC 8098)',
  ],
  mail_noted_reply: ['담당자의 자동 회신', 'an automatic reply of an officer'],
  mail_noted_delivery: [
    '허브의 메일이 아직 가는 중이거나 도착했다는 알림 (RFC 3464)',
    'a mail of ours is still on its way, or has arrived (RFC 3464)',
  ],
  mail_sender_unreported: [
    '메일 서버가 보낸 사람을 확인하지 않았습니다 ({server}의 결과 없음)',
    'the mail server reported nothing about the sender (no result of {server})',
  ],
  mail_sender_unproved: [
    '보낸 사람이 확인되지 않았습니다 ({results})',
    'the sender is not proved ({results})',
  ],
  mail_no_answer: [
    '인용문을 빼면 답변 내용이 없습니다',
    'no word of an answer is left when the quoted mail is taken out',
  ],
  mail_transfer_form: [
    '기관 코드와 사유가 필요합니다: [이송] 기관코드: 사유',
    'needs the code of an agency and a reason: [이송] 기관코드: 사유',
  ],
  mail_bounced: [
    '이 민원의 메일이 {who}에게 도착하지 못했습니다. 설정의 주소를 고치고 다시 보내십시오',
    'a mail about this complaint did not arrive at {who}: correct the address in the settings and send it again',
  ],
  mail_answered: ['메일 서버의 응답: {reply}', 'the mail server answered {reply}'],
  mail_recipients: [
    '메일 서버가 일부 받는 사람을 거절했습니다',
    'the mail server does not take mail for every recipient',
  ],

  // What an agent's machine does not let the hub's configuration use (adapters/agent/allowed.ts, adapters/kit).
  not_allowed_there: [
    '이 서버의 agent.yaml이 허용하지 않습니다: {what}. 맞다면 그 서버에서 `minwon-agent allow`를 실행하거나 agent.yaml의 allow에 적으십시오',
    'this machine does not allow {what}. If it is right, run `minwon-agent allow` there, or write it in agent.yaml below `allow`',
  ],
  host_not_allowed_there: [
    '{host}에 접속하지 않았습니다. 이 서버가 허용하지 않습니다. 게시판이 거기 있다면 agent.yaml에 적으십시오: allow: { hosts: ["{same}"] }',
    '{host} is not called: this machine does not allow it. If the board is there, write in agent.yaml: allow: { hosts: ["{same}"] }',
  ],
  path_not_allowed_there: [
    '{path}을(를) 열지 않았습니다. 이 서버가 허용하지 않습니다. 게시판에 필요하다면 agent.yaml에 적으십시오: allow: { paths: ["{same}"] }',
    '{path} is not opened: this machine does not allow it. If the board needs it, write in agent.yaml: allow: { paths: ["{same}"] }',
  ],

  // Open311 and webhooks.
  webhook_carries_not: [
    '이 웹훅은 "{event}" 사건을 보내지 않습니다',
    'this webhook carries no event "{event}"',
  ],
  webhook_not_read: [
    '웹훅은 보내기만 합니다. 읽을 것이 없습니다',
    'a webhook is only written to; nothing is read from it',
  ],
  request_needed: [
    '"{event}" 사건에는 신고 번호가 필요한데 이 게시판에는 아직 없습니다',
    '"{event}" needs a request, and this board does not hold it',
  ],
  no_request_named: [
    '응답에 신고 번호도 접수 토큰도 없습니다',
    'the reply names neither the request nor a token',
  ],
  token_waiting: [
    '접수 토큰 {token}을(를) 받았고 신고 번호는 아직 없습니다',
    'taken as token {token}, which has no request yet',
  ],
  description_too_long: [
    '이 게시판에는 너무 깁니다: 제목·담당자·번호를 더해 {n}자, 최대 {limit}자',
    'is too long for this board: {n} characters with title, officer and number, at the most {limit}',
  ],
  text_too_long_for_expression: [
    '{n}자인 글은 표현식에 너무 깁니다: 최대 {most}',
    'a text of {n} characters is too long for an expression: at the most {most}',
  ],
  expression_too_slow: ['표현식이 {n}ms를 넘겨 중단되었습니다', 'it took longer than {n} ms'],
  expression_too_large: ['표현식이 메모리 {n}MB를 넘겨 중단되었습니다', 'it took more than {n} MB of memory'],
} as const satisfies Record<string, readonly [ko: string, en: string]>;

export type ReasonCode = keyof typeof phrases;
