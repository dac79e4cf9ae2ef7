import type { ReasonTexts } from '../reason-texts.ts';

/**
 * Adapters from outside, which npm installs (adapters/packages.ts), and secret references
 * (adapters/relay/read-secret.ts).
 */
export const packagesReasons = {
  package_unusable: ['연계 모듈 패키지 {package}: {detail}', 'adapter package {package}: {detail}'],
  package_exports_nothing: [
    '"adapter"를 내보내지 않습니다. 게시판 종류, 또는 그것을 만드는 함수여야 합니다',
    'exports no "adapter": a kind of board, or a function that makes one',
  ],
  package_not_made: ['연계 모듈을 만들 수 없습니다: {detail}', 'its adapter cannot be made: {detail}'],
  package_no_file: ['찾을 수 없습니다: {file} 파일이 없습니다', 'not found: there is no {file}'],
  package_not_installed: [
    '찾을 수 없습니다: {folder}에도 허브 옆에도 설치되어 있지 않습니다',
    'not found: it is installed neither in {folder} nor beside the hub',
  ],
  package_json_unreadable: [
    'package.json을 읽을 수 없습니다: {detail}',
    'its package.json cannot be read: {detail}',
  ],
  package_typescript: [
    'TypeScript로 배포되었습니다. Node는 node_modules 아래의 TypeScript를 실행하지 않으므로 JavaScript로 배포해야 합니다',
    'ships TypeScript, which Node runs nowhere below node_modules; it must ship JavaScript',
  ],
  package_not_loaded: ['불러올 수 없습니다: {detail}', 'cannot be loaded: {detail}'],
  package_no_kind: [
    '"adapter"가 게시판 종류가 아닙니다 (adapters/contract.ts의 AdapterKind)',
    'its "adapter" is no kind of board (see AdapterKind in adapters/contract.ts)',
  ],
  package_contract: [
    '계약 {theirs}용으로 만들어졌고 이 허브는 {ours}입니다. 맞는 버전의 패키지를 쓰십시오',
    'was written for contract {theirs}, and this hub has {ours}; take the version of the package that fits',
  ],
  package_name: [
    '이름은 영문 소문자, 숫자, 붙임표로 된 한 단어여야 합니다',
    'its name must be a word of small letters, digits and hyphens',
  ],
  package_lacks: ['게시판 종류 "{name}"에 없는 것이 있습니다: {parts}', 'its kind "{name}" lacks {parts}'],
  package_name_taken: [
    '"{name}" 연계 모듈이 이미 있습니다 ({owner})',
    'there is an adapter "{name}" already, of {owner}',
  ],
  package_hub_itself: ['허브 자체', 'the hub itself'],
  package_breaks_law: [
    '연계 모듈 "{name}"이(가) 법칙을 어깁니다. {law}: {detail}',
    'its kind "{name}" breaks a law: {law}: {detail}',
  ],
  package_certified_broken: [
    '연계 모듈 "{name}"의 적합성 인증서에 어긴 법칙이 있습니다: {law}',
    'the certificate of its kind "{name}" says that a law is broken: {law}',
  ],
  package_uncertified: [
    '연계 모듈 "{name}"에 유효한 적합성 인증서가 없습니다({detail}). ADAPTER_CERTIFICATES=required이므로 쓰지 않습니다',
    'its kind "{name}" has no valid certificate ({detail}), and ADAPTER_CERTIFICATES=required wants one',
  ],
  adapter_refused: [
    '"{name}" 연계 모듈을 거절했습니다. {detail}',
    'the adapter "{name}" was refused: {detail}',
  ],
  certificate_none: ['인증서 없음', 'there is none'],
  certificate_broken: [
    '인증서에 어긴 법칙이 있습니다: {law}',
    'the certificate says that a law is broken: {law}',
  ],
  certificate_unreadable: ['인증서를 읽을 수 없습니다', 'the certificate cannot be read'],
  certificate_other: [
    '다른 연계 모듈 "{name}"의 인증서입니다',
    'the certificate is that of another adapter, "{name}"',
  ],
  certificate_contract: [
    '계약 {theirs}에 대한 인증서이고 이 허브는 {ours}입니다',
    'the certificate is about contract {theirs}, and this hub has {ours}',
  ],
  certificate_file: ['인증 뒤에 파일이 바뀌었습니다: {file}', 'a file is not as it was certified: {file}'],
  law_settings_schema: ['설정은 JSON Schema로 기술된다', 'the settings have a JSON Schema that can be used'],
  law_settings_closed: [
    '설정 스키마는 닫혀 있다 (additionalProperties: false)',
    'the schema of the settings is closed (additionalProperties: false)',
  ],
  law_settings_secrets: [
    '비밀 값은 참조(env:, file:)로만 받는다',
    'secrets in the settings are references (env:, file:)',
  ],
  law_check_settings: [
    'checkSettings는 순수하고 예외를 던지지 않으며 스키마에 어긋나는 것을 알린다',
    'checkSettings is pure, never throws, and tells what does not fit the schema',
  ],
  law_create: ['create는 아무것도 열지 않고 예외를 던지지 않는다', 'create opens nothing and does not throw'],
  law_members: ['연계 모듈에는 normalise, check, close가 있다', 'an adapter has normalise, check and close'],
  law_carries: ['carries는 사건 종류의 집합이다', 'carries is a set of kinds of event'],
  law_abilities: [
    'abilities는 연계 모듈이 실제로 하는 것과 같다',
    'abilities says what the adapter really offers',
  ],
  law_uses_with_shape: ['shape가 있으면 usesOf도 있다', 'usesOf is present whenever shape is'],
  law_normalise_never_throws: [
    'normalise는 무엇을 받아도 예외를 던지지 않는다',
    'normalise never throws, whatever it is given',
  ],
  law_normalise_pure: [
    'normalise는 순수하다: 같은 입력에 같은 답을 하고 입력을 바꾸지 않는다',
    'normalise is pure: the same answer for the same input, which it does not change',
  ],
  secret_no_reference: [
    '{start}…: 비밀 값의 위치가 아닙니다. env:이름 또는 file:경로로 적으십시오',
    '{start}…: not a secret reference; write env:NAME or file:PATH',
  ],
  secret_missing: [
    '{reference}: 비밀 값이 없거나 비어 있습니다',
    '{reference}: the secret is missing or empty',
  ],
} as const satisfies ReasonTexts;
