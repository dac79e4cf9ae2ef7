import type { ReasonTexts } from '../reason-texts.ts';

/** What is wrong in a document (schemas/validate.ts). The English text is that of ajv where it has one. */
export const documentsReasons = {
  sheet_unreadable: ['표로 읽을 수 없습니다: {text}', 'cannot be read as a table: {text}'],
  sheet_lacks: ['열이 없습니다: {column}', 'lacks a column: {column}'],
  sheet_empty: ['제목 줄 아래에 내용이 없습니다', 'has nothing below its headings'],
  sheet_repeats: [
    '같은 사무명과 시행일이 {line}행에도 있습니다: {name}',
    '{name} is in line {line} already, with the same day',
  ],
  cell_empty: ['비어 있습니다', 'is empty'],
  cell_too_long: ['너무 깁니다: {n}자까지', 'is too long: {n} characters at most'],
  cell_no_period: [
    '처리기간이 아닙니다: {text}. 1일~365일, 1시간~40시간, 즉시 가운데 하나로 적으십시오',
    '{text} is no period; write 1 to 365 days, 1 to 40 hours, or at once',
  ],
  cell_no_day: [
    '날짜가 아닙니다: {text}. 2026-01-31처럼 적으십시오',
    '{text} is no day; write it like 2026-01-31',
  ],
  required: ['필수 항목입니다', 'is required'],
  unknown_field: ['모르는 항목입니다', 'is not a known field'],
  one_of: ['다음 중 하나여야 합니다: {words}', 'must be one of {words}'],
  date_time: [
    '시간대가 있는 날짜와 시각이어야 합니다 (예: 2026-11-20T09:30:00+09:00, RFC 3339). 실제로 있는 1900~9999년의 날짜, 시차는 14:00까지',
    'must be a date and time with offset, for example 2026-11-20T09:30:00+09:00 (RFC 3339): a day that there is, of the years 1900 to 9999, and an offset of at most 14:00',
  ],
  email: [
    '전자우편 주소여야 합니다 (예: hong@example.kr)',
    'must be an e-mail address, for example hong@example.kr',
  ],
  uuid: ['UUID여야 합니다', 'must be a UUID'],
  format: ['{format} 형식이어야 합니다', 'must be a {format}'],
  uri: ['전체 주소(URI)여야 합니다', 'must be an absolute URI'],
  type: ['{type} 형식이어야 합니다', 'must be {type}'],
  type_like: ['{type} 형식이어야 합니다 (예: {example})', 'must be {type}, for example {example}'],
  too_short: ['{n}자 이상이어야 합니다', 'must NOT have fewer than {n} characters'],
  too_long: ['{n}자를 넘을 수 없습니다', 'must NOT have more than {n} characters'],
  too_few: ['{n}개 이상이어야 합니다', 'must NOT have fewer than {n} items'],
  too_few_fields: ['항목이 {n}개 이상이어야 합니다', 'must NOT have fewer than {n} properties'],
  duplicates: [
    '같은 것이 두 번 있습니다 ({first}번째와 {second}번째, 0부터)',
    'must NOT have duplicate items (items ## {first} and {second} are identical)',
  ],
  constant: ['{value}이어야 합니다', 'must be {value}'],
  no_choice: ['받을 수 있는 형식 가운데 어느 것도 아닙니다', 'must match a schema in anyOf'],
  name_not_allowed: ['쓸 수 없는 이름입니다: {name}', 'the name {name} cannot be used here'],
  too_small: ['{n} 이상이어야 합니다', 'must be >= {n}'],
  too_great: ['{n} 이하여야 합니다', 'must be <= {n}'],
  too_many: ['{n}개를 넘을 수 없습니다', 'must NOT have more than {n} items'],
  pattern: ['형식이 맞지 않습니다: {pattern}', 'must match pattern {pattern}'],

  // The text of a document of the configuration (hub/configuration).
  key_twice: [
    '같은 항목이 두 번 있습니다: {key}',
    'Map keys must be unique: {key} stands here a second time',
  ],
  document_too_large: [
    '문서가 너무 큽니다. {n} KiB까지 쓸 수 있습니다',
    'is too large: a document has {n} KiB at the most',
  ],
  document_too_deep: [
    '너무 깊습니다. {n}단계까지 쓸 수 있습니다',
    'is nested too deeply: a document has {n} levels at the most',
  ],
  not_utf8: ['UTF-8 글이 아닙니다. UTF-8로 저장하십시오', 'is no text in UTF-8; save it as UTF-8'],
  yaml_aliases: [
    '별칭(*)이 너무 많이 되풀이됩니다. 내용을 그대로 적으십시오',
    'repeats its aliases (*) too often; write out what they stand for',
  ],
  sign_not_storable: [
    '저장할 수 없는 글자(NUL 또는 반쪽 글자)가 있습니다. 지우십시오',
    'holds a sign that cannot be stored (NUL, or half of a sign); remove it',
  ],
  secret_written_out: [
    '비밀값을 그대로 적을 수 없습니다. 서버의 환경 변수나 파일에 두고 env:이름 또는 file:경로로 가리키십시오. 이미 보인 값은 바꾸십시오',
    'a secret must not stand here: keep it in a variable or file of the server and write env:NAME or file:PATH. Change a secret that was shown',
  ],
  document_name: ['문서 이름이 맞지 않습니다: {name}', 'is no name of a document: {name}'],
} as const satisfies ReasonTexts;
