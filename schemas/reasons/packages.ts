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
  secret_no_reference: [
    '{start}…: 비밀 값의 위치가 아닙니다. env:이름 또는 file:경로로 적으십시오',
    '{start}…: not a secret reference; write env:NAME or file:PATH',
  ],
  secret_missing: [
    '{reference}: 비밀 값이 없거나 비어 있습니다',
    '{reference}: the secret is missing or empty',
  ],
} as const satisfies ReasonTexts;
