import type { ReasonTexts } from '../reason-texts.ts';

/** Mistakes in the input of a door, a form or a command (hub/doors, hub/console, hub/command-line). */
export const callsReasons = {
  base64: ['base64가 아닙니다 (RFC 4648, 4)', 'is not base64 (RFC 4648, 4)'],
  elements_in_text: [
    '요소가 들어 있습니다. 글자만 받습니다 (<는 &lt;로)',
    'holds elements; text is expected, with < written as &lt;',
  ],
  text_in_elements: [
    '글자가 들어 있습니다. 받을 수 있는 요소: {expected}',
    'holds text; elements are expected: {expected}',
  ],
  unknown_element: [
    '모르는 요소입니다. 받을 수 있는 요소: {expected}',
    'is not a known element; expected: {expected}',
  ],
  unknown_element_in: [
    '이름공간 {namespace}의 모르는 요소입니다. 받을 수 있는 요소: {expected}',
    'is not a known element in the namespace {namespace}; expected: {expected}',
  ],
  bytes_meaningless: [
    '바이트가 {charset} 문자집합에 맞지 않습니다. 보내는 쪽의 문자집합을 확인하십시오',
    'the bytes are not {charset}: some of them mean nothing there',
  ],
  no_envelope: ['최상위 요소가 SOAP Envelope가 아닙니다', 'the root element is not a SOAP Envelope'],
  envelope_parts: [
    'Envelope에는 Header가 없거나 하나, 그 뒤에 Body가 하나 있어야 합니다',
    'the Envelope must hold one Header or none, and one Body after it',
  ],
  body_parts: [
    'SOAP Body에는 작업 이름인 요소가 하나 있어야 합니다',
    'the SOAP Body must hold one element, which names the operation',
  ],
  no_root_element: ['최상위 요소가 없습니다', 'there is no root element'],
  not_well_formed: ['XML 형식이 맞지 않습니다. {detail}', 'not well-formed XML, line {detail}'],
  dtd_or_entity: [
    'DTD나 개체 선언은 쓸 수 없습니다. 빼고 다시 보내십시오',
    'a DTD or an entity declaration is not allowed',
  ],
  batch_items: [
    'items 요소를 1개에서 {n}개까지 보내십시오. 다른 요소는 둘 수 없습니다',
    '1 to {n} elements items are needed, and nothing else',
  ],
  batch_one_write: [
    '항목마다 다음 중 꼭 하나가 있어야 합니다: {expected}',
    'each item needs exactly one of {expected}',
  ],
  too_many_attributes: ['속성이 {n}개를 넘습니다', 'there are more than {n} attributes'],
  too_many_elements: ['요소가 {n}개를 넘습니다', 'there are more than {n} elements'],
  nested_too_deep: ['요소가 {n}단계보다 깊습니다', 'elements are nested deeper than {n}'],
  repeated_element: ['여기에 두 번 이상 있습니다. 하나만 남기십시오', 'stands here more than once'],
  file_name_required: [
    '필수 항목입니다: 확장자가 있는 파일 이름, 퍼센트 인코딩한 UTF-8, 255자까지',
    'is required: the name of the file with its ending, percent-encoded UTF-8, at most 255 characters',
  ],
  file_written_as_json: [
    '파일 내용이 아니라 빈 JSON 개체나 개체 이름입니다. 프로그램이 파일을 JSON으로 바꾸어 보냈으니, 본문에 파일의 바이트를 그대로 보내십시오',
    'is no file but an empty JSON object or the name of one: the program wrote the file as JSON; send its bytes as the body',
  ],
  not_a_cursor: [
    '이 목록의 위치 표시가 아닙니다. 빼면 가장 최근 것부터 읽습니다',
    'is not a cursor of this list; leave it out to begin with the newest',
  ],
  day: ['날짜여야 합니다 (예: 2026-11-20)', 'must be a day, for example 2026-11-20'],
  day_order: ['시작({from})이 끝({to})보다 뒤입니다', 'from ({from}) must not be after to ({to})'],
  too_many_days: ['{n}일을 넘을 수 없습니다', 'must be {n} days at the most'],
  not_your_complaint: [
    '이 기관과 관계없는 민원입니다. 번호를 확인하십시오',
    'is not of a complaint in which you have a part',
  ],
  change_ahead: [
    '아직 없는 변경입니다. 가장 최근 것은 {last}번입니다',
    'is ahead: the newest event is {last}',
  ],

  between: ['{least}에서 {most} 사이의 정수여야 합니다', 'must be a whole number from {least} to {most}'],
  not_applied: ['받아들이지 못했습니다', 'was not taken in'],
  key_name: ['1자에서 {n}자까지 쓰십시오', 'must have 1 to {n} characters'],
  key_scopes: ['다음 중 하나 이상이어야 합니다: {expected}', 'must be one or more of {expected}'],
  key_time: ['앞으로 {n}일 안의 시각이어야 합니다', 'must be a time ahead, within {n} days'],
  days_back: ['지난 {n}일 안의 시각이어야 합니다', 'must be a time in the past, within {n} days'],

  // Mistakes of an administrator in the configuration (hub/configuration).
  request_future: [
    '아직 오지 않은 때입니다. 요구를 받은 때를 보내십시오',
    'lies in the future: send when the request was received',
  ],
  request_correction: [
    '정정 요구에는 바꿀 내용이 하나는 있어야 합니다',
    'is required where a correction is asked: at least one value that shall change',
  ],
  file_missing: ['파일이 없습니다. 만든 뒤 다시 하십시오', 'the file is missing'],
  folder_missing: ['폴더가 없습니다. 만든 뒤 다시 하십시오', 'the folder is missing'],
  document_twice: ['같은 문서가 두 번 있습니다. 하나를 빼십시오', 'the same document stands here twice'],
  second_file: [
    '{code} 기관의 파일이 두 개입니다. {file}이(가) 이미 있으니 하나를 지우십시오',
    'the agency {code} has a second file: {file}',
  ],
  as_the_file: ['파일 이름과 같이 {name}이어야 합니다', 'must be {name}, as the file is named'],
  word_of_rules: ['{word}은(는) 배정 규칙에서 쓰는 말입니다', '{word} is a word of the routing rules'],
  time_zone: ['IANA 시간대여야 합니다 (예: Asia/Seoul)', 'must be an IANA time zone, for example Asia/Seoul'],
  feed_with_board: [
    '게시판과 함께 쓸 수 없습니다. 변경은 게시판으로 갑니다. 웹훅과 함께 쓰려면 board 대신 webhooks에 적으십시오',
    'does not go with a board: its changes are brought to the board. For webhooks beside the feed, name them under webhooks and not as the board',
  ],
  stage_without_board: [
    '게시판(board)이 있는 기관만 예행연습과 시험 단계를 거칩니다',
    'only an agency with a board is rehearsed or tried',
  ],
  rehearsal_without_board: [
    '게시판(board)이 있는 기관만 예행연습 대상을 둡니다',
    'only an agency with a board has a rehearsal target',
  ],
  rehearsal_behind_agent: [
    '설치형 모듈 뒤의 게시판에는 허브가 닿지 못하므로 예행연습 대상에 보낼 수 없습니다. 그 모듈이 선 곳에서 보내야 합니다',
    'the hub does not reach a board behind an agent, so it sends nothing to a rehearsal target: that has to be sent where the agent stands',
  ],
  rehearsal_target_missing: [
    '적용 중인 기관 설정에 예행연습 대상(rehearsal.target)이 없습니다',
    'the configuration in force names no rehearsal target (rehearsal.target)',
  ],
  rehearsal_target_untold: [
    '어디에 쓰는지 설정만으로는 알 수 없어 예행연습 대상을 쓸 수 없습니다. SOAP이면 게시판과 대상 모두에 endpoint를 적으십시오',
    'the settings do not tell where it is written, so there can be no rehearsal target; of SOAP, write endpoint for the board and for the target',
  ],
  rehearsal_target_is_live: [
    '예행연습 대상이 실제 게시판과 같은 곳({place})에 씁니다. 다른 주소, 테이블, 우편함을 적으십시오',
    'the rehearsal target writes into a place of a real board ({place}): name another address, table or mailbox',
  ],
  rehearsal_other_kind: [
    '초안의 연계 모듈이 적용 중인 설정과 달라 예행연습 대상에 보낼 수 없습니다. 먼저 적용하십시오',
    'the draft has another adapter than the configuration in force, so nothing can be sent to its rehearsal target: apply it first',
  ],
  trial_behind_agent: [
    '설치형 모듈 뒤의 게시판은 아직 시험 단계를 쓸 수 없습니다. 예행연습에서 바로 운영으로 가십시오',
    'a board behind an agent cannot be tried yet: go from rehearsal to live',
  ],
  agency_not_live: [
    '{agency}은(는) 아직 운영 단계가 아닙니다. 예행연습과 시험 단계에서는 기관 프로그램의 요청을 받지 않습니다',
    '{agency} is not live yet: calls of its programs are not taken in rehearsal and trial',
  ],
  webhook_name_taken: [
    '{name} 웹훅이 두 개입니다. 이름을 다르게 지으십시오',
    'the webhook {name} is there twice: give one another name',
  ],
  network: [
    'CIDR로 쓴 네트워크여야 합니다 (예: 203.0.113.0/24)',
    'must be a network as CIDR, for example 203.0.113.0/24',
  ],
  certificate: ['PEM으로 된 X.509 인증서 하나여야 합니다', 'must be one X.509 certificate in PEM'],
} as const satisfies ReasonTexts;
