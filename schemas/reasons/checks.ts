import type { ReasonTexts } from '../reason-texts.ts';

/** The lines of a check of a board: what was checked, and what was found (CheckReport in adapters/contract.ts). */
export const checksReasons = {
  // Any board.
  checked_new: ['바뀐 연결', 'the changed connection'],
  trial_needs_second_person: [
    '다른 관리자가 확인해 적용된 뒤에 시험할 수 있습니다. 시험하면 초안에 적힌 비밀값이 초안에 적힌 주소로 나가기 때문입니다',
    'can be tried when another administrator has agreed and it is in force, because a trial brings the secrets that the draft names to the address that it names',
  ],
  checked_board: ['게시판 접속', 'reach the board'],
  board_answers: ['응답합니다', 'it answers'],
  checked_reading: ['게시판 읽기', 'read the board'],
  posts_on_first_page: ['첫 쪽에 글 {n}건이 있습니다', '{n} posts on the first page'],
  checked_pages: ['쪽 나누기', 'read page after page'],
  pages_given: ['둘째 쪽에 다른 글이 있습니다', 'the second page holds other posts'],
  no_page_asked: [
    '요청에 page가 없습니다. 게시판이 한 번에 보낸 글 {n}건이 전부라고 봅니다',
    'the request does not name page: the {n} posts of one reply count as all there are',
  ],
  pages_ignored: [
    '쪽을 나누지 않습니다. 모든 쪽에 같은 글 {n}건이 있습니다. 글이 pageSize보다 많아지면 볼 때마다 전부 읽습니다',
    'the board does not page: each page holds the same {n} posts. Once there are more than pageSize, each look reads them all',
  ],
  pages_shorter: [
    '첫 쪽에 글이 {n}건뿐인데 둘째 쪽이 있습니다. 설정의 pageSize를 {size}에서 {n}(으)로 줄이십시오. 그러지 않으면 둘째 쪽부터 읽지 않습니다',
    'the first page holds only {n} posts, yet there is a second: set pageSize to {n} instead of {size}, or the rest is never read',
  ],
  checked_since: ['바뀐 글만 읽기', 'read only what changed'],
  time_heeded: ['since 뒤에 바뀐 글만 보냅니다', 'the board gives only what changed after since'],
  time_ignored: [
    '게시판이 since를 무시하고 모든 글을 보냅니다. 볼 때마다 전부 읽어 지난번과 견줍니다',
    'the board ignores since and gives all its posts: each look reads them all and compares them with the last look',
  ],
  no_time_asked: [
    '요청에 since가 없습니다. 볼 때마다 모든 글을 읽어 지난번과 견줍니다',
    'the request does not name since: each look reads all posts and compares them with the last look',
  ],
  checked_post: ['{post}번 글 변환', 'map post {post}'],
  checked_posts: ['글 변환', 'map the posts'],
  checked_details: ['글별 상세 조회', 'ask about each post'],
  posts_mappable: ['{n}건 모두 변환할 수 있습니다', 'all {n} can be mapped'],

  // Databases.
  checked_database: ['데이터베이스 접속', 'reach the database'],
  database_answers: ['{database} 데이터베이스가 응답합니다', '{database} answers'],
  checked_table: ['{table} 테이블', 'table {table}'],
  table_unseen: [
    '테이블이 없거나 이 계정에 권한이 없습니다. 기관 설정의 테이블 이름과 계정의 권한을 확인하십시오',
    'is not there, or this user has no right to it',
  ],
  table_lacks: [
    '{columns} 열이 없거나 이 계정에 권한이 없습니다. 기관 설정의 열 이름과 계정의 권한을 확인하십시오',
    'has no column {columns}, or this user has no right to it',
  ],
  table_fits: ['{engine}, {order}', '{engine}, {order}'],
  table_with_transactions: ['트랜잭션 지원', 'with transactions'],
  table_without_transactions: [
    '트랜잭션 미지원: 중단되어도 어긋나지 않는 순서로 씁니다',
    'without transactions: written in an order that survives a crash',
  ],
  table_of_charset: [
    '{detail}; 글의 문자집합은 {charsets}: 담을 수 없는 글자가 있으면 쓰지 않습니다',
    '{detail}; texts in {charsets}: what does not fit is refused',
  ],
  checked_charset: ['{table} 테이블의 문자집합', 'charset of {table}'],
  table_latin1: [
    '{columns}: 서버는 latin1이라고 하지만 내용은 EUC-KR 한글입니다. 기관 설정에 charset: euc-kr을 적으십시오',
    '{columns}: latin1 by the server, and the bytes are Korean in EUC-KR; set charset: euc-kr',
  ],
  checked_right: ['{right} 권한', 'right to {right}'],
  right_missing: [
    '권한이 없습니다. 데이터베이스 관리자에게 요청하십시오: grant {right} on {table}',
    'missing: grant {right} on {table}',
  ],
  checked_excess: ['필요 이상의 권한', 'rights beyond need'],
  rights_excess: ['권한을 줄이십시오: {rights}', 'give fewer: {rights}'],
  checked_pattern: ['{column} 열의 pull.pattern', 'pull.pattern for {column}'],
  pattern_differs: [
    '"{value}"은(는) {pattern} 형식이 아닙니다. 기관 설정의 pull.pattern을 게시판에 맞추십시오',
    '"{value}" is not written as {pattern}',
  ],
  checked_readers: ['게시판에서 볼 수 있는 사람', 'who can read it on the board'],
  readers_right: [
    '허브가 쓴 글을 볼 사람만 보게 되어 있습니다',
    'the board’s own settings show what the hub writes to the right people',
  ],
  checked_folder: ['{folder} 폴더', 'folder {folder}'],
  folder_readable: ['읽을 수 있습니다', 'can be read'],
  folder_writable: ['읽고 쓸 수 있습니다', 'can be read and written'],

  // SOAP.
  checked_wsdl: ['WSDL 문서', 'WSDL'],
  wsdl_offers: ['작업 {n}개가 있습니다', 'offers {n} operations'],
  wsdl_lacks: [
    '{missing} 작업이 없습니다. 있는 작업: {known}. 기관 설정의 작업 이름을 바로잡으십시오',
    'has no {missing}; it has {known}',
  ],

  // Mailboxes.
  checked_sending: ['{host} 로그인 (SMTP)', 'log in to {host} (SMTP)'],
  mails_sendable: ['메일을 보낼 수 있습니다', 'mails can be handed over'],
  checked_mailbox: ['{host} 메일함 열기 (IMAP)', 'open the mailbox on {host} (IMAP)'],
  mailbox_holds: ['{folder}: 메일 {n}통', '{folder}: {n} mails'],

  // Open311.
  checked_services: ['서비스 대조', 'compare the services'],
  services_gone: [
    '게시판에 {codes} 서비스가 없습니다. 기관 설정에서 빼거나 바로잡으십시오',
    'the board has no service {codes}',
  ],
  services_unmapped: [
    'codes.category에 {codes}이(가) 없습니다. 기관 설정의 대응표에 더하십시오',
    'codes.category has no entry for {codes}',
  ],
  services_mapped: ['{n}개 모두 분야가 정해져 있습니다', 'all {n} have a category'],

  // Webhooks.
  checked_encryption: ['암호화', 'encryption'],
  encrypted: ['https로 암호화합니다', 'https'],
  not_encrypted: [
    '암호화하지 않습니다(http). 도중에 누구나 민원 내용을 볼 수 있으니 https 주소로 바꾸십시오',
    'none (http): whoever is on the way can read what complainants wrote',
  ],
  checked_ping: ['서명한 시험 메시지 보내기', 'take a signed ping'],
  ping_taken: ['받는 쪽이 받았습니다', 'the receiver took it'],

  // Agents.
  checked_agent: ['설치형 모듈', 'agent'],
  agent_gave_no_report: [
    '설치형 모듈이 점검 결과를 보내지 않았습니다. 설치형 모듈을 새 판으로 올리십시오',
    'its agent gave no report',
  ],

  // The way from rehearsal to live.
  board_place: ['게시판의 {place}', '{place} on the board'],
  board_shape: ['게시판 모양 읽기', 'look at the shape of the board'],
  codes_unmapped: [
    '설정의 코드표에 없는 코드: {codes}',
    'codes that the configuration does not know: {codes}',
  ],
  samples_mapped: ['글 {of}건 중 {n}건 변환', '{n} of {of} posts mapped'],
  test_complaint_shows: ['시험 민원 {number}', 'test complaint {number}'],
} as const satisfies ReasonTexts;
