import type { Texts } from '../../web/texts.ts';

/** Texts of the overview of the rules, of drafts, and of what all of these pages share. */
export const rulesTexts: Texts = {
  'rules.title': ['업무 규칙', 'Rules'],
  'rules.lead': [
    '민원을 어느 기관에 배정할지, 처리기한을 어떻게 세는지, 안내문에 무엇을 쓰는지 정합니다. 고친 것은 초안에 남고, 적용하면 다시 시작하지 않아도 바로 쓰입니다.',
    'Which agency answers, how deadlines are counted, and what notices say. What you change stays in a draft of yours; once applied it is in force at once, without a restart.',
  ],
  'rules.menu': ['업무 규칙 메뉴', 'Kinds of rules'],
  'rules.in_force': ['시행 중', 'In force'],
  'rules.not_yet': ['아직 적용한 것이 없습니다.', 'Nothing is applied yet.'],
  'rules.version': ['{0}판', 'Version {0}'],
  'rules.your_draft': ['내 초안', 'Your draft'],
  'rules.draft_of': [
    '내 초안을 보고 있습니다. 아직 시행되지 않았습니다.',
    'You see your draft. It is not in force yet.',
  ],
  'rules.draft_changed': ['마지막 수정', 'last changed'],
  'rules.draft_problems': ['고쳐야 적용할 수 있습니다.', 'It can be applied once these are mended.'],
  'rules.review': ['검토하고 적용', 'Review and apply'],
  'rules.discard': ['초안 버리기', 'Discard the draft'],
  'rules.history': ['적용 이력', 'Versions'],
  'rules.rule_count': ['규칙 {0}개', '{0} rules'],
  'rules.clock_count': ['바꾼 날 {0}일, 추가한 처리기간 {1}개', '{0} changed days, {1} added periods'],
  'rules.unknown_years': ['{0}년의 공휴일을 모릅니다.', 'The holidays of {0} are not known.'],
  'rules.line': ['{0}행', 'line {0}'],
  'rules.unreadable': [
    '초안의 원문에 오류가 있어 항목으로 보일 수 없습니다. 원문에서 고치거나 초안을 버리십시오.',
    'The text of the draft has mistakes, so it cannot be listed. Mend them in the text, or discard the draft.',
  ],
  'rules.text': ['원문(YAML)', 'The text (YAML)'],
  'rules.text_hint': [
    '주석과 순서가 그대로 남습니다. 명령줄과 설정 파일이 쓰는 것과 같은 원문입니다.',
    'Comments and order stay. It is the text that files and the command line use.',
  ],
  'rules.save_text': ['초안으로 저장', 'Keep as draft'],

  'done.draft_kept': ['초안에 남겼습니다.', 'Kept in your draft.'],
  'done.draft_gone': ['초안을 버렸습니다.', 'Your draft is discarded.'],
  'done.rules_moved': [
    '그 사이 초안이 바뀌어 적용하지 않았습니다. 지금 내용을 보고 다시 하십시오.',
    'The draft had changed meanwhile, so nothing was done. Look at it as it is now and try again.',
  ],
};
