import type { Texts } from './texts.ts';

/** Texts of the views beside them, and words that several areas use. */
export const webTexts: Texts = {
  'site.path': ['현재 경로', 'You are here'],

  'time.never': ['없음', 'Never'],

  'form.required': ['필수', 'required'],
  'form.all': ['전체', 'All'],
  'form.choose': ['선택하십시오', 'Choose one'],
  'form.search': ['조회', 'Show'],
  'form.reset': ['조건 지우기', 'Clear filters'],
  'form.reason': ['사유', 'Reason'],
  'form.problems': ['처리할 수 없습니다.', 'This cannot be done as it is.'],

  'lost.title': ['쓰신 내용', 'What you typed'],
  'lost.kept': [
    '보내지 않았지만 사라지지 않았습니다. 이어서 쓰면 양식에 그대로 들어 있습니다.',
    'It was not sent, and it is not lost. Go on, and you find it in the form.',
  ],
  'lost.copy': [
    '보내지 않았습니다. 이 화면을 닫기 전에 필요한 내용을 복사하십시오.',
    'It was not sent. Copy what you need before you leave this page.',
  ],
  'lost.files': ['첨부파일은 다시 골라야 합니다.', 'Files have to be chosen again.'],

  'problem.required': ['필수 항목입니다.', 'This is required.'],

  'pager.label': ['쪽 이동', 'Pages'],
  'pager.first': ['처음', 'First'],
  'pager.previous': ['이전', 'Previous'],
  'pager.next': ['다음', 'Next'],

  'complaint.number': ['접수번호', 'Receipt number'],

  'files.add': ['첨부파일', 'Files'],
  'files.hint': [
    '{0}개까지, 한 파일은 {1}까지 올릴 수 있습니다. 형식: {2}',
    'Up to {0} files of up to {1} each. Types: {2}',
  ],
  'files.try_later': ['나중에 다시 올려 주십시오.', 'Choose it again later.'],

  'links.held': ['{1}건 중 {0}건 전달', '{0} of {1} events'],

  'agencies.agency': ['기관', 'Agency'],

  'done.nothing': [
    '바뀐 내용이 없습니다. 지금 상태에서는 할 수 없는 변경입니다.',
    'Nothing changed: it stands so already, or cannot become that from here.',
  ],
};
