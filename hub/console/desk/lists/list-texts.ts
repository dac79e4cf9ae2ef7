import type { Texts } from '../../../web/texts.ts';

/** Texts of lists: their order, their length, and filters with names. */
export const listTexts: Texts = {
  'list.total': ['총 {0}건', '{0} complaints'],
  'list.or_more': ['{0}건 이상', '{0} or more'],
  'list.uncounted': ['세는 데 오래 걸려 건수를 표시하지 않습니다.', 'Not counted: that would take too long.'],
  'list.size': ['한 쪽에', 'Per page'],
  'list.rows': ['{0}건', '{0} rows'],
  'list.set_size': ['바꾸기', 'Set'],
  'list.sort': ['{0} 순서 바꾸기', 'Sort by {0}'],
  'list.by_due': [
    '처리기한 순서에는 처리 중인 민원만 나옵니다.',
    'By deadline, only open complaints are shown.',
  ],
  'list.heading': ['민원 목록', 'Complaints'],
  'sorting.newest': ['최신순', 'newest first'],
  'sorting.oldest': ['오래된 순', 'oldest first'],
  'sorting.due': ['기한이 급한 순', 'most urgent first'],
  'sorting.due_last': ['기한이 먼 순', 'latest deadline first'],
  'filters.title': ['저장한 조건', 'Saved filters'],
  'filters.save_title': ['이 조건 저장·관리', 'Save and manage filters'],
  'filters.name': ['이름', 'Name'],
  'filters.name_hint': ['같은 이름으로 저장하면 바뀝니다.', 'The same name replaces it.'],
  'filters.save': ['이 조건 저장', 'Save this filter'],
  'filters.remove': ['‘{0}’ 삭제', 'Remove “{0}”'],
  'filters.none': [
    '조건을 골라 조회하면 이름을 붙여 저장할 수 있습니다.',
    'Choose a filter and show it; then it can be saved under a name.',
  ],
  'done.filter_saved': ['조건을 저장했습니다.', 'The filter is saved.'],
  'done.filter_removed': ['저장한 조건을 지웠습니다.', 'The filter is removed.'],
  'done.desk_set': ['설정을 저장했습니다.', 'Saved.'],
  'filter_problem.name': ['이름을 40자까지 적으십시오.', 'Give a name of 40 characters at the most.'],
  'filter_problem.query': [
    '저장할 조건이 없습니다. 먼저 조건을 골라 조회하십시오.',
    'There is nothing to save: choose a filter and show it first.',
  ],
  'filter_problem.many': [
    '조건은 30개까지 저장할 수 있습니다. 쓰지 않는 것을 지우십시오.',
    'Thirty filters can be kept. Remove one that you do not use.',
  ],
};
