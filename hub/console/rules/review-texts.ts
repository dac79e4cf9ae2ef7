import type { Texts } from '../../web/texts.ts';

/** Texts of the review of a draft, of versions and of going back to one. */
export const reviewTexts: Texts = {
  'document.routing': ['배정 규칙', 'Routing'],
  'document.clock': ['처리기간·달력', 'Periods and calendar'],

  'review.title': ['검토하고 적용', 'Review and apply'],
  'review.lead': [
    '내 초안이 시행 중인 것과 무엇이 다른지 확인하십시오. 적용하면 모든 프로세스에서 바로 쓰입니다.',
    'See how your draft differs from what is in force. Applied, it is used by all processes at once.',
  ],
  'review.removal': [
    '고친 문구를 없애고 허브의 기본 문구로 되돌립니다.',
    'The changed text goes, and the default text of the hub holds again.',
  ],
  'review.places': ['달라지는 값', 'What changes'],
  'review.rules': ['달라지는 규칙', 'Rules that change'],
  'review.no_rules': [
    '규칙은 그대로이고 글만 달라집니다.',
    'The rules stay as they are; only the text differs.',
  ],
  'review.from_to': ['규칙 {0} → {1}', 'rule {0} → {1}'],
  'review.lines': ['달라지는 줄', 'Lines'],
  'review.lines_caption': ['줄 비교: 이전 번호, 새 번호, 글', 'Lines: number before, number after, text'],
  'review.no_lines': ['달라지는 것이 없습니다.', 'Nothing changes.'],
  'review.lines_left': ['같은 줄 {0}개', '{0} equal lines'],
  'review.note': ['왜 바꾸는지', 'Why'],
  'review.note_hint': ['이력에 남습니다.', 'It stays with the version.'],
  'review.apply': ['적용', 'Apply'],
  'review.propose': ['두 번째 사람에게 확인 요청', 'Ask a second person'],
  'review.second_person': [
    '이 허브에서는 다른 사람이 확인해야 시행됩니다.',
    'In this hub a second person has to agree before it is in force.',
  ],
  'review.back': ['초안으로 돌아가기', 'Back to the draft'],
  'review.moved': ['그 사이 {1}님이 {0}판을 적용했습니다.', 'Meanwhile {1} applied version {0}.'],
  'review.can_merge': [
    '서로 다른 곳을 고쳤으므로 합칠 수 있습니다. 합친 것은 초안에 들어가며, 다시 검토합니다.',
    'You changed different places. The two can be joined in your draft, which you then review again.',
  ],
  'review.merge': ['초안에 합치기', 'Join them in the draft'],
  'review.conflicts': [
    '같은 곳을 고쳤습니다. 초안을 버리고 다시 고치거나, 시행 중인 내용을 초안에 옮겨 적으십시오. 겹치는 곳:',
    'You both changed the same places. Discard the draft and begin anew, or write the other text into it. They are:',
  ],
  'place_change.added': ['추가', 'added'],
  'place_change.changed': ['변경', 'changed'],
  'place_change.moved': ['이동', 'moved'],
  'place_change.removed': ['삭제', 'removed'],
  'line_change.same': ['같음', 'same'],
  'line_change.added': ['추가', 'added'],
  'line_change.removed': ['삭제', 'removed'],
  'problem.draft_moved': [
    '검토하는 사이 초안이 바뀌었습니다. 아래 내용을 다시 확인하십시오.',
    'The draft changed while you reviewed it. Look at it again below.',
  ],
  'problem.not_applied': [
    '적용하지 못했습니다. 그 사이 바뀐 것이 있습니다. 아래를 확인하십시오.',
    'It was not applied, for something has changed meanwhile. See below.',
  ],

  'versions.caption': ['적용 이력: 판, 이유, 사람, 시각', 'Versions: number, why, by whom, when'],
  'versions.version': ['판', 'Version'],
  'versions.note': ['왜', 'Why'],
  'versions.by': ['누가', 'By'],
  'versions.at': ['언제', 'When'],
  'versions.removal': ['시행을 끝냄', 'taken out of force'],
  'versions.is_current': ['지금 시행 중인 판입니다.', 'This version is in force.'],
  'versions.undo': [
    '이 판으로 되돌리면 아래처럼 바뀝니다. 그 뒤의 변경은 없던 것이 됩니다.',
    'Going back to this version changes what is named below, and undoes what came after it.',
  ],
  'versions.roll_back': ['이 판으로 되돌리기', 'Go back to this version'],
  'versions.text': ['이 판의 원문', 'The text of this version'],
  'change_way.console': ['화면', 'console'],
  'change_way.command': ['명령줄', 'command line'],
  'change_way.api': ['API', 'API'],
  'change_way.first-start': ['첫 시작', 'first start'],

  'done.no_draft': ['적용할 초안이 없습니다.', 'There is no draft to apply.'],
  'done.rules_applied': ['적용했습니다. 지금부터 시행됩니다.', 'Applied. It is in force from now on.'],
  'done.rules_proposed': ['두 번째 사람의 확인을 기다립니다.', 'It waits for a second person.'],
  'done.draft_merged': [
    '두 변경을 초안에 합쳤습니다. 다시 검토하십시오.',
    'Both are joined in your draft. Review it again.',
  ],
};
