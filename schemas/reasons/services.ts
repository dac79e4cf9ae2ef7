import type { ReasonTexts } from '../reason-texts.ts';

/** Open311 and webhooks. */
export const servicesReasons = {
  // Certificates of servers (adapters/relay/peer-certificate.ts, adapters/kit/http/certificate-authority.ts).
  certificate_refused: [
    '{server}의 TLS 인증서를 믿을 수 없어 접속하지 않았습니다: {detail}. 서버가 보인 인증서: {certificate}',
    "no connection: the TLS certificate of {server} is not trusted: {detail}. The server's certificate: {certificate}",
  ],
  certificate_issuer_unknown: [
    '발급 기관을 모릅니다({code}). 발급 기관의 인증서를 ca(기관 설정) 또는 SMTP_CA_FILE(허브)에 적으십시오',
    'its issuer is unknown ({code}); name the certificate of the issuer in ca (agency) or SMTP_CA_FILE (hub)',
  ],
  certificate_wrong: [
    '{code}. 접속한 이름: {name}, 인증서의 이름: {names}. 서버의 인증서를 바꾸십시오',
    '{code}; connected to {name}, the certificate is for {names}. The server needs another certificate',
  ],
  certificate_named: [
    '{subject} (발급: {issuer}, 유효 기한: {until})',
    '{subject} (issued by {issuer}, valid until {until})',
  ],
  authority_unreadable: [
    '인증기관의 인증서(PEM)를 읽을 수 없습니다: {detail}. 설정의 ca를 확인하십시오',
    'the certificate of the authority (PEM) cannot be read: {detail}',
  ],

  webhook_carries_not: [
    '이 웹훅은 "{event}" 사건을 보내지 않습니다. 건너뛰거나, 기관 설정에 더하십시오',
    'this webhook carries no event "{event}"',
  ],
  webhook_not_read: [
    '웹훅은 보내기만 합니다. 읽을 것이 없습니다',
    'a webhook is only written to; nothing is read from it',
  ],
  request_needed: [
    '"{event}" 사건에는 신고 번호가 필요한데 이 게시판에는 아직 없습니다. 접수가 먼저 전달되었는지 확인하고 다시 시도하십시오',
    '"{event}" needs a request, and this board does not hold it',
  ],
  no_request_named: [
    '응답에 신고 번호도 접수 토큰도 없습니다. 게시판에 신고가 생겼는지 확인하십시오',
    'the reply names neither the request nor a token',
  ],
  token_waiting: [
    '접수 토큰 {token}을(를) 받았고 신고 번호는 아직 없습니다',
    'taken as token {token}, which has no request yet',
  ],
  token_unanswered: [
    '게시판이 받았으나 접수 토큰을 확인할 수 없습니다: {detail}',
    'taken, and its token cannot be asked for: {detail}',
  ],
  number_awaited: [
    '게시판이 받았으나 아직 번호를 주지 않았습니다',
    'the board has taken it, and has not given it a number yet',
  ],
  empty_list: ['빈 목록입니다', 'an empty list'],
  window_too_full: [
    '1초 안에 {count}건이 있습니다. {setting}.pageSize를 한 응답에 실제로 담기는 건수로 적으십시오',
    '{count} within one second: set {setting}.pageSize to what one reply really holds',
  ],
  no_georeport_record: [
    'GeoReport v2 서비스의 신고도, 신고의 갱신도 아닙니다. 기관 설정의 주소를 확인하십시오',
    'is no request of a GeoReport v2 service, nor an update of one',
  ],
  needed_for_request: [
    '신고를 보내는 데 필요합니다. 게시판에 직접 적고 건너뛰거나, 기관 설정의 대응표에 더하십시오',
    'is needed for a request',
  ],
  place_needed_for_request: [
    '신고를 보내는 데 필요합니다 (설정: place). 기관 설정에 place를 적고 다시 시도하십시오',
    'is needed for a request (settings: place)',
  ],
  no_update_event: [
    '"{event}" 사건은 갱신이 아닙니다. 게시판에 직접 적고 건너뛰십시오',
    '"{event}" is no update',
  ],
  no_request_event: [
    '"{event}" 사건은 새 신고가 아닙니다. 게시판에 직접 적고 건너뛰십시오',
    '"{event}" is no new request',
  ],
  description_too_long: [
    '이 게시판에는 너무 깁니다: 제목·담당자·번호를 더해 {n}자, 최대 {limit}자. 게시판에 줄여서 직접 적고 건너뛰십시오',
    'is too long for this board: {n} characters with title, officer and number, at the most {limit}',
  ],
  webhook_gone: [
    'Gone: 받는 쪽이 더 이상 사건을 원하지 않습니다. 웹훅을 없애십시오',
    'Gone: the receiver wants no events; take the webhook away',
  ],
  webhook_secret_form: [
    '웹훅 비밀 값은 whsec_ 뒤에 base64로 {least}~{most}바이트여야 합니다',
    "a webhook's secret is whsec_ and {least} to {most} bytes in base64",
  ],
  webhook_external_id: [
    '응답의 externalId가 1~200자의 글자가 아닙니다. 받는 쪽에 고치도록 요청하십시오',
    'externalId in the reply is not a text of 1 to 200 characters',
  ],
  text_too_long_for_expression: [
    '{n}자인 글은 표현식에 너무 깁니다: 최대 {most}. 게시판에 직접 적고 건너뛰십시오',
    'a text of {n} characters is too long for an expression: at the most {most}',
  ],
  expression_too_slow: [
    '표현식이 {n}ms를 넘겨 중단되었습니다. 기관 설정의 표현식을 간단하게 고치십시오',
    'it took longer than {n} ms',
  ],
  expression_too_large: [
    '표현식이 메모리 {n}MB를 넘겨 중단되었습니다. 기관 설정의 표현식을 간단하게 고치십시오',
    'it took more than {n} MB of memory',
  ],
} as const satisfies ReasonTexts;
