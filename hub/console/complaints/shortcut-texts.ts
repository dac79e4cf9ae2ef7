import type { Texts } from '../../web/texts.ts';

/** Texts of the keyboard shortcuts, on lists and on a complaint. */
export const shortcutTexts: Texts = {
  'shortcuts.title': ['키보드 단축키', 'Keyboard shortcuts'],
  'shortcuts.lead': ['글을 적는 칸에서는 움직이지 않습니다.', 'They do nothing while you type into a field.'],
  'shortcuts.off_now': ['지금은 꺼져 있습니다.', 'They are switched off now.'],
  'shortcuts.next': ['다음 민원', 'Next complaint'],
  'shortcuts.previous': ['이전 민원', 'Previous complaint'],
  'shortcuts.open': ['열기 (목록)', 'Open (list)'],
  'shortcuts.tick': ['고르기 (목록)', 'Tick (list)'],
  'shortcuts.bulk': ['고른 것을 한꺼번에 처리 (목록)', 'Act on the ticked ones (list)'],
  'shortcuts.step': ['절차 고르기 (민원)', 'Choose a step (complaint)'],
  'shortcuts.note': ['내부 메모 쓰기 (민원)', 'Write an internal note (complaint)'],
  'shortcuts.back': ['앞 화면으로', 'Back to where this belongs'],
  'shortcuts.answer': ['답변 쓰기', 'Write an answer'],
  'shortcuts.search': ['검색', 'Search'],
  'shortcuts.help': ['이 도움말', 'This help'],
  'shortcuts.switch_off': ['단축키 끄기', 'Switch them off'],
  'shortcuts.switch_on': ['단축키 켜기', 'Switch them on'],
  'shortcuts.close': ['닫기', 'Close'],
};
