import type { ReasonTexts } from '../reason-texts.ts';

/** Problems when a post is mapped (adapters/kit). */
export const mappingReasons = {
  unknown_code: [
    '코드 대응표 "{table}"에 "{value}"이(가) 없습니다 (있는 코드: {known}). 기관 설정의 대응표에 이 코드를 더하고 다시 변환하십시오',
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
    '{posts}번 글이 답글 묶음(wr_num {number})을 함께 써서 어느 글의 답변인지 알 수 없습니다. 게시판에서 답글을 바로잡으십시오',
    'posts {posts} share wr_num {number}: nobody can tell which of them a reply answers',
  ],
  comments_of_others: [
    '담당자도 민원인도 아닌 사람이 단 댓글 {n}개를 답변으로 옮기지 않았습니다. 게시판에서 볼 수 있습니다. 담당자가 단 댓글이라면 기관 설정의 담당자에 더하십시오',
    'comments by people who are neither officers nor the complainant, left on the board: {n}. If one is an officer’s, add him or her to the officers in the agency’s configuration',
  ],
  no_count: ['"{value}"은(는) 개수가 아닙니다', '"{value}" is no whole number from 0'],
  detail_missing: [
    '게시판 목록에는 있는 글인데 상세 조회({name})에서 찾지 못했습니다(404). 기관 설정의 pull.detail 주소를 확인하고, 게시판에서 그 글을 볼 수 있는 계정인지 확인하십시오',
    'the board lists this post, and has nothing where {name} asks about it (404). Check the address in pull.detail, and what the hub’s account may see',
  ],
  too_many_details: [
    '이 글의 상세 조회({name})가 {n}번 필요해 허용된 {most}번을 넘습니다. 기관 설정에서 most를 늘리십시오',
    '{name} would need {n} calls about this post; at most {most} are allowed. Raise `most` in the agency’s configuration',
  ],
  no_reason_of_ours: [
    'note에는 schemas/reasons에 있는 코드와 그 값만 쓸 수 있습니다',
    'must be { code, params } with a code of schemas/reasons',
  ],
  not_a_date: [
    '"{value}"은(는) 날짜가 아닙니다 ({expected}). 게시판의 글이나 기관 설정의 날짜 형식을 바로잡으십시오',
    '"{value}" is not a date ({expected})',
  ],
  damaged: [
    '깨진 글자가 있습니다 ({sign}). 글에서 지우거나 게시판의 문자집합 설정을 확인하십시오',
    'contains damaged characters ({sign}); only line ends and tabs are accepted',
  ],
  xml_entity: [
    'XML에 없는 개체 {entity}이(가) 있습니다. 보내는 쪽에서 글자를 그대로 보내도록 고치십시오',
    'contains the entity {entity}, which XML has not; send the character itself',
  ],
  control: [
    '제어 문자가 있습니다 ({sign}). 줄바꿈과 탭만 쓸 수 있으니 글에서 지우십시오',
    'contains a control character ({sign}); only line ends and tabs are accepted',
  ],
  xml_too_large: [
    '응답의 XML에 {what}이(가) {n}개를 넘습니다. 게시판이 한 번에 적게 보내도록 기관 설정을 고치십시오',
    'the reply holds more than {n} XML {what}',
  ],
  unstorable: [
    'NUL이나 깨진 유니코드 글자가 있습니다. 글에서 지우고 다시 보내십시오',
    'contains a NUL or half of a surrogate pair; send text without them',
  ],
  // Why a draft of a mapping, or a sample to try it on, cannot be used (hub/exchange/workbench).
  draft_has_no_board: [
    '{agency}의 초안에 게시판이 없어 매핑할 것이 없습니다',
    'the draft of {agency} has no board, so there is nothing to map',
  ],
  draft_never_ends: [
    '표현식이 끝나지 않아 {n}건에서 멈추었습니다. 표현식을 고친 뒤 다시 돌려 보십시오',
    'the expression did not end for {n} items; correct it and run it again',
  ],
  sample_too_large: ['견본이 {most}자를 넘습니다', 'the sample has more than {most} characters'],
  sample_unreadable: [
    '견본을 JSON, YAML, XML로 읽을 수 없습니다: {detail}',
    'the sample is no JSON, YAML or XML: {detail}',
  ],
  sample_too_deep: [
    '견본이 {most}단계보다 깊거나 값이 너무 많습니다',
    'the sample is nested deeper than {most} levels, or has too many values',
  ],
  sample_empty: ['견본에 글이 없습니다', 'the sample holds no post'],
} as const satisfies ReasonTexts;
