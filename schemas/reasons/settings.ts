import type { ReasonTexts } from '../reason-texts.ts';

/** What is wrong with a board's settings beyond its schema (`config.ts` of each adapter, adapters/kinds.ts). */
export const settingsReasons = {
  unknown_adapter: [
    '"{name}" 연계 모듈이 없습니다. 있는 모듈: {known}. 기관 설정에서 이름을 바로잡으십시오',
    'there is no adapter "{name}"; known: {known}',
  ],
  unknown_adapter_but: [
    '"{name}" 연계 모듈이 없습니다. {suggestion}을(를) 뜻합니까? 있는 모듈: {known}',
    'there is no adapter "{name}"; is {suggestion} meant? Known: {known}',
  ],
  word_not_known: ['"{word}"은(는) 다음 중 하나여야 합니다: {words}', '"{word}" must be one of {words}'],
  placeholder_unknown: [
    '{{name}}은(는) 여기서 쓸 수 없습니다. 쓸 수 있는 것: {known}',
    '{{name}} is not known here; known: {known}',
  ],

  // Further calls about a post, and the authors of its comments (adapters/kit/mapped).
  name_taken: [
    '"{name}"은(는) 이미 쓰는 이름입니다. 다른 이름을 붙이십시오',
    '"{name}" is taken; choose another name',
  ],
  shared_with_each: [
    'each와 함께 쓸 수 없습니다. 둘 중 하나를 지우십시오',
    'cannot stand beside each; remove one of them',
  ],
  authors_missing: [
    'normalise가 comments를 만들므로 누가 담당자인지 적어야 합니다. 예: authors: { officers: ["kim", "lee"] }',
    'normalise returns comments, so the configuration must say who is an officer, e.g. authors: { officers: ["kim", "lee"] }',
  ],

  // Open311.
  code_lower_case: ['소문자여야 합니다', 'must be in lower case'],
  code_needed: [
    '"{word}"에 해당하는 코드가 있어야 합니다. 갱신을 보낼 때 필요합니다',
    'must have a code for "{word}": an update needs it',
  ],
  code_not_listed: [
    '"{code}"은(는) /codes/status에 있는 코드가 아닙니다. 있는 코드로 바로잡으십시오',
    '"{code}" is not a code of /codes/status',
  ],

  // Databases.
  no_preset: [
    '"{name}" 사전 설정이 없습니다. 있는 것: {known}. 이름을 바로잡으십시오',
    'there is no preset "{name}"; known: {known}',
  ],
  no_preset_parameter: [
    '이 사전 설정에 없는 매개변수입니다. 있는 것: {known}. 이름을 바로잡으십시오',
    'this preset has no such parameter; known: {known}',
  ],
  preset_parameter_required: ['이 사전 설정의 필수 항목입니다', 'is required by this preset'],
  preset_parameter_signs: [
    '글자, 숫자, _ $ . @ - 와 쉼표만 500자까지 쓸 수 있습니다',
    'may hold letters, digits, _ $ . @ - and commas only, 500 at the most',
  ],
  children_not_before: [
    '앞에 있는 children 가운데 "{of}"을(를) 읽는 것이 없습니다. 이름이나 순서를 바로잡고, 그 열을 columns에 더하십시오',
    'no earlier children read "{of}"; put them before, with that column among their columns',
  ],
  step_not_before: [
    '앞 단계에서 "{name}"을(를) 삽입하지 않습니다. 이름이나 단계의 순서를 바로잡으십시오',
    'no earlier step inserts "{name}"',
  ],
  mark_or_unless: ['"unless"가 없으면 필수 항목입니다', 'is required without "unless"'],
  mark_missing: ['삽입하는 행 중 하나에 mark가 있어야 합니다', 'must mark one of the rows that it inserts'],
  insert_missing: ['행을 삽입해야 합니다', 'must insert a row'],
  mark_of_file: ['{table} 테이블의 {column} 열이어야 합니다', 'must be {column} of {table}'],

  // Webhooks.
  url_with_password: [
    '사용자나 비밀번호를 넣을 수 없습니다. auth에 적으십시오',
    'must not carry a user or a password: see auth',
  ],
  url_with_fragment: [
    '#로 시작하는 부분은 전송되지 않으므로 빼십시오',
    'must not end in a fragment (#…): it is not sent',
  ],
} as const satisfies ReasonTexts;
