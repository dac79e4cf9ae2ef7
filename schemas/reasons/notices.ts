import type { ReasonTexts } from '../reason-texts.ts';

/** Why a person was not notified (hub/notify, hub/alerts). `code` is that of Node, SMTP or the gateway. */
export const noticesReasons = {
  land_line: [
    '전자우편이 없고 유선 전화번호입니다. 전화로 알리십시오',
    'no e-mail address, and the number is a land line',
  ],
  no_contact: [
    '전자우편도 전화번호도 없습니다. 다른 방법으로 알리십시오',
    'neither e-mail nor phone is known',
  ],
  no_officer: [
    '알릴 담당자가 기관에 없습니다. 기관 설정에 담당자를 적으십시오',
    'the agency has no officer to tell',
  ],
  korean_only: ['발송 서버가 국내 번호로만 보냅니다', 'the gateway reaches Korean numbers only'],
  may_have_arrived: ['{detail}. 도착했을 수도 있습니다', '{detail}; it may have arrived'],
  told_otherwise: ['{detail}. 대신 {channel}(으)로 알렸습니다', '{detail}; told by {channel} instead'],
  by_email: ['전자우편', 'email'],
  by_sms: ['문자', 'sms'],
  not_written: [
    '안내문을 쓸 수 없습니다: {detail}. 안내문 틀을 고치십시오',
    'it cannot be written: {detail}',
  ],
  gateway_unreachable: [
    '문자 발송 서버에 연결할 수 없습니다: {code}. 복구되면 저절로 다시 보냅니다',
    'no connection to the gateway: {code}',
  ],
  gateway_broke: [
    '문자 발송 서버와의 연결이 보내는 중에 끊겼습니다: {code}',
    'the connection to the gateway broke: {code}',
  ],
  gateway_answered: ['문자 발송 서버의 응답: {answer}', 'the gateway answered {answer}'],
  text_undelivered: [
    '통신사가 문자를 전하지 못했다고 알렸습니다 ({answer})',
    'the operator reports that the text was not delivered ({answer})',
  ],
  text_rejected: ['통신사가 문자를 받지 않았습니다 ({answer})', 'the operator refused the text ({answer})'],
  text_expired: [
    '휴대전화가 오래 꺼져 있거나 닿지 않아 문자가 버려졌습니다 ({answer})',
    'the phone was out of reach until the text expired ({answer})',
  ],
  text_unconfirmed: [
    '{hours}시간이 지나도록 전달 결과를 받지 못했습니다. 중요한 내용이면 전화로 확인하십시오',
    'no report of its delivery came within {hours} hours; telephone if it matters',
  ],
  no_other_way: [
    '{detail}. 다른 연락처가 없습니다. 번호를 확인하고 전화나 우편으로 알리십시오',
    '{detail}; there is no other way to tell this person: check the number, then telephone or write',
  ],
  webhook_answered: ['웹훅의 응답: {answer}', 'the webhook answered {answer}'],
  mail_server_unusable: [
    '메일 서버를 쓸 수 없습니다: {code}. 복구되면 저절로 다시 보냅니다',
    'the mail server is not usable: {code}',
  ],
  mail_server_takes_none: [
    '메일 서버가 메일을 받지 않습니다: {code}. 복구되면 저절로 다시 보냅니다',
    'the mail server takes no mail: {code}',
  ],
  mail_server_broke: [
    '메일 서버와의 연결이 보내는 중에 끊겼습니다: {code}',
    'the connection to the mail server broke: {code}',
  ],
  mail_server_answered: [
    '메일 서버가 {command} 명령에 {answer}(으)로 응답했습니다',
    'the mail server answered {answer} to {command}',
  ],
  not_sendable: [
    '보낼 수 없는 메일입니다: {code}. 받는 사람의 주소를 확인하십시오',
    'not a sendable mail: {code}',
  ],

  // What is wrong with a template of a notice (hub/templates).
  template_unknown: [
    '모르는 안내문 틀입니다. 있는 틀: {known}',
    'is no template of a notice; known are {known}',
  ],
  template_missing: ['안내문 틀 파일이 없습니다', 'is missing'],
  template_subject: ['첫 줄은 "Subject: …"여야 합니다', 'must begin with "Subject: …"'],
  template_variable: [
    '{template}에서 쓸 수 없는 변수입니다: {variable}. 쓸 수 있는 것: {known}',
    '{variable} is not a variable of {template}; known are {known}',
  ],
  template_must_show_by_law: [
    '{variable}이(가) 반드시 들어가야 합니다({law})',
    'must show {variable} ({law})',
  ],
  law_decree_13: ['시행령 제13조', 'Decree, article 13'],
  law_decree_21: ['시행령 제21조', 'Decree, article 21'],
  law_decree_31: ['시행령 제31조', 'Decree, article 31'],
  law_steps: [
    '법 제27조·제35조, 시행령 제21조·제23조부터 제25조까지',
    'Act, articles 27 and 35; Decree, articles 21 and 23 to 25',
  ],
  template_must_show: ['{variable}이(가) 반드시 들어가야 합니다', 'must show {variable}'],
  template_not_euckr: [
    '휴대전화가 표시할 수 없는 글자가 있습니다(EUC-KR): {line}',
    'cannot be written in EUC-KR: {line}',
  ],
} as const satisfies ReasonTexts;
