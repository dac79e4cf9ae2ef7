import type { Texts } from '../../web/texts.ts';

/** Texts about signing in and users. */
export const peopleTexts: Texts = {
  'sign_in.title': ['로그인', 'Sign in'],
  'sign_in.lead': ['업무 담당자 계정으로 로그인하십시오.', 'Sign in with your staff account.'],
  'sign_in.action': ['로그인', 'Sign in'],
  'sign_in.refused': ['아이디 또는 비밀번호가 올바르지 않습니다.', 'The login or the password is wrong.'],
  'sign_in.wait': [
    '로그인 시도가 너무 많아 잠시 막았습니다. {0} 이후에 다시 시도하십시오. 전에 로그인했던 브라우저에서는 지금도 로그인할 수 있습니다. 직접 시도하지 않았다면 관리자에게 알리십시오.',
    'Too many tries to sign in. Try again after {0}. A browser in which you signed in before lets you in now. If these tries are not yours, tell the administrator.',
  ],
  'sign_in.busy': [
    '지금 로그인이 몰리고 있습니다. 몇 초 뒤에 다시 시도하십시오.',
    'Many people are signing in right now. Try again in a few seconds.',
  ],

  'users.title': ['사용자', 'Users'],
  'users.list': ['사용자 목록', 'Who may sign in'],
  'users.caption': ['사용자: 이름, 역할, 기관, 상태', 'Users: name, role, agency, state'],
  'users.new': ['사용자 추가', 'Add a user'],
  'users.create': ['추가', 'Add'],

  'user.login': ['아이디', 'Login'],
  'user.password': ['비밀번호', 'Password'],
  'user.password_hint': ['12자 이상', '12 characters or more'],
  'user.name': ['이름', 'Name'],
  'user.role': ['역할', 'Role'],
  'user.agency': ['기관', 'Agency'],
  'user.no_agency': ['없음', 'None'],
  'user.agency_hint': ['기관 담당자만 선택합니다.', 'For agency officers only.'],
  'user.language': ['화면 언어', 'Language'],
  'user.state': ['상태', 'State'],
  'user.disable': ['사용 중지', 'Disable'],
  'user.disabled': ['중지됨', 'Disabled'],
  'user.you': ['본인', 'You'],

  'problem.taken': ['이미 있는 아이디입니다.', 'This login is in use.'],
  'problem.name': ['1자 이상 100자까지 쓸 수 있습니다.', '1 to 100 characters.'],
  'problem.login': [
    '영문 소문자, 숫자, . _ - 로 2자에서 40자',
    '2 to 40 of a-z, 0-9, dot, hyphen, underscore',
  ],
  'problem.role': ['목록에서 선택하십시오.', 'Choose one of the list.'],
  'problem.agency': [
    '기관 담당자는 기관이 필요하고, 다른 역할은 기관이 없습니다.',
    'Required for officers, and for them only.',
  ],
  'problem.password': ['12자 이상이어야 합니다.', '12 characters or more.'],

  'done.signed_out': ['로그아웃했습니다.', 'You have signed out.'],
  'done.user_created': ['사용자를 추가했습니다.', 'The user is added.'],
  'done.user_disabled': ['사용을 중지했습니다.', 'The user is disabled.'],
};
