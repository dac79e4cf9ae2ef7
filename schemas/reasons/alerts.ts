import type { ReasonTexts } from '../reason-texts.ts';

/** What an alert names (hub/alerts), and changes of a board's shape (hub/exchange/shape). */
export const alertsReasons = {
  delivery: ['전달', 'delivery'],
  poll: ['수집', 'poll'],
  configuration_version: ['설정 {version}판', 'version {version}'],
  seconds_ahead: ['{n}초', '{n} s'],
  on_day: ['{day} {what}', '{day} {what}'],
  ledger_difference: ['{difference}: {item}{about}', '{difference}: {item}{about}'],
  about_complaint: [' {number}', ' {number}'],
  about_event: [' {number} {seq}번째 사건', ' {number} event {seq}'],
  about_its_event: [' {seq}번째 사건', ' event {seq}'],

  shape_changed: ['{place}: {change}{values} → {uses}{more}', '{place}: {change}{values} → {uses}{more}'],
  shape_gone: ['없어짐', 'gone'],
  shape_type: ['형식이 바뀜', 'another type'],
  shape_shorter: ['길이가 줄어듦', 'shorter'],
  shape_charset: ['문자집합이 바뀜', 'another charset'],
  shape_required: ['필수가 됨', 'required now'],
  shape_unmapped: ['대응표에 없는 코드', 'codes that no table knows'],
  shape_new: ['새로 생김', 'new'],
  shape_longer: ['길이가 늘어남', 'longer'],
  shape_optional: ['필수가 아니게 됨', 'optional now'],
} as const satisfies ReasonTexts;
