import type { Texts } from '../../../web/texts.ts';

/** Texts of canned answers, where they are used and where they are kept. */
export const cannedTexts: Texts = {
  'canned.insert': ['상용 문구 넣기', 'Insert a canned answer'],
  'canned.title': ['상용 문구', 'Canned answers'],
  'canned.lead': [
    '답변과 중간 회신에 넣는 글입니다. 우리 기관 담당자가 함께 씁니다.',
    'Words for answers and interim answers, shared by the officers of the agency.',
  ],
  'canned.none': ['아직 상용 문구가 없습니다.', 'No canned answer yet.'],
  'canned.new': ['새 상용 문구', 'A new one'],
  'canned.name': ['제목', 'Title'],
  'canned.body': ['내용', 'Text'],
  'canned.variables': ['쓸 수 있는 변수', 'Variables'],
  'canned.hint': [
    '{{officer}}처럼 적은 변수는 민원에 맞는 말로 바뀝니다.',
    'A variable such as {{officer}} becomes what it is for the complaint.',
  ],
  'canned.save': ['저장', 'Save'],
  'canned.remove': ['‘{0}’ 삭제', 'Remove “{0}”'],
  'canned.edit': ['고치기', 'Change'],
  'canned_variable.receiptNumber': ['접수번호', 'receipt number'],
  'canned_variable.title': ['민원 제목', 'title of the complaint'],
  'canned_variable.complainant': ['민원인 이름', 'name of the complainant'],
  'canned_variable.registered': ['접수일시', 'when it was taken in'],
  'canned_variable.due': ['처리기한', 'deadline'],
  'canned_variable.agency': ['처리기관', 'agency'],
  'canned_variable.department': ['내 부서', 'my department'],
  'canned_variable.officer': ['내 이름', 'my name'],
  'canned_variable.contact': ['기관 전화번호', 'telephone of the agency'],
  'canned_variable.today': ['오늘 날짜', 'today'],
  'canned_problem.title': ['제목을 60자까지 적으십시오.', 'Give a title of 60 characters at the most.'],
  'canned_problem.taken': ['같은 제목의 상용 문구가 있습니다.', 'Another one has this title.'],
  'canned_problem.body': ['내용을 10,000자까지 적으십시오.', 'Give a text of 10,000 characters at the most.'],
  'canned_problem.variables': [
    '없는 변수가 있습니다. 아래 목록의 변수만 쓸 수 있습니다.',
    'It has a variable that there is not. Use those of the list below.',
  ],
  'canned_problem.many': [
    '한 기관이 100개까지 둘 수 있습니다. 쓰지 않는 것을 지우십시오.',
    'An agency can keep a hundred. Remove one that nobody uses.',
  ],
  'done.canned_saved': ['상용 문구를 저장했습니다.', 'The canned answer is saved.'],
  'done.canned_removed': ['상용 문구를 지웠습니다.', 'The canned answer is removed.'],
};
