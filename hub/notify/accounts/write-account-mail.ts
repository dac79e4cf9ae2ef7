import type { AccountMailKind } from '../../access/accounts/account-mails.ts';

/** What a text may show. It carries no secret but the link. */
export interface AccountMailValues {
  name: string;
  login: string;
  /** Null: the mail only tells of a change. */
  link: string | null;
  expiresAt: Date | null;
  /** What happened, where the mail tells of it: `browser`, `from`, `factor`. */
  facts?: Record<string, string> | null;
  /** When it happened. */
  at?: Date;
}

/** Those of which the text is always the same. */
type TextKind = Exclude<AccountMailKind, 'api_changed'>;
type Lines = { subject: string; ko: string[]; en: string[] };

const time = (at: Date, locale: string) =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Seoul',
  }).format(at);

const texts: Record<TextKind, Lines> = {
  invitation: {
    subject: '계정 초대 / Your account',
    ko: [
      '민원 허브에 {name} 님의 계정이 준비되었습니다. 아이디는 {login} 입니다.',
      '아래 주소를 열어 비밀번호를 직접 정하십시오. 주소는 {until}까지 한 번만 쓸 수 있습니다.',
    ],
    en: [
      'An account on Minwon Hub is ready for you. Your login is {login}.',
      'Open the address below and set your password. It works once, until {until} (Korean time).',
    ],
  },
  reset: {
    subject: '비밀번호 재설정 / Set a new password',
    ko: [
      '아이디 {login} 의 비밀번호를 다시 정하려는 요청을 받았습니다.',
      '아래 주소를 열어 새 비밀번호를 정하십시오. 주소는 {until}까지 한 번만 쓸 수 있습니다. 정하면 열려 있던 로그인은 모두 끝납니다.',
      '요청하지 않았다면 이 메일을 지우십시오. 비밀번호는 그대로입니다.',
    ],
    en: [
      'Somebody asked to set a new password for the login {login}.',
      'Open the address below to set it. It works once, until {until} (Korean time). All sessions end then.',
      'If it was not you, delete this mail: your password stays as it is.',
    ],
  },
  email: {
    subject: '전자우편 주소 확인 / Confirm your address',
    ko: [
      '아이디 {login} 의 전자우편을 이 주소로 바꾸려는 요청을 받았습니다.',
      '아래 주소를 열어 확인하십시오. 주소는 {until}까지 한 번만 쓸 수 있습니다.',
      '요청하지 않았다면 이 메일을 지우십시오.',
    ],
    en: [
      'Somebody asked to use this address for the login {login}.',
      'Open the address below to confirm it. It works once, until {until} (Korean time).',
      'If it was not you, delete this mail.',
    ],
  },
  access_review: {
    subject: '개인정보 접속기록 월별 점검 / Monthly review of the access log',
    ko: [
      '지난달 개인정보 접속기록의 점검표가 준비되었습니다(개인정보의 안전성 확보조치 기준 제8조).',
      '민원 허브의 "개인정보 접속기록"에서 월별 점검을 열어 확인하고, 확인한 내용을 적어 주십시오.',
    ],
    en: [
      'The review of the access log of last month is ready (safety standard for personal data, article 8).',
      'Open the monthly review under "Access log" in Minwon Hub, look at it, and note what you found.',
    ],
  },
  answer_waiting: {
    subject: '결재할 답변이 있습니다 / An answer waits for your release',
    ko: [
      '민원 {number}에 {author} 님이 쓴 답변이 결재를 기다립니다.',
      '민원 허브의 "내 일"에서 열어 결재하거나 반려하십시오. 결재하기 전에는 민원인에게 보내지 않습니다.',
    ],
    en: [
      'An answer to the complaint {number}, written by {author}, waits to be released.',
      'Open it under "My work" in Minwon Hub, and release or return it. Nothing is sent before.',
    ],
  },
  password_changed: {
    subject: '비밀번호가 바뀌었습니다 / Your password was changed',
    ko: [
      '아이디 {login} 의 비밀번호가 바뀌었고, 다른 로그인은 모두 끝났습니다.',
      '직접 바꾸지 않았다면 곧바로 관리자에게 알리십시오.',
    ],
    en: [
      'The password of the login {login} was changed, and other sessions ended.',
      'If it was not you, tell your administrator at once.',
    ],
  },
  email_changed: {
    subject: '전자우편 주소가 바뀌었습니다 / Your address was changed',
    ko: [
      '아이디 {login} 의 전자우편이 다른 주소로 바뀌었습니다. 이 주소로는 더 보내지 않습니다.',
      '직접 바꾸지 않았다면 곧바로 관리자에게 알리십시오.',
    ],
    en: [
      'The login {login} has another e-mail address now. No more mails go to this one.',
      'If it was not you, tell your administrator at once.',
    ],
  },
  signed_in: {
    subject: '새 브라우저에서 로그인했습니다 / Signed in from a new browser',
    ko: [
      '아이디 {login} 으로 처음 보는 브라우저에서 로그인했습니다: {at}, {browser}, 접속 주소 {from}.',
      '본인이 아니라면 곧바로 비밀번호를 바꾸고 관리자에게 알리십시오. 비밀번호를 바꾸면 다른 로그인은 모두 끝납니다.',
    ],
    en: [
      'Somebody signed in as {login} in a browser that was not known: {at} (Korean time), {browser}, from {from}.',
      'If it was not you, change your password and tell your administrator at once. All other sessions end then.',
    ],
  },
  factor_added: {
    subject: '2단계 인증 수단이 등록되었습니다 / A second factor was added',
    ko: [
      '아이디 {login} 에 2단계 인증 수단이 등록되었습니다: {factor}, {at}.',
      '직접 등록하지 않았다면 곧바로 관리자에게 알리십시오.',
    ],
    en: [
      'A second factor was added to the login {login}: {factor}, {at} (Korean time).',
      'If it was not you, tell your administrator at once.',
    ],
  },
  factor_removed: {
    subject: '2단계 인증 수단이 삭제되었습니다 / A second factor was removed',
    ko: [
      '아이디 {login} 의 2단계 인증 수단이 삭제되었습니다: {factor}, {at}.',
      '직접 삭제하거나 부탁하지 않았다면 곧바로 관리자에게 알리십시오.',
    ],
    en: [
      'A second factor of the login {login} was removed: {factor}, {at} (Korean time).',
      'If you did not do this or ask for it, tell your administrator at once.',
    ],
  },
  recovery_used: {
    subject: '복구 코드를 사용했습니다 / A recovery code was used',
    ko: [
      '아이디 {login} 의 복구 코드 하나를 사용했습니다: {at}. 그 코드는 다시 쓸 수 없습니다.',
      '본인이 아니라면 곧바로 비밀번호를 바꾸고 관리자에게 알리십시오.',
    ],
    en: [
      'A recovery code of the login {login} was used: {at} (Korean time). It works no more.',
      'If it was not you, change your password and tell your administrator at once.',
    ],
  },
  break_glass: {
    subject: '비상 계정 로그인 / The break-glass account was used',
    ko: [
      '비상 계정 {account} 으로 로그인했습니다: {at}, {browser}, 접속 주소 {from}.',
      '약속된 사용인지 확인하십시오. 아니라면 사용자 화면에서 이 계정의 로그인을 모두 끝내고 비밀번호를 바꾸십시오.',
      '확인된 사용이었더라도 일이 끝나면 비밀번호를 새로 정해 보관하십시오.',
    ],
    en: [
      'Somebody signed in as {account}, the break-glass account: {at} (Korean time), {browser}, from {from}.',
      'Find out whether that was agreed. If not, end all sessions of the account on the page of its user, and set another password.',
      'If it was, set a new password as well when the work is done, and put it back into the safe.',
    ],
  },
};

/** The mail, Korean first with English beside it. Times are Korean. */
export function writeAccountMail(
  kind: TextKind,
  { name, login, link, expiresAt, facts, at }: AccountMailValues,
): { subject: string; text: string } {
  const { subject, ko, en } = texts[kind];
  const fill = (line: string, locale: string) => {
    const times = { until: expiresAt ? time(expiresAt, locale) : '', at: at ? time(at, locale) : '' };
    const values: Record<string, string> = { ...facts, ...times, name, login };
    return line.replace(/\{(\w+)\}/g, (_, value: string) => values[value] || '-');
  };
  const lines = [
    ...ko.map((line) => fill(line, 'ko-KR')),
    '',
    ...en.map((line) => fill(line, 'en-GB')),
    ...(link ? ['', link] : []),
    '',
    '민원 허브는 비밀번호를 묻지 않습니다. / Minwon Hub never asks for your password.',
  ];
  return { subject: `[민원 허브] ${subject}`, text: `${lines.join('\n')}\n` };
}
