import type { ReasonTexts } from '../reason-texts.ts';

/** Mailboxes (adapters/mail). */
export const mailReasons = {
  mail_carries_not: ['이 기관에는 "{event}" 메일을 보내지 않습니다', 'this agency gets no mail of "{event}"'],
  mail_not_held: [
    '담당자가 아직 이 민원의 메일을 받지 못했습니다',
    'the officers have no mail of this complaint yet',
  ],
  mail_file_too_large: [
    '파일이 {size}바이트로, 메일로 보낼 수 있는 크기({limit})를 넘습니다',
    'the file has {size} bytes, more than goes by mail (maxFileBytes: {limit})',
  ],
  mail_many_complaints: [
    '한 번에 민원 {n}건에 대한 메일입니다. 답변은 한 건씩 보내야 합니다',
    'belongs to {n} complaints at once; an answer belongs to one',
  ],
  mail_forged: [
    '회신 주소의 서명이 맞지 않습니다. 도중에 바뀌었거나, 다른 기관의 것이거나, 지어낸 주소입니다',
    'the reply address is signed wrongly: changed on the way, of another agency, or guessed',
  ],
  mail_no_address: [
    '이 기관의 회신 주소가 없어 어느 민원인지 알 수 없습니다',
    'holds no reply address of this agency: it is unknown to which complaint it belongs',
  ],
  mail_no_sender: ['보낸 사람이 한 명이어야 합니다', 'must name one sender'],
  mail_own: [
    '회신 주소에서 온 메일입니다. 허브가 보낸 메일이 되돌아왔습니다',
    'comes from a reply address: a mail of ours that came back',
  ],
  mail_stranger: [
    '{sender}은(는) 이 기관의 담당자가 아닙니다 (설정: officers, alsoFrom)',
    "{sender} is none of the agency's officers (settings: officers, alsoFrom)",
  ],
  mail_who: ['누구의 메일입니까? {detail}', 'who is this? {detail}'],
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
    '메일에서 읽는 것보다 긴 글입니다. 전문은 메일함에 있습니다',
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
    '인용문을 빼면 답변 내용이 없습니다',
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
  mail_answered: ['메일 서버의 응답: {reply}', 'the mail server answered {reply}'],
  mail_recipients: [
    '메일 서버가 일부 받는 사람을 거절했습니다',
    'the mail server does not take mail for every recipient',
  ],
} as const satisfies ReasonTexts;
