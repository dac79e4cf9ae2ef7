import type { Texts } from '../../../web/texts.ts';

/** Texts about identity providers: on the page of signing in, on the way there and back, on the own account and on that of a person. */
export const signOnTexts: Texts = {
  'sign_on.title': ['통합 로그인', 'Single sign-on'],
  'sign_on.with_password': ['아이디와 비밀번호로 로그인', 'Sign in with login and password'],
  'sign_on.elsewhere': [
    '이 계정은 비밀번호로 로그인하지 않습니다. 다음 단추를 누르십시오: {0}',
    'This account does not sign in by a password. Use this button: {0}',
  ],
  'sign_on.going': ['{0} 페이지로 이동합니다', 'Going on to {0}'],
  'sign_on.going_lead': [
    '자동으로 이동하지 않으면 아래 단추를 누르십시오.',
    'If the page does not change by itself, use the button.',
  ],
  'sign_on.going_typed': [
    '입력한 내용을 이 브라우저에서 보관할 수 없습니다. 아래 내용을 복사한 다음 로그인하십시오.',
    'What you typed cannot be kept for this browser. Copy it from below, then sign in.',
  ],
  'sign_on.out_lead': [
    '여기에서는 로그아웃했습니다. 통합 로그인에서도 로그아웃합니다.',
    'You are signed out here. Your sign-on is ended as well.',
  ],
  'sign_on.go': ['계속', 'Go on'],

  'sign_on.refused': ['로그인하지 못했습니다', 'You are not signed in'],
  'sign_on.away': [
    '통합 로그인 서버가 응답하지 않습니다. 잠시 뒤에 다시 시도하십시오.',
    'The sign-on server does not answer. Try again in a moment.',
  ],
  'sign_on.denied': [
    '통합 로그인에서 취소했거나 거절했습니다.',
    'The sign-on was cancelled there, or the server refused it.',
  ],
  'sign_on.clock': [
    '통합 로그인 서버의 응답이 너무 오래되었거나 두 서버의 시각이 다릅니다. 다시 시도하고, 계속되면 시각을 맞추도록 알리십시오.',
    'The answer of the sign-on server is too old, or the clocks of the two servers differ. Try again; if it stays so, tell the contact below to set the clock.',
  ],
  'sign_on.audience': [
    '통합 로그인 서버가 다른 서비스에 대한 응답을 보냈습니다. 서버 설정을 고쳐야 합니다.',
    'The sign-on server sent an answer for another service. Its settings have to be mended.',
  ],
  'sign_on.lost': [
    '이 브라우저에서 시작한 로그인이 아니거나 시간이 지났습니다. 처음부터 다시 로그인하십시오.',
    'This sign-in was not begun in this browser, or it took too long. Begin again.',
  ],
  'sign_on.untrusted': [
    '통합 로그인 서버의 응답을 확인할 수 없어 받지 않았습니다.',
    'The answer of the sign-on server could not be verified, and was not taken.',
  ],
  'sign_on.repeated': [
    '이미 사용한 응답입니다. 처음부터 다시 로그인하십시오.',
    'This answer was used before. Begin again.',
  ],
  'sign_on.unmapped': [
    '통합 로그인은 되었으나 이 시스템에서 맡은 역할이 없습니다.',
    'You are known there, but no role here is given to you.',
  ],
  'sign_on.absent': [
    '통합 로그인은 되었으나 이 시스템에 계정이 없습니다. 계정이 있으면 비밀번호로 로그인한 다음 내 계정에서 통합 로그인을 연결하십시오.',
    'You are known there, but have no account here. If you have one, sign in with your password and add the sign-on on the page of your account.',
  ],
  'sign_on.taken': [
    '전자우편 주소나 아이디를 다른 계정이 쓰고 있거나, 계정이 다른 사람과 연결되어 있습니다.',
    'Your address or login is that of another account, or the account belongs to another person there.',
  ],
  'sign_on.disabled': ['사용이 중지된 계정입니다.', 'The account may not sign in any more.'],
  'sign_on.emergency': [
    '비상 계정은 통합 로그인으로 로그인할 수 없습니다.',
    'A break-glass account signs in by its password alone.',
  ],
  'sign_on.last': [
    '통합 로그인이 알린 역할로 바꾸면 비밀번호로 로그인할 수 있는 관리자가 남지 않습니다. 다른 관리자를 먼저 정하십시오.',
    'With the role that the sign-on tells, no administrator with a password would be left. Make another one first.',
  ],
  'sign_on.ask': ['문의', 'Ask'],
  'sign_on.tell': ['알릴 내용', 'Tell them'],
  'sign_on.again': ['다시 시도', 'Try again'],
  'sign_on.back': ['로그인 화면으로', 'Back to signing in'],

  'sign_on.own_lead': [
    '연결하면 통합 로그인으로 이 계정에 로그인할 수 있습니다.',
    'Once it is added, you can sign in to this account by it.',
  ],
  'sign_on.none': ['연결한 통합 로그인이 없습니다.', 'None is added.'],
  'sign_on.used': ['마지막 사용', 'Last used'],
  'sign_on.add': ['{0} 연결', 'Add {0}'],
  'sign_on.remove': ['연결 해제', 'Remove'],
  'sign_on.no_password': [
    '이 계정은 통합 로그인으로만 로그인합니다. 비밀번호가 없으며, 전자우편 주소는 통합 로그인이 알립니다.',
    'This account signs in by its provider alone. It has no password, and its address comes from there.',
  ],
  'sign_on.no_factor': [
    '이 계정은 통합 로그인으로 로그인합니다. 2단계 인증은 통합 로그인에서 설정하거나, 여기에서 요구할 때 로그인하면서 등록합니다.',
    'This account signs in by its provider. Set up a second factor there, or here while you sign in, if the hub asks for one.',
  ],
  'done.sign_on_added': ['통합 로그인을 연결했습니다.', 'The sign-on is added.'],
  'done.sign_on_removed': ['통합 로그인 연결을 해제했습니다.', 'The sign-on is removed.'],
};
