import type { Texts } from '../../../web/texts.ts';

/** Texts about second factors: at signing in, on the own account, and before acts that matter. */
export const factorTexts: Texts = {
  'factor.title': ['2단계 인증', 'Second factors'],
  'factor.lead': [
    '비밀번호를 남이 알아도 로그인할 수 없게 합니다.',
    'Whoever learns your password cannot sign in with it alone.',
  ],
  'factor.have': ['등록한 수단: {0}개', 'Set up: {0}'],
  'factor.none': ['등록한 수단이 없습니다.', 'None is set up.'],
  'factor.manage': ['2단계 인증 관리', 'Manage second factors'],
  'factor.list': ['등록한 수단', 'What is set up'],
  'factor.caption': ['2단계 인증 수단: 이름, 등록, 마지막 사용', 'Second factors: name, added, last used'],
  'factor.name': ['이름', 'Name'],
  'factor.added': ['등록', 'Added'],
  'factor.used': ['마지막 사용', 'Last used'],
  'factor.action': ['작업', 'Action'],
  'factor.remove': ['삭제', 'Remove'],
  'factor.add': ['수단 추가', 'Add one'],
  'factor_kind.totp': ['인증 앱', 'Authenticator app'],
  'factor_kind.passkey': ['패스키', 'Passkey'],
  'factor.last': [
    '이 역할은 2단계 인증이 필요합니다. 다른 수단을 먼저 추가하십시오.',
    'Your role needs a second factor. Add another one first.',
  ],

  'factor.step': ['2단계 인증', 'Second step'],
  'factor.step_lead': [
    '비밀번호를 확인했습니다. 인증 앱의 코드를 입력하거나 패스키를 사용하십시오.',
    'Your password is right. Type the code of your authenticator app, or use a passkey.',
  ],
  'factor.code': ['인증 코드', 'Code'],
  'factor.code_hint': [
    '인증 앱에 보이는 숫자 여섯 자리, 또는 복구 코드',
    'The six digits that your app shows, or a recovery code',
  ],
  'factor.new_hint': ['인증 앱에 보이는 숫자 여섯 자리', 'The six digits that your app shows'],
  'factor.confirm': ['확인', 'Confirm'],
  'factor.use_passkey': ['패스키 사용', 'Use a passkey'],
  'factor.lost': [
    '인증 앱과 패스키를 잃었으면 복구 코드를 입력하십시오. 복구 코드도 없으면 관리자에게 알리십시오.',
    'If you lost the app and the passkeys, type a recovery code. Without one, ask the administrator.',
  ],
  'factor.wrong': [
    '코드가 맞지 않거나 이미 쓴 코드입니다. 앱에 새 코드가 나오면 그 코드를 입력하십시오.',
    'The code is wrong, or was used. Wait for the next one of your app and type that.',
  ],
  'factor.wrong_passkey': [
    '패스키를 확인하지 못했습니다. 다시 시도하거나 코드를 입력하십시오.',
    'The passkey could not be checked. Try again, or type a code.',
  ],
  'factor.wrong_new': [
    '확인하지 못했습니다. 앱에 지금 보이는 코드를 입력하십시오. 휴대전화의 시각이 맞는지 보십시오.',
    'This did not work. Type the code that the app shows now, and look whether the clock of your telephone is right.',
  ],
  'factor.wait': [
    '틀린 코드가 너무 많았습니다. 15분 뒤에 다시 시도하십시오. 직접 시도하지 않았다면 비밀번호를 바꾸십시오.',
    'Too many wrong codes. Try again in 15 minutes. If these tries are not yours, change your password.',
  ],

  'factor.enrol': ['2단계 인증 등록', 'Set up a second factor'],
  'factor.enrol_lead': [
    '이 계정은 여기서 로그인하려면 2단계 인증이 필요합니다. 지금 한 번 등록하십시오.',
    'This account needs a second factor to sign in from here. Set one up now, once.',
  ],
  'factor.app': ['인증 앱', 'Authenticator app'],
  'factor.app_lead': [
    '휴대전화의 인증 앱으로 QR 코드를 읽거나 비밀 키를 입력하십시오. 그런 다음 앱에 보이는 코드를 입력하십시오.',
    'Scan the QR code with an authenticator app on your telephone, or type the key there. Then type the code that it shows.',
  ],
  'factor.app_name': ['인증 앱', 'Authenticator app'],
  'factor.qr': [
    '인증 앱용 QR 코드. 아래 비밀 키와 같은 내용입니다.',
    'QR code for the app. It says the same as the key below.',
  ],
  'factor.secret': ['비밀 키:', 'Key:'],
  'factor.set_up': ['등록', 'Set it up'],
  'factor.passkey': ['패스키', 'Passkey'],
  'factor.passkey_lead': [
    '이 컴퓨터의 지문·얼굴·PIN이나 보안 키로 확인합니다. 자바스크립트가 필요하며, 없으면 인증 앱을 쓰십시오.',
    'Your computer’s fingerprint, face or PIN, or a security key. It needs JavaScript; without it, use an app.',
  ],
  'factor.new_passkey': ['패스키 만들기', 'Make a passkey'],
  'factor.no_script': [
    '패스키는 자바스크립트가 켜져 있어야 쓸 수 있습니다. 인증 코드를 입력하십시오.',
    'Passkeys need JavaScript. Type a code instead.',
  ],
  'factor.trouble': [
    '패스키를 쓰지 못했습니다. 창을 닫았거나 이 기기에 맞는 패스키가 없습니다. 다시 시도하거나 코드를 입력하십시오.',
    'It did not work: the window was closed, or this device has no such passkey. Try again, or type a code.',
  ],
  'factor.no_site': [
    '패스키는 이름이 있는 주소에서만 쓸 수 있습니다. 운영자가 환경 변수 PUBLIC_URL을 설정해야 합니다.',
    'Passkeys work only at an address with a name. The operator has to set PUBLIC_URL.',
  ],
  'factor.take': ['2단계 인증 모두 삭제', 'Remove all second factors'],
  'factor.take_lead': [
    '휴대전화나 보안 키를 잃은 사람에게만 하십시오. 본인인지 먼저 확인하십시오. 열려 있던 로그인이 모두 끝나고 본인에게 메일이 갑니다.',
    'Only for somebody who lost them: find out first that it is this person. All sessions end, and the person is told by mail.',
  ],

  'recovery.title': ['복구 코드', 'Recovery codes'],
  'recovery.lead': [
    '인증 앱과 패스키를 잃었을 때 인증 코드 대신 입력합니다. 코드마다 한 번만 쓸 수 있습니다.',
    'For the day on which you lost your app and your passkeys: type one instead of a code. Each works once.',
  ],
  'recovery.once': [
    '지금만 보여 줍니다. 적거나 인쇄하여 남이 볼 수 없는 곳에 두십시오.',
    'They are shown this once. Write them down or print them, and keep them where nobody else looks.',
  ],
  'recovery.go_on': ['적어 두었습니다. 계속', 'I keep them. Go on'],
  'recovery.left': ['남은 복구 코드: {0}개', 'Codes left: {0}'],
  'recovery.renew_lead': [
    '새로 만들면 전의 코드는 쓸 수 없습니다.',
    'With new ones, those before work no more.',
  ],
  'recovery.renew': ['새로 만들기', 'Make new ones'],

  'step_up.title': ['2단계 인증을 다시 확인합니다', 'Confirm the second factor'],
  'step_up.lead': [
    '이 작업은 최근 {0}분 안에 2단계 인증을 한 사람만 할 수 있습니다. 입력한 내용은 그대로 있으며, 확인하면 바로 처리합니다.',
    'This needs a second factor of the last {0} minutes. What you typed is kept, and is dealt with once you confirm.',
  ],
  'step_up.go_on': ['확인하고 계속', 'Confirm and go on'],

  'done.half_over': [
    '10분이 지났습니다. 다시 로그인하십시오.',
    'The ten minutes are over. Please sign in again.',
  ],
  'done.factor_added': ['2단계 인증 수단을 추가했습니다.', 'The second factor is added.'],
  'done.factor_removed': ['2단계 인증 수단을 삭제했습니다.', 'The second factor is removed.'],
  'done.factors_taken': [
    '2단계 인증을 모두 삭제하고 로그인을 모두 끝냈습니다.',
    'All second factors are removed, and all sessions have ended.',
  ],
};
