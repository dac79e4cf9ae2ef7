import type { Texts } from '../../../web/texts.ts';

/** Texts of internal notes. */
export const noteTexts: Texts = {
  'notes.title': ['내부 메모', 'Internal notes'],
  'notes.lead': [
    '우리 기관 사람만 봅니다. 민원인, 게시판, 다른 기관에는 보내지 않습니다.',
    'Only people of your agency read these. No complainant, board or other agency gets them.',
  ],
  'notes.none': ['아직 메모가 없습니다.', 'No note yet.'],
  'notes.text': ['메모', 'Note'],
  'notes.hint': [
    '@이름 또는 @아이디로 동료를 부르면 그 사람의 ‘내 일’에 나타납니다. 저장한 메모는 고칠 수 없고, 쓴 사람이 취소선만 그을 수 있습니다.',
    '@name or @login calls a colleague: it stands on that person’s “My work”. A saved note cannot be changed; its author may strike it out.',
  ],
  'notes.colleagues': ['부를 수 있는 동료', 'Colleagues you can call'],
  'notes.write': ['메모 저장', 'Save the note'],
  'notes.strike': ['취소선 긋기', 'Strike out'],
  'notes.struck': ['취소한 메모', 'Struck out'],
  'notes.called': ['부른 사람: {0}', 'Called: {0}'],
  'problem.note_required': ['메모를 적으십시오.', 'Write the note.'],
  'problem.note_long': ['메모는 4,000자까지 적을 수 있습니다.', 'A note has 4,000 characters at the most.'],
  'problem.note_ambiguous': [
    '같은 이름의 동료가 여러 명입니다. 이름 대신 @아이디로 부르십시오.',
    'Several colleagues have this name. Call the one by @login.',
  ],
  'done.note_written': ['메모를 저장했습니다.', 'The note is saved.'],
  'done.note_struck': ['메모에 취소선을 그었습니다.', 'The note is struck out.'],
  'mentions.title': ['나를 부른 메모', 'Notes that call me'],
};
