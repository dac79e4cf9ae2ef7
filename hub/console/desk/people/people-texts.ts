import type { Texts } from '../../../web/texts.ts';

/** Texts of departments, absence and deputies. */
export const deskPeopleTexts: Texts = {
  'desk_people.title': ['부서와 부재', 'Departments and absence'],
  'desk_people.lead': [
    '부재 중에는 그 사람에게 지정된 민원이 대리자의 ‘내 일’에도 나타납니다. 같은 기관의 담당자가 서로 정할 수 있습니다.',
    'While a person is away, the complaints of that person also stand on the deputy’s “My work”. Officers of an agency can set this for each other.',
  ],
  'desk_people.none': ['이 기관에는 담당자 계정이 없습니다.', 'This agency has no account of an officer.'],
  'desk_people.department': ['부서', 'Department'],
  'desk_people.no_department': ['부서 없음', 'No department'],
  'desk_people.absent_now': ['부재 중', 'Away'],
  'desk_people.absent_later': ['부재 예정', 'Will be away'],
  'desk_people.deputy': ['대리자', 'Deputy'],
  'desk_people.since': ['부재 시작일', 'Away from'],
  'desk_people.until': ['부재 마지막 날', 'Away until'],
  'desk_people.edit': ['{0} 정하기', 'Set for {0}'],
  'desk_people.save_department': ['부서 저장', 'Save the department'],
  'desk_people.save_absence': ['부재 저장', 'Save the absence'],
  'desk_people.remove_absence': ['부재 지우기', 'Remove the absence'],
  'desk_problem.department': [
    '부서 이름은 100자까지 적습니다.',
    'A department has 100 characters at the most.',
  ],
  'desk_problem.since': ['날짜를 고르십시오.', 'Choose a day.'],
  'desk_problem.until': [
    '오늘부터 뒤이고 시작일보다 이르지 않은 날짜를 고르십시오.',
    'Choose a day from today on that is not before the first.',
  ],
  'desk_problem.deputy': ['목록에서 다른 담당자를 고르십시오.', 'Choose another officer of the list.'],
  'desk_problem.deputy_away': [
    '이 사람도 그동안 부재입니다. 다른 사람을 고르십시오.',
    'This person is away at that time too. Choose another one.',
  ],
  'done.department_set': ['부서를 저장했습니다.', 'The department is saved.'],
  'done.absence_set': ['부재와 대리자를 저장했습니다.', 'The absence and the deputy are saved.'],
  'done.absence_removed': ['부재를 지웠습니다.', 'The absence is removed.'],
};
