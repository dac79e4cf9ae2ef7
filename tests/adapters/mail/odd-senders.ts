import { resultsOf } from '../../support/servers/mail-server.ts';
import { type OddMail, parts, plain } from './odd-mail.ts';

const stranger = '<kim@outside.example>';
const encode = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const byStranger = [`Authentication-Results: mx.mail.example; dmarc=pass header.from=outside.example`];

/** Who wrote a mail, and who only says so. */
export const oddSenders: OddMail[] = [
  {
    what: 'an encoded name that holds the officer’s address',
    mail: plain('위조한 답변'),
    above: byStranger,
    from: [`From: ${encode('officer1@mail.example <officer1@mail.example>')} ${stranger}`],
    right: { doubt: "kim@outside.example is none of the agency's officers", released: '위조한 답변' },
  },
  {
    what: 'an encoded name that is the officer’s address in brackets',
    mail: plain('위조한 답변'),
    above: byStranger,
    from: [`From: =?UTF-8?Q?=3Cofficer1=40mail.example=3E?= ${stranger}`],
    right: { doubt: "kim@outside.example is none of the agency's officers", released: '위조한 답변' },
  },
  {
    what: 'two From fields (RFC 5322, 3.6)',
    mail: plain('위조한 답변'),
    above: byStranger,
    from: ['From: officer1@mail.example', `From: ${stranger}`],
    right: { doubt: 'must name one sender', released: '위조한 답변' },
  },
  {
    what: 'a pass of DMARC for another domain',
    mail: plain('위조한 답변'),
    above: byStranger,
    right: { doubt: 'the sender is not proved (dmarc=pass outside.example)', released: '위조한 답변' },
  },
  {
    what: 'a pass inside a quoted local part',
    mail: plain('위조한 답변'),
    above: [
      'Authentication-Results: mx.mail.example; spf=pass smtp.mailfrom="x; dmarc=pass header.from=mail.example y"@outside.example',
    ],
    right: { doubt: 'the sender is not proved (spf=pass', released: '위조한 답변' },
  },
  {
    what: 'a pass inside a comment within a comment',
    mail: plain('위조한 답변'),
    above: [
      'Authentication-Results: mx.mail.example; spf=pass (a (b) ; dmarc=pass header.from=mail.example z) smtp.mailfrom=a@outside.example',
    ],
    right: { doubt: 'the sender is not proved (spf=pass a@outside.example)', released: '위조한 답변' },
  },
  {
    what: 'a pass that the sender wrote below what the server found',
    mail: plain('위조한 답변'),
    above: [resultsOf('fail'), resultsOf('pass')],
    right: { doubt: 'the sender is not proved (dmarc=fail mail.example)', released: '위조한 답변' },
  },
  {
    what: 'no word of the server',
    mail: plain('누구의 답변입니까'),
    above: ['Authentication-Results: mx.outside.example; dmarc=pass header.from=mail.example'],
    right: { doubt: 'the mail server reported nothing about the sender', released: '누구의 답변입니까' },
  },
];

/** What programs write, and what only looks like it. */
export const oddPrograms: OddMail[] = [
  {
    what: 'a person’s answer with Precedence: bulk',
    mail: ['Precedence: bulk', ...plain('사람이 쓴 답변입니다.')],
    right: { answer: '사람이 쓴 답변입니다.' },
  },
  {
    what: 'a person’s answer through a list',
    mail: ['List-Id: <minwon.village.example>', 'Precedence: list', ...plain('사람이 쓴 답변입니다.')],
    right: { answer: '사람이 쓴 답변입니다.' },
  },
  {
    what: 'a person’s answer about the holidays',
    mail: plain('단속을 강화하겠습니다.'),
    subject: '휴가철 주차 단속 민원 답변',
    right: { answer: '단속을 강화하겠습니다.' },
  },
  {
    what: 'a person’s answer about automatic answers',
    mail: plain('고쳤습니다.'),
    subject: '자동응답 시스템 민원 답변',
    right: { answer: '고쳤습니다.' },
  },
  {
    what: 'words of absence that no program marked',
    mail: plain('12월 5일에 돌아옵니다.'),
    subject: '휴가 중입니다',
    right: { doubt: 'it looks like the mail of a program', released: '12월 5일에 돌아옵니다.' },
  },
  {
    what: 'a global delivery status (RFC 6533)',
    mail: parts('report; report-type=delivery-status', plain('A message could not be delivered.'), [
      'Content-Type: message/global-delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Action: failed',
      'Final-Recipient: rfc822;userz@test.example',
      'Status: 5.0.0',
    ]),
    from: ['From: Mail Delivery System <Mailer-Daemon@mail.example>'],
    right: { bounce: 'userz@test.example (5.0.0)' },
  },
  {
    what: 'a report that does not say of what kind it is',
    mail: parts('report', plain('Delivery was aborted'), [
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; officer1@mail.example',
      'Action: failed',
      'Status: 5.1.1',
    ]),
    from: ['From: Mail Delivery System <postmaster@messaging.example>'],
    right: { bounce: 'officer1@mail.example (5.1.1)' },
  },
  {
    what: 'a report whose action is of no standard',
    mail: parts('report; report-type=delivery-status', plain('x'), [
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; officer1@mail.example',
      'Action: expired',
      'Status: 4.4.7',
    ]),
    from: ['From: MAILER-DAEMON@sendgrid.example'],
    right: { bounce: 'officer1@mail.example (4.4.7)' },
  },
  {
    what: 'a failure of nobody',
    mail: ['Return-Path: <>', ...plain('officer1@mail.example was not found')],
    from: ['From: <>'],
    subject: 'failure notice',
    right: { bounce: 'an officer' },
  },
  {
    what: 'a failure of a postmaster without a subject that says so',
    mail: ['Auto-Submitted: auto-replied', ...plain('받는 사람을 찾을 수 없습니다.')],
    from: ['From: Postmaster <postmaster@messaging.example>'],
    subject: '알림',
    right: { bounce: 'an officer' },
  },
  {
    what: 'a program of nobody known, that answers by itself',
    mail: ['Auto-Submitted: auto-replied', ...plain('Your message is waiting.')],
    from: ['From: robot@outside.example'],
    right: {
      doubt: "robot@outside.example is none of the agency's officers",
      released: 'Your message is waiting.',
    },
  },
];
