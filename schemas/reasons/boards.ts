import type { ReasonTexts } from '../reason-texts.ts';

/**
 * Problems of a call to a board (adapters/kit/http, adapters/rest, adapters/soap). Others are in
 * schemas/reasons/delivery.ts.
 */
export const boardsReasons = {
  http_status: ['HTTP 응답 {status}: {detail}', 'HTTP {status}: {detail}'],
  no_reason_given: ['이유를 알려 오지 않았습니다', 'no reason given'],
  html_page: ['HTML 페이지로 응답했습니다', 'an HTML page'],
  html_page_titled: ['HTML 페이지로 응답했습니다: {title}', 'an HTML page: {title}'],
  reply_unreadable: [
    '응답을 읽을 수 없습니다: {detail}. 기관 설정의 게시판 주소를 확인하십시오',
    'the reply cannot be read: {detail}',
  ],
  reply_not_unpacked: ['응답의 압축을 풀 수 없습니다: {detail}', 'the reply cannot be unpacked: {detail}'],
  packed_often: ['{count}번 겹쳐 압축되었습니다', 'packed {count} times'],
  packed_unknown: [
    '요청하지 않은 방식({encoding})으로 압축되었습니다',
    'packed as {encoding}, which nobody asked for',
  ],
  another_host: [
    '{origin}은(는) 이 게시판의 서버가 아닙니다. 기관 설정의 게시판 주소를 확인하십시오',
    "{origin} is not the board's own host",
  ],
  nothing_moved: ['{seconds}초 동안 데이터가 오가지 않아 중단했습니다', 'nothing moved for {seconds} s'],

  // Addresses that may not be called (adapters/kit/http/guarded-connect.ts).
  host_without_address: [
    '{host}의 IP 주소를 찾을 수 없습니다. 기관 설정의 주소와 이 서버의 DNS를 확인하십시오',
    '{host} has no address',
  ],
  address_closed: [
    '{place}에 접속하지 않았습니다. 이 주소는 {range}입니다. 게시판이 거기 있다면 기관 설정에 적으십시오: board: { networks: ["{network}"] }',
    '{place} is not called: the address is {range}. If the board is there, write in the agency\'s configuration: board: { networks: ["{network}"] }',
  ],
  name_with_address: ['{host} ({address})', '{host} ({address})'],
  range_no_address: ['IP 주소가 아닌 것', 'no IP address'],
  range_this_host: ['자기 자신을 뜻하는 주소(RFC 1122)', 'this host (RFC 1122)'],
  range_loopback: ['이 서버 자신(루프백)', 'this machine (loopback)'],
  range_private: ['사설망(RFC 1918)', 'a private network (RFC 1918)'],
  range_unique_local: ['사설망(RFC 4193)', 'a private network (RFC 4193)'],
  range_link_local: ['링크 로컬 주소(RFC 3927, RFC 4291)', 'link-local (RFC 3927, RFC 4291)'],
  range_carrier: ['통신사 공유 주소(RFC 6598)', 'shared by a carrier (RFC 6598)'],
  range_reserved: ['예약된 주소({range}, RFC 6890)', 'reserved ({range}, RFC 6890)'],
  range_not_given: ['IANA가 배정하지 않은 주소', 'not given out by IANA'],

  // Replies from which a pull or a list is read.
  no_id_in_posts: [
    '글 {count}건 모두 번호가 없습니다. 설정의 pull.externalId를 확인하십시오',
    'none of {count} posts has an id (pull.externalId)',
  ],
  no_id_in_post: [
    '글에 번호가 없습니다. 설정의 pull.externalId를 확인하십시오',
    'a post has no id (pull.externalId)',
  ],
  no_holdings: [
    '응답에 글 목록이 없습니다. 설정의 fingerprints.items를 확인하십시오',
    'the reply holds no list of posts (fingerprints.items)',
  ],
  no_posts_in_reply: [
    '응답에 글 목록이 없습니다. 기관 설정의 게시판 주소를 확인하십시오',
    'the reply holds no list of posts',
  ],
  same_page_again: [
    '게시판이 같은 쪽을 다시 보냈습니다. 설정의 fingerprints에서 after나 page를 쓰십시오',
    'the board gives the same page again (fingerprints: use after or page)',
  ],
  list_in_one: [
    '게시판이 쪽을 나누지 않고 글 {n}건을 한 번에 보냅니다(pageSize {size}). 빠지는 글은 없으나 볼 때마다 전부 읽습니다. 게시판이 쪽 번호를 받으면 설정의 요청에 page를 넣고, 받지 않으면 pageSize를 앞으로 늘어날 글 수보다 크게 하십시오',
    'the board does not page: it gives all {n} posts at once (pageSize {size}). None is missed, but each look reads them all. If the board takes a page number, put page into the request; if not, set pageSize above the number of posts to come',
  ],
  list_unsorted: [
    '목록이 바뀐 순서가 아니어서 볼 때마다 모든 글을 읽습니다. 빠지는 글은 없습니다. 설정의 요청에서 먼저 바뀐 글부터 받도록 정렬을 정하면 바뀐 글만 읽습니다',
    'the list is not in the order of changes, so each look reads all posts. None is missed. Have the request sort by the time of the last change, the oldest first; then only what changed is read',
  ],
  list_cut: [
    '게시판이 쪽 번호를 무시하고 늘 같은 글 {n}건만 보냅니다. 그 뒤의 글은 읽을 수 없습니다. 설정의 요청에 page를 쓰거나 pageSize를 늘려 적용한 뒤 대사(reconcile)로 빠진 글을 가져오십시오',
    'the board does not page: it gives the same {n} posts for every page, and what lies behind them cannot be read. Use page in the request or raise pageSize, apply, then bring what is missing by reconcile',
  ],
  foreign_cursor: [
    '수집 위치가 이 연계 모듈이 기록한 것이 아닙니다. 이 게시판을 처음부터 다시 읽으십시오',
    'the cursor was not written by this adapter',
  ],
  not_filled_in: ['{what}: 아직 작성되지 않았습니다', '{what} is not filled in yet'],
  delivery_not_proved: [
    '이 게시판이 보낸 것으로 확인되지 않습니다. 기관 설정의 received.proof와 게시판의 비밀 값을 확인하십시오',
    'it is not proved that this board sent it (received.proof)',
  ],
  delivery_no_json: ['본문이 JSON이 아닙니다', 'the body is no JSON'],
  no_normalise: [
    '기관 설정에 글을 읽는 변환식(normalise)이 없습니다',
    'the configuration has no mapping of posts (normalise)',
  ],
  not_read: ['이 게시판은 읽지 않습니다 (pull 설정 없음)', 'this board is not read (no pull)'],
  file_not_base64: [
    '응답에 base64로 된 파일 내용이 없습니다. 기관 설정의 attachments.fetch.content를 확인하십시오',
    'the reply holds no content in base64 (attachments.fetch.content)',
  ],
  file_without_address: [
    '글에 파일 주소(url)가 없습니다. 기관 설정의 변환식이 파일 주소를 주도록 고치십시오',
    'the post names the file without an address (url)',
  ],
  file_without_id: [
    '글에 파일 번호가 없습니다. 기관 설정의 변환식이 파일 번호를 주도록 고치십시오',
    'the post names the file without an id',
  ],
  path_value_missing: [
    '경로에 {{name}} 값이 필요한데 이 민원에는 없습니다. 기관 설정의 경로를 확인하십시오',
    'the path needs {{name}}, which this complaint does not have',
  ],

  // SOAP.
  soap_endpoint_for_files: [
    '파일이 있는 서버를 설정의 `endpoint`에 적어야 합니다',
    'files need `endpoint`: the host on which they lie',
  ],
  soap_no_operation: [
    'WSDL에 {operation} 작업이 없습니다. 있는 작업: {known}. 기관 설정의 작업 이름을 바로잡으십시오',
    'the WSDL has no operation {operation}; it has {known}',
  ],
  soap_not_writable: [
    'WSDL의 {operation} 작업으로 요청을 만들 수 없습니다. 기관 설정의 작업 이름과 WSDL을 확인하십시오',
    "the WSDL's operation {operation} cannot be written",
  ],
  soap_content_once: [
    '요청에 `content`가 한 요소의 전체 값으로 꼭 한 번 있어야 합니다. 기관 설정의 요청을 고치십시오',
    'the request must hold `content` exactly once, as the whole text of one element',
  ],
  soap_no_file: [
    '응답에 파일 내용(base64)이 없습니다. 기관 설정의 attachments.fetch.content를 확인하십시오',
    'the reply holds no file in base64 where attachments.fetch.content looks for it',
  ],
  soap_other_element: [
    '{operation}의 응답 대신 {element}이(가) 왔습니다. 기관 설정의 작업 이름을 확인하십시오',
    '{element} in place of a reply to {operation}',
  ],
  mtom_no_boundary: [
    'multipart/related 메시지의 Content-Type에 boundary가 없습니다. 보내는 쪽 설정을 확인하십시오',
    'multipart/related needs a boundary in its Content-Type',
  ],
  mtom_broken: [
    'multipart/related 메시지가 중간에 끊겼거나 경계(boundary)가 맞지 않습니다. 다시 보내도록 하십시오',
    'the multipart/related message breaks off, or its boundaries are not those of its Content-Type',
  ],
  mtom_no_root: [
    'multipart/related의 첫 부분이 SOAP 봉투가 아닙니다(start: {start}). 봉투를 맨 앞에 보내도록 하십시오',
    'the first part of multipart/related must be the SOAP envelope that start names ({start})',
  ],
  mtom_too_many_parts: [
    '메시지의 부분이 {n}개를 넘습니다. 나누어 보내도록 하십시오',
    'the message has more than {n} parts',
  ],
  mtom_root_too_large: [
    '메시지의 SOAP 봉투가 {n}바이트를 넘습니다. 나누어 보내도록 하십시오',
    'the envelope of the message is larger than {n} bytes',
  ],
  mtom_outside: [
    '메시지에서 부분 밖에 있는 내용이 {n}바이트를 넘습니다. 보내는 쪽에서 고쳐야 합니다',
    'more than {n} bytes of the message stand outside its parts',
  ],
  mtom_same_id: [
    '메시지의 두 부분이 같은 Content-ID({id})를 씁니다. 보내는 쪽에서 고쳐야 합니다',
    'two parts of the message have the Content-ID {id}',
  ],
  mtom_missing_part: [
    'xop:Include가 가리키는 부분(cid:{id})이 메시지에 없습니다. 보내는 쪽에서 고쳐야 합니다',
    'xop:Include names cid:{id}, and the message has no such part',
  ],
  mtom_unnamed_part: [
    '봉투가 가리키지 않는 부분({id})이 메시지에 있습니다. 보내는 쪽에서 빼야 합니다',
    'the message has a part that no xop:Include names ({id})',
  ],
  mtom_not_multipart: [
    '봉투에 xop:Include가 있는데 multipart/related 메시지가 아닙니다. 보내는 쪽 설정을 확인하십시오',
    'xop:Include needs a message of multipart/related',
  ],
  mtom_not_cid: [
    'xop:Include의 href는 cid:로 시작해야 합니다({href}). 보내는 쪽에서 고쳐야 합니다',
    'the href of xop:Include must be a cid: of the message, not {href}',
  ],
  mtom_transfer_encoding: [
    '메시지 부분의 Content-Transfer-Encoding({encoding})은 쓰지 않습니다. binary나 base64로 보내도록 하십시오',
    'the Content-Transfer-Encoding {encoding} of a part is not taken; send binary, 8bit, 7bit or base64',
  ],
  not_in_xml: [
    'XML에 쓸 수 없는 글자가 있습니다 ({sign}). 게시판에 직접 적고 건너뛰십시오',
    'contains {sign}, not allowed in XML',
  ],
} as const satisfies ReasonTexts;
