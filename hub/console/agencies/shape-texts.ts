import { reasonTexts } from '../../../schemas/reasons/index.ts';
import { listChangeKinds } from '../../exchange/shape/compare-shapes.ts';
import type { Texts } from '../../web/texts.ts';

const ofChanges = Object.fromEntries(
  listChangeKinds().map((kind) => [`shape_change.${kind}`, reasonTexts[`shape_${kind}`]]),
);

/** Texts about the shape of a board and its changes. */
export const shapeTexts: Texts = {
  ...ofChanges,
  'shape.title': ['게시판 구조', 'Shape of the board'],
  'shape.lead': [
    '열, 필드, WSDL 요소가 달라지면 연계가 실패하기 전에 알립니다. 글의 내용은 보관하지 않습니다.',
    'Changes of columns, fields and WSDL elements are told before anything fails. No content of posts is kept.',
  ],
  'shape.seen': ['마지막 확인', 'Last seen'],
  'shape.places': ['{0}개 항목', '{0} places'],
  'shape.normal': ['기준 시점', 'Normal since'],
  'shape.first_look': ['처음 확인한 구조', 'as first seen'],
  'shape.unchanged': ['기준과 같습니다.', 'Nothing has changed.'],
  'shape.not_yet': ['아직 확인하지 못했습니다.', 'It could not be seen yet.'],
  'shape.unseen': ['이 게시판은 구조를 확인할 수 없습니다.', 'Nothing can be seen of this board’s shape.'],
  'shape.concerned': [
    '연계 설정이 쓰는 항목 {0}개가 바뀌었습니다. 설정을 고치거나 기준을 바꾸십시오.',
    '{0} of the changes touch what the configuration uses: correct it, or take the board as it is now.',
  ],
  'shape.caption': ['구조 변경: 항목, 변경, 쓰는 설정, 시각', 'Changes: place, change, used by, since'],
  'shape.place': ['항목', 'Place'],
  'shape.change': ['변경', 'Change'],
  'shape.uses': ['쓰는 설정', 'Used by'],
  'shape.unused': ['쓰지 않음', 'not used'],
  'shape.more': ['외 {0}개', 'and {0} more'],
  'shape.since': ['처음 본 시각', 'Since'],
  'shape.accept': ['지금 구조를 기준으로', 'Take as the new normal'],
  'shape.accept_hint': ['경보가 끝나고 결정이 기록됩니다.', 'Ends the alert; the decision is kept.'],
  'done.shape_taken': ['지금 구조를 기준으로 삼았습니다.', 'The board as it is now is the new normal.'],
  'done.shape_moved': [
    '그사이 구조가 다시 바뀌었습니다. 아무것도 바꾸지 않았습니다.',
    'It has changed again meanwhile; nothing was done.',
  ],
};
