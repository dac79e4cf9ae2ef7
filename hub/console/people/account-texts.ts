import type { Texts } from '../../web/texts.ts';

/** Texts about one's own account, and about the links that are mailed. */
export const accountTexts: Texts = {
  'account.title': ['내 계정', 'My account'],
  'account.profile': ['기본 정보', 'About me'],
  'account.save': ['저장', 'Save'],
  'account.password': ['비밀번호 변경', 'Change my password'],
  'account.password_lead': [
    '바꾸면 지금 이 화면을 뺀 다른 로그인이 모두 끝납니다.',
    'All other sessions end when you change it.',
  ],
  'account.current': ['현재 비밀번호', 'Current password'],
  'account.new': ['새 비밀번호', 'New password'],
  'account.again': ['새 비밀번호 다시 입력', 'New password once more'],
  'account.change': ['변경', 'Change'],
  'account.email': ['전자우편', 'E-mail'],
  'account.email_none': ['등록된 주소가 없습니다.', 'There is no address yet.'],
  'account.email_use': [
    '비밀번호를 잊었을 때 이 주소로 재설정 링크를 보냅니다.',
    'A forgotten password is set anew by a link that goes to this address.',
  ],
  'account.email_new': ['새 주소', 'New address'],
  'account.email_asked': [
    '{0} 주소로 확인 메일을 보냈습니다. {1}까지 메일의 링크를 열면 바뀝니다.',
    'A mail went to {0}. Open its link by {1} and the address changes.',
  ],
  'account.email_send': ['확인 메일 보내기', 'Send a link to it'],
  'account.rights': ['내가 할 수 있는 일', 'What I may do'],
  'account.all_rights': ['모든 역할의 권한 보기', 'See the rights of all roles'],

  'session.title': ['로그인 목록', 'Sessions'],
  'session.lead': [
    '모르는 로그인이 있으면 끝내고 비밀번호를 바꾸십시오.',
    'End what you do not know, and change your password.',
  ],
  'session.caption': ['로그인: 브라우저, 시작, 마지막 사용', 'Sessions: browser, begun, last seen'],
  'session.browser': ['브라우저', 'Browser'],
  'session.unknown': ['알 수 없는 브라우저', 'Unknown browser'],
  'session.from': ['접속 주소', 'From'],
  'session.begun': ['시작', 'Begun'],
  'session.seen': ['마지막 사용', 'Last seen'],
  'session.device_since': ['{0}부터 쓰던 브라우저', 'Known since {0}'],
  'session.device_new': ['기억하지 않는 브라우저', 'Not remembered'],
  'session.this': ['지금 이 화면', 'This one'],
  'session.action': ['작업', 'Action'],
  'session.end': ['끝내기', 'End'],
  'session.end_others': ['다른 로그인 모두 끝내기', 'End all others'],
  'session.end_all': ['모두 끝내기', 'End all'],
  'session.none': ['열려 있는 로그인이 없습니다.', 'Nobody is signed in with this account.'],

  'forgotten.title': ['비밀번호 재설정', 'Forgotten password'],
  'forgotten.lead': [
    '아이디나 등록된 전자우편 주소를 적으면, 계정에 등록된 주소로 재설정 링크를 보냅니다.',
    'Type your login or your e-mail address. A link goes to the address of the account.',
  ],
  'forgotten.who': ['아이디 또는 전자우편', 'Login or e-mail'],
  'forgotten.action': ['링크 받기', 'Send the link'],
  'forgotten.wait': [
    '이곳에서 요청이 너무 많았습니다. {0} 이후에 다시 시도하십시오.',
    'Too many requests came from here. Try again after {0}.',
  ],
  'forgotten.back': ['로그인으로', 'Back to signing in'],
  'forgotten.none': [
    '메일이 오지 않으면 스팸함을 보고, 그래도 없으면 관리자에게 알리십시오. 주소를 등록하지 않은 계정은 관리자만 도울 수 있습니다.',
    'If no mail comes, look among spam, then ask the administrator: an account without an address cannot be helped otherwise.',
  ],
  'forgotten.link': ['비밀번호를 잊으셨습니까?', 'Forgot your password?'],

  'link.title_password': ['비밀번호 정하기', 'Set your password'],
  'link.title_email': ['전자우편 주소 확인', 'Confirm your address'],
  'link.for': ['{0} 님(아이디 {1})의 계정입니다.', 'The account of {0} (login {1}).'],
  'link.password_lead': [
    '정하고 나면 이 링크는 다시 쓸 수 없고, 이 계정의 다른 로그인은 모두 끝납니다.',
    'The link works once. All sessions of this account end when you have set it.',
  ],
  'link.set': ['비밀번호 정하기', 'Set the password'],
  'link.email_lead': [
    '확인하면 이 계정의 메일이 {0} 주소로 갑니다.',
    'Mails about this account go to {0} once you confirm.',
  ],
  'link.confirm': ['이 주소로 바꾸기', 'Use this address'],
  'link.over': ['이 링크는 쓸 수 없습니다', 'This link does not work'],
  'link_state.used': ['이미 쓴 링크입니다. 한 번만 쓸 수 있습니다.', 'It was used before. It works once.'],
  'link_state.expired': ['기한이 지난 링크입니다.', 'Its time is over.'],
  'link_state.ended': [
    '새 링크로 바뀌었거나 관리자가 거둔 링크입니다. 더 나중에 온 메일이 있는지 보십시오.',
    'It was replaced or withdrawn. Look for a newer mail.',
  ],
  'link_state.unknown': [
    '주소가 잘렸거나 더는 없는 링크입니다. 메일의 주소 전체를 다시 여십시오.',
    'The address was cut, or the link is gone. Open the whole address in the mail once more.',
  ],
  'link.again': ['링크 새로 받기', 'Get a new link'],

  'mail.no_url': [
    '허브가 자기 주소를 몰라 링크가 든 메일을 보낼 수 없습니다. 운영자가 환경 변수 PUBLIC_URL을 설정해야 합니다.',
    'The hub does not know its own address, so it cannot send links. The operator has to set PUBLIC_URL.',
  ],

  'problem.current': ['현재 비밀번호가 아닙니다.', 'This is not your password.'],
  'problem.again': ['두 비밀번호가 다릅니다. 다시 입력하십시오.', 'The two differ. Type them again.'],
  'problem.wait': [
    '틀린 비밀번호가 너무 많았습니다. 15분 뒤에 다시 시도하십시오.',
    'Too many wrong passwords. Try again in 15 minutes.',
  ],
  'problem.email_often': [
    '확인 메일을 너무 많이 보냈습니다. 한 시간 뒤에 다시 시도하십시오.',
    'Too many mails went. Try again in an hour.',
  ],
  'problem.who': ['254자까지 쓸 수 있습니다.', '254 characters at the most.'],
  'problem.email_taken_now': [
    '이 주소는 그사이 다른 계정의 주소가 되었습니다. 관리자에게 알리십시오.',
    'Another account has this address by now. Tell the administrator.',
  ],

  'done.profile_changed': ['저장했습니다.', 'Saved.'],
  'done.own_password': [
    '비밀번호를 바꾸고 다른 로그인을 모두 끝냈습니다.',
    'Your password is changed, and your other sessions have ended.',
  ],
  'done.password_set': ['비밀번호를 정했습니다. 로그인하십시오.', 'The password is set. Sign in with it.'],
  'done.email_asked': [
    '확인 메일을 보냅니다. 메일의 링크를 열면 주소가 바뀝니다.',
    'A mail is on its way. The address changes when you open its link.',
  ],
  'done.email_set': ['전자우편 주소를 확인했습니다.', 'The address is confirmed.'],
  'done.sessions_ended': ['로그인을 끝냈습니다.', 'Ended.'],
  'done.reset_asked': [
    '그런 계정이 있고 주소가 등록되어 있으면 몇 분 안에 메일이 도착합니다. 링크는 한 시간 동안 쓸 수 있습니다.',
    'If there is such an account and it has an address, a mail arrives within minutes. Its link works for an hour.',
  ],
};
