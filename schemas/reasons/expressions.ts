import type { ReasonTexts } from '../reason-texts.ts';

/**
 * Problems of expressions in a configuration, and of the texts and times that they convert (adapters/kit/expressions,
 * adapters/kit/text).
 */
export const expressionsReasons = {
  none: ['없음', 'none'],
  at_place: ['{detail} ({line}행 {column}열)', '{detail} (line {line}, column {column})'],
  at_character: ['{detail} ({position}번째 글자)', '{detail} (at character {position})'],
  not_compiling: ['표현식에 잘못이 있습니다: {detail}', 'does not compile: {detail}'],
  no_eval: [
    '$eval은 쓸 수 없습니다. 표현식을 그대로 적으십시오',
    '$eval cannot be used: write the expression itself',
  ],
  no_such_variable: [
    '{name}은(는) 없는 함수이거나 정하지 않은 변수입니다',
    'there is no function {name}, and nothing sets a variable of this name',
  ],
  no_such_variable_but: [
    '{name}은(는) 없는 함수이거나 정하지 않은 변수입니다. {suggestion}을(를) 뜻합니까?',
    'there is no function {name}, and nothing sets a variable of this name; is {suggestion} meant?',
  ],
  no_code_table: [
    '코드 대응표 "{table}"이(가) 없습니다. 있는 대응표: {known}',
    'there is no code table "{table}"; known: {known}',
  ],
  change_lacks: [
    '보낼 사건에 {name}이(가) 없습니다. 있는 것: {known}',
    'what is delivered has no {name}; there are: {known}',
  ],
  change_lacks_but_has: [
    '보낼 사건에 {name}이(가) 없습니다. {suggestion}을(를) 뜻합니까? 있는 것: {known}',
    'what is delivered has no {name}; is {suggestion} meant? There are: {known}',
  ],
  post_lacks: [
    '게시판의 글에 {name}이(가) 없습니다. 있는 것: {known}',
    'a post of the board has no {name}; there are: {known}',
  ],
  post_lacks_but_has: [
    '게시판의 글에 {name}이(가) 없습니다. {suggestion}을(를) 뜻합니까? 있는 것: {known}',
    'a post of the board has no {name}; is {suggestion} meant? There are: {known}',
  ],
  request_takes_not: [
    '게시판이 {name}을(를) 받지 않습니다. 받는 것: {known}',
    'the board does not take {name}; it takes: {known}',
  ],
  request_too_long: [
    '{length}자입니다. 게시판은 {most}자까지 받습니다',
    'has {length} characters; the board takes {most}',
  ],
  secret_not_here: [
    '$secret은 게시판에 보내는 것을 만드는 표현식(query, body, fields, request)에서만 쓸 수 있습니다',
    '$secret can be used only in what makes a request (query, body, fields, request)',
  ],
  no_such_secret: [
    '비밀 "{name}"이(가) 없습니다. 있는 것: {known}. 설정의 secrets에 참조를 적으십시오',
    'there is no secret "{name}"; known: {known}. Write its reference in secrets',
  ],
  secret_changed: [
    '{name} 함수는 비밀을 바꿀 수 없습니다. 비밀은 그대로 쓰거나 &로 이어 쓰십시오',
    '{name} cannot change a secret: use the secret as it is, or joined by &',
  ],
  secret_in_clear: [
    '{name}의 값이 비밀번호나 인증키로 보입니다. 여기 적지 말고 secrets에 참조(env:이름, file:경로)를 적고 $secret("이름")이나 {pattern}(으)로 쓰십시오',
    'the value of {name} looks like a password or key: write its reference (env:NAME, file:PATH) in secrets, and here $secret("NAME") or {pattern}',
  ],
  result_too_long: ['결과가 {most}자를 넘습니다', 'the result has more than {most} characters'],
  input_no_json: ['입력이 JSON이 아닙니다: {detail}', 'the input is no JSON: {detail}'],
  input_too_large: ['입력이 {most}자를 넘습니다', 'the input is larger than {most} characters'],
  no_expressions_here: [
    '이 서버에서 표현식을 실행할 수 없습니다: {detail}',
    'no expression runs here: {detail}',
  ],
  thread_ended: ['표현식을 실행하던 스레드가 끝났습니다', 'the thread that evaluated it has ended'],
  instant_empty: ['시각이 비어 있습니다', 'an instant must not be empty'],
  usual_times: [
    'yyyy-MM-dd HH:mm:ss, yyyyMMddHHmmss 또는 ISO 8601',
    'yyyy-MM-dd HH:mm:ss, yyyyMMddHHmmss or ISO 8601',
  ],
  not_one_value: [
    '열에 값 하나가 필요한데 표현식이 목록이나 객체를 만듭니다',
    'gives a list or an object where a column takes one value',
  ],

  // Regular expressions.
  pattern_unusable: [
    '정규식 /{pattern}/은(는) 쓸 수 없습니다: {detail}',
    'the regular expression /{pattern}/ cannot be used: {detail}',
  ],
  pattern_engine: [
    '{detail}; 반복은 1000번까지, {escape}는 문자 체계와 짧은 범주(L, Lu, Nd)만 쓸 수 있습니다',
    '{detail}; up to 1000 repetitions are possible, and {escape} of scripts and of short categories (L, Lu, Nd)',
  ],
  pattern_repeats: [
    '반복이 {most}번을 넘습니다. "여러 번"은 * 또는 +로 적으십시오',
    'it repeats more than {most} times; write * or + for "many"',
  ],
  pattern_flags: [
    '{part}: 플래그는 마지막 빗금 뒤에 적으십시오',
    '{part}: write flags behind the last slash',
  ],
  pattern_refers_back: [
    '{part}은(는) 앞 그룹을 다시 참조합니다. $match로 두 그룹을 얻어 표현식에서 비교하십시오',
    '{part} refers back to a group; take both groups with $match and compare them in the expression',
  ],
  pattern_unknown: ['{part}은(는) 여기서 쓸 수 없습니다', '{part} is not known here'],
  pattern_looks_ahead: [
    '{part}은(는) 뒤를 내다봅니다. 거기 있는 것까지 찾고 그룹($1)을 쓰십시오',
    '{part} looks ahead; match what stands there too, and take a group of it ($1)',
  ],
  pattern_looks_behind: [
    '{part}은(는) 앞을 돌아봅니다. 거기 있는 것까지 찾고 그룹($1)을 쓰십시오',
    '{part} looks behind; match what stands there too, and take a group of it ($1)',
  ],
  pattern_half_character: [
    'U+FFFF보다 큰 글자의 반쪽이 있습니다. 필요 없는 역빗금 없이 글자를 그대로 적으십시오',
    'it holds half of a character beyond U+FFFF; write the whole one, without needless backslashes',
  ],
  pattern_line_end: [
    '플래그 m을 쓰면 줄 끝은 모두 \\n입니다. \\n으로 적으십시오',
    'with the flag m every line end is \\n; write that',
  ],
  pattern_script: ['{part}: Script=로 적으십시오', '{part}: write Script='],

  // Characters that a charset cannot hold.
  unencodable_one: [
    '{position}번째 글자 {character} ({sign})',
    '{character} ({sign}) at position {position}',
  ],
  unencodable_next: ['{first}, {next}', '{first}, {next}'],
  unencodable_more: ['{detail} 외 {count}자', '{detail} and {count} more'],

  // XML (adapters/kit/text/soap-xml.ts).
  xml_dtd: ['DTD는 받지 않습니다', 'a DTD is not allowed'],
  xml_malformed: ['XML 형식이 바르지 않습니다: {detail}', 'not well-formed: {detail}'],
  xml_bare_ampersand: [
    'XML 형식이 바르지 않습니다: &가 참조의 시작이 아닙니다',
    'not well-formed: an & that begins no reference',
  ],
  xml_no_envelope: ['SOAP 봉투(Envelope)가 아닙니다', 'no SOAP envelope'],
  xml_no_body: ['SOAP 본문(Body)이 없습니다', 'no SOAP body'],
  xml_elements: ['요소', 'elements'],
  xml_levels: ['단계', 'levels'],
  xml_attributes: ['속성', 'attributes'],
  xml_references: ['문자 참조', 'references'],
  xml_disallowed_characters: ['허용되지 않는 글자', 'disallowed characters'],
  number_rounded: [
    '{value}은(는) 정확한 수로 바꿀 수 없을 만큼 큽니다. $number를 쓰지 말고 글자 그대로 보내십시오',
    '{value} is too large to be an exact number: leave it as text, without $number',
  ],
} as const satisfies ReasonTexts;
