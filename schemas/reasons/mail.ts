import type { ReasonTexts } from '../reason-texts.ts';

/** Mailboxes (adapters/mail). */
export const mailReasons = {
  mail_carries_not: [
    '이 기관에는 "{event}" 메일을 보내지 않습니다. 담당자에게 직접 알리고 건너뛰거나, 기관 설정에 더하십시오',
    'this agency gets no mail of "{event}"',
  ],
  mail_not_held: [
    '담당자가 아직 이 민원의 메일을 받지 못했습니다. 접수 메일이 먼저 전달되었는지 확인하고 다시 시도하십시오',
    'the officers have no mail of this complaint yet',
  ],
  mail_file_too_large: [
    '파일이 {size}바이트로, 메일로 보낼 수 있는 크기({limit})를 넘습니다. 담당자에게 다른 방법으로 전하고 이 파일 없이 진행하십시오',
    'the file has {size} bytes, more than goes by mail (maxFileBytes: {limit})',
  ],
  mail_many_complaints: [
    '한 번에 민원 {n}건에 대한 메일입니다. 담당자에게 한 건씩 답변하도록 요청하고 이 메일은 폐기하십시오',
    'belongs to {n} complaints at once; an answer belongs to one',
  ],
  mail_forged: [
    '회신 주소의 서명이 맞지 않습니다. 도중에 바뀌었거나, 다른 기관의 것이거나, 지어낸 주소입니다. 보낸 사람에게 확인하고 이 메일은 폐기하십시오',
    'the reply address is signed wrongly: changed on the way, of another agency, or guessed',
  ],
  mail_no_address: [
    '이 기관의 회신 주소가 없어 어느 민원인지 알 수 없습니다. 담당자에게 허브의 메일에 회신하도록 요청하고 이 메일은 폐기하십시오',
    'holds no reply address of this agency: it is unknown to which complaint it belongs',
  ],
  mail_no_sender: [
    '보낸 사람이 한 명이어야 합니다. 담당자에게 다시 보내도록 요청하고 이 메일은 폐기하십시오',
    'must name one sender',
  ],
  mail_own: [
    '회신 주소에서 온 메일입니다. 허브가 보낸 메일이 되돌아왔습니다. 이 메일은 폐기하십시오',
    'comes from a reply address: a mail of ours that came back',
  ],
  mail_stranger: [
    '{sender}은(는) 이 기관의 담당자가 아닙니다 (설정: officers, alsoFrom)',
    "{sender} is none of the agency's officers (settings: officers, alsoFrom)",
  ],
  mail_who: [
    '누구의 메일입니까? {detail}. 담당자에게 확인하여 그의 답변이면 내보내고, 아니면 폐기하십시오',
    'who is this? {detail}',
  ],
  mail_unreporting: [
    '이 기관의 메일 서버는 보낸 사람을 확인해 주지 않습니다 (설정: trustedAuthservId: none)',
    'the mail server of this agency reports nothing about senders (settings: trustedAuthservId: none)',
  ],
  mail_results_unreadable: [
    '메일 서버의 확인 결과를 읽을 수 없습니다 (RFC 8601, 2.2, {server})',
    'the results of the mail server cannot be read (RFC 8601, 2.2, {server})',
  ],
  mail_authserv_id: [
    '필수 항목입니다: 메일 서버가 Authentication-Results에 쓰는 이름, 또는 none (이 경우 모든 회신을 사람이 확인합니다)',
    "is required: the name under which the mailbox's server writes Authentication-Results, or none: then each reply waits for a person",
  ],
  mail_by_program: [
    '담당자가 아닌 곳의 프로그램이 보낸 메일입니다',
    'a program wrote it, and not for an officer of the agency',
  ],
  mail_like_program: [
    '프로그램이 보낸 메일처럼 보이지만 내용이 있습니다',
    'it looks like the mail of a program, and has words of its own',
  ],
  mail_text_too_long: [
    '메일에서 읽는 것보다 긴 글입니다. 메일함에서 전문을 보고, 담당자에게 줄여서 다시 보내도록 요청하십시오',
    'the text is longer than is read of a mail: it is in the mailbox',
  ],
  mail_noted_receipt: [
    '허브의 메일을 열었거나 지웠다는 알림 (RFC 8098)',
    'a mail of ours was opened or deleted (RFC 8098)',
  ],
  mail_noted_reply: ['담당자의 자동 회신', 'an automatic reply of an officer'],
  mail_noted_delivery: [
    '허브의 메일이 아직 가는 중이거나 도착했다는 알림 (RFC 3464)',
    'a mail of ours is still on its way, or has arrived (RFC 3464)',
  ],
  mail_sender_unreported: [
    '메일 서버가 보낸 사람을 확인하지 않았습니다 ({server}의 결과 없음)',
    'the mail server reported nothing about the sender (no result of {server})',
  ],
  mail_sender_unproved: [
    '보낸 사람이 확인되지 않았습니다 ({results})',
    'the sender is not proved ({results})',
  ],
  mail_no_answer: [
    '인용문을 빼면 답변 내용이 없습니다. 인용문에 답변이 있으면 그것까지 내보내고, 아니면 폐기하십시오',
    'no word of an answer is left when the quoted mail is taken out',
  ],
  mail_transfer_form: [
    '기관 코드와 사유가 필요합니다: [이송] 기관코드: 사유',
    'needs the code of an agency and a reason: [이송] 기관코드: 사유',
  ],
  mail_bounced: [
    '이 민원의 메일이 {who}에게 도착하지 못했습니다. 설정의 주소를 고치고 다시 보내십시오',
    'a mail about this complaint did not arrive at {who}: correct the address in the settings and send it again',
  ],
  mail_recipient: ['{address} ({status})', '{address} ({status})'],
  mail_an_officer: ['담당자', 'an officer'],
  mail_no_status: ['상태 코드 없음', 'no status'],
  mail_no_result: ['확인 결과 없음', 'no result'],
  mail_no_status_word: [
    '"{value}"은(는) 회신으로 정할 수 있는 처리상태가 아닙니다. 쓸 수 있는 말: {known}. 담당자에게 이 말로 다시 회신하도록 요청하십시오',
    '"{value}" is no status that a reply can set; known: {known}',
  ],

  // Settings (adapters/mail/config.ts).
  mail_from: [
    '주소가 하나 있어야 합니다 (예: 민원 허브 <minwon@hub.example>)',
    'must hold one address, as 민원 허브 <minwon@hub.example>',
  ],
  mail_reply_too_long: [
    '너무 깁니다. @ 앞은 {token}을 빼고 {n}자까지입니다',
    'is too long: {n} characters beside {token} before the @',
  ],
  mail_reply_address: [
    '{token}이 들어 있는 전자우편 주소여야 합니다',
    'must be an e-mail address with {token} in it',
  ],
  mail_officer_is_sender: [
    '메일을 보내는 주소와 같습니다. 담당자의 주소를 적으십시오',
    'is the address that the mails come from',
  ],
  mail_without_first: [
    'registered가 있어야 합니다. 다른 메일은 접수 메일에 이어집니다',
    'must hold registered: the other mails belong to it',
  ],

  // Sending mails (adapters/mail/smtp.ts).
  mail_answered: ['메일 서버의 응답: {reply}', 'the mail server answered {reply}'],
  mail_unanswered: ['메일 서버가 응답하지 않았습니다', 'the mail server gave no reply'],
  mail_answered_to: [
    '메일 서버의 응답: {reply} ({command})',
    'the mail server answered {reply} to {command}',
  ],
  mail_the_mail: ['메일', 'the mail'],
  mail_recipients: [
    '메일 서버가 일부 받는 사람을 거절했습니다. 설정의 담당자 주소를 확인하십시오',
    'the mail server does not take mail for every recipient',
  ],
  mail_recipients_not_now: [
    '메일 서버가 지금은 이 받는 사람들의 메일을 받지 않습니다. 저절로 다시 보냅니다',
    'the mail server takes no mail for the recipients now',
  ],
  mail_login_refused: [
    '메일 서버가 로그인을 거절했습니다 ({code}). 계정과 비밀번호를 확인하십시오',
    'the mail server refuses the log-in ({code})',
  ],
  mail_connection_broke: [
    '메일 서버와의 연결이 끊겼습니다: {detail}',
    'the connection to the mail server broke: {detail}',
  ],
  mail_connection_ended: ['연결이 끝났습니다', 'the connection ended'],
  mail_given_up: ['기다리다 중단했습니다', 'given up'],
  mail_no_smtp: [
    '메일 서버가 SMTP로 응답하지 않습니다. 주소와 포트를 확인하십시오',
    'the mail server answered in no known words',
  ],

  // Reading the mailbox (adapters/mail/imap.ts, attachments.ts, mime/read-mail.ts).
  mailbox_no_login: ['메일함에 로그인할 수 없습니다: {detail}', 'the mailbox: cannot log in: {detail}'],
  mailbox_not_opened: [
    '메일함의 {folder} 폴더를 열 수 없습니다: {detail}. 기관 설정의 폴더 이름을 확인하십시오',
    'the mailbox: cannot open {folder}: {detail}',
  ],
  mailbox_not_read: ['메일함을 읽을 수 없습니다: {detail}', 'the mailbox: cannot read: {detail}'],
  mail_server_busy: [
    '서버가 지금은 처리할 수 없다고 합니다 ({code}). 저절로 다시 시도합니다',
    'the server has no time now ({code})',
  ],
  mailbox_login_refused: ['로그인을 거절했습니다. 계정과 비밀번호를 확인하십시오', 'the log-in was refused'],
  mailbox_no_imap_reply: ['IMAP 응답이 아닙니다 ({code})', 'no IMAP reply ({code})'],
  mailbox_said: ['서버의 응답: {reply}', 'the server said {reply}'],
  mailbox_no_imap: [
    '메일함 주소에서 응답하는 것이 IMAP이 아닙니다. 주소와 포트를 확인하십시오',
    'the mailbox: what answers there is no IMAP',
  ],
  mailbox_given_up: ['메일함을 기다리다 중단했습니다', 'given up while waiting for the mailbox'],
  mailbox_folder_untold: [
    '메일함 서버가 {folder} 폴더에 대해 아무것도 알려 주지 않았습니다. 기관 설정의 폴더 이름을 확인하십시오',
    'the mailbox: nothing is said of {folder}',
  ],
  mailbox_listens_no_longer: [
    '메일함 서버가 새 메일 알림을 끝냈습니다. 저절로 다시 연결합니다',
    'the mailbox: the server listens no longer',
  ],
  mailbox_no_list: ['메일함 서버가 메일 목록을 주지 않았습니다', 'the mailbox: no list of mails'],
  mailbox_built_anew: [
    '메일함이 새로 만들어져(UIDVALIDITY) 이 파일을 더는 찾을 수 없습니다. 담당자에게 파일을 다시 받으십시오',
    'the mailbox was built anew (UIDVALIDITY): its file can no longer be named',
  ],
  mail_file_unnamed: [
    '이 메일함의 파일을 가리키는 이름이 아닙니다',
    'the file is not named as this mailbox names files',
  ],
  mail_gone: [
    '메일이나 그 파일이 메일함에 더 이상 없습니다. 담당자에게 다시 받으십시오',
    'the mail or its file is no longer in the mailbox',
  ],
} as const satisfies ReasonTexts;
