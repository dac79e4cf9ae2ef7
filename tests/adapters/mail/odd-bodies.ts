import iconv from 'iconv-lite';
import { file, type OddMail, parts, plain } from './odd-mail.ts';

const pdfBytes = '%PDF-1.7\n';
const uuencoded = ['begin 644 표.csv', '%:&5L;&\\', '`', 'end'];

/** What a mail is made of. */
export const oddBodies: OddMail[] = [
  {
    what: 'text, an inline file, text: Apple Mail',
    mail: parts(
      'mixed',
      plain('첫째 글입니다.', ''),
      file('application/pdf; name="guide.pdf"', 'Content-Disposition: inline; filename="guide.pdf"'),
      plain('둘째 글입니다.', ''),
    ),
    right: { answer: '첫째 글입니다.\n\n둘째 글입니다.', files: [{ name: 'guide.pdf', content: pdfBytes }] },
  },
  {
    what: 'a PDF that nobody named',
    mail: parts('mixed', plain('붙임을 보십시오.'), file('application/pdf')),
    right: { answer: '붙임을 보십시오.', files: [{ name: 'attachment-1.pdf', content: pdfBytes }] },
  },
  {
    what: 'a body with a name',
    mail: parts(
      'mixed',
      [
        'Content-Type: text/plain; charset=utf-8; name="message.txt"',
        'Content-Disposition: inline; filename="message.txt"',
        '',
        '이 글이 답변입니다.',
      ],
      file('application/pdf', 'Content-Disposition: attachment; filename="a.pdf"'),
    ),
    right: { answer: '이 글이 답변입니다.', files: [{ name: 'a.pdf' }] },
  },
  {
    what: 'both spellings of a file name (RFC 6266, 4.3)',
    mail: parts(
      'mixed',
      plain('붙임.'),
      file(
        'application/pdf',
        `Content-Disposition: attachment; filename="__.pdf"; filename*=UTF-8''%EC%95%88%EB%82%B4.pdf`,
      ),
    ),
    right: { answer: '붙임.', files: [{ name: '안내.pdf' }] },
  },
  {
    what: 'base64 in two pieces, each padded',
    mail: [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('검토하였습니다.\n').toString('base64'),
      Buffer.from('-- 외부 메일 --').toString('base64'),
    ],
    right: { answer: '검토하였습니다.\n-- 외부 메일 --' },
  },
  {
    what: 'an encoding in capitals with a comment',
    mail: [
      'Content-Type: text/plain; charset="UTF-8"',
      'Content-Transfer-Encoding: BASE64 (by gateway)',
      '',
      Buffer.from('주차장은 서문에 있습니다.').toString('base64'),
    ],
    right: { answer: '주차장은 서문에 있습니다.' },
  },
  {
    what: 'uuencode as transfer encoding',
    mail: parts('mixed', plain('붙임.'), [
      'Content-Type: text/csv; name="a.csv"',
      'Content-Transfer-Encoding: x-uuencode',
      'Content-Disposition: attachment; filename="a.csv"',
      '',
      ...uuencoded,
    ]),
    right: { answer: '붙임.', files: [{ name: 'a.csv', content: 'hello' }] },
  },
  {
    what: 'uuencode between the lines of a text',
    mail: plain('안내문입니다.', '', ...uuencoded, '', '끝.'),
    right: { answer: '안내문입니다.\n\n끝.', files: [{ name: '표.csv', content: 'hello' }] },
  },
  {
    what: 'uuencode as the encoding of a text that is none',
    mail: [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: x-uuencode',
      '',
      '답변입니다.',
    ],
    right: { answer: '답변입니다.' },
  },
  {
    what: 'a line that only looks like the beginning of a file',
    mail: plain('begin 644 절차', '1. 신청합니다.', 'end'),
    right: { answer: 'begin 644 절차\n1. 신청합니다.\nend' },
  },
  {
    what: 'HTML, and a gateway’s words below it',
    mail: parts(
      'mixed',
      ['Content-Type: text/html; charset=utf-8', '', '<p>HTML로 쓴 답변입니다.</p>'],
      plain('이 전자우편은 기밀일 수 있습니다.'),
    ),
    right: { answer: 'HTML로 쓴 답변입니다.\n\n이 전자우편은 기밀일 수 있습니다.' },
  },
  {
    what: 'CP949 that calls itself ISO-8859-1',
    mail: Buffer.concat([
      Buffer.from('Content-Type: text/plain; charset=iso-8859-1\r\n\r\n'),
      iconv.encode('민원을 검토하였습니다.', 'cp949'),
    ]),
    right: { answer: '민원을 검토하였습니다.' },
  },
  {
    what: 'UTF-8 that calls itself UTF-16',
    mail: ['Content-Type: text/plain; charset=utf-16le', '', '민원을 검토하였습니다.'],
    right: { answer: '민원을 검토하였습니다.' },
  },
  {
    what: 'two alternatives of one kind that say different things',
    mail: parts('alternative', plain('첫째 글입니다.'), plain('둘째 글입니다.')),
    right: { answer: '첫째 글입니다.\n\n둘째 글입니다.' },
  },
  {
    what: 'French in ISO-8859-1',
    mail: Buffer.concat([
      Buffer.from('Content-Type: text/plain; charset=iso-8859-1\r\n\r\n'),
      Buffer.from('La réponse a été donnée à Séoul.', 'latin1'),
    ]),
    right: { answer: 'La réponse a été donnée à Séoul.' },
  },
  {
    what: 'a field that nobody encoded, in CP949, beside the sender',
    mail: Buffer.concat([
      Buffer.from('X-Memo: '),
      iconv.encode('민원 담당', 'cp949'),
      Buffer.from('\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n답변입니다.'),
    ]),
    right: { answer: '답변입니다.' },
  },
  {
    what: 'a picture that the text shows',
    mail: parts(
      'related',
      ['Content-Type: text/html; charset=utf-8', '', '<p>그림과 같습니다.</p><img src="cid:shot">'],
      file('image/png; name="shot.png"', 'Content-ID: <shot>', 'Content-Disposition: inline'),
    ),
    right: { answer: '그림과 같습니다.', files: [{ name: 'shot.png' }] },
  },
  {
    what: 'pictures that no text refers to',
    mail: parts(
      'related',
      ['Content-Type: text/html; charset=utf-8', '', '<p>사진 두 장입니다.</p><img src="blob:x">'],
      file('image/jpeg; name="p1.jpg"', 'Content-Disposition: inline'),
      file('image/jpeg; name="p2.jpg"', 'Content-Disposition: inline'),
    ),
    right: { answer: '사진 두 장입니다.', files: [{ name: 'p1.jpg' }, { name: 'p2.jpg' }] },
  },
  {
    what: 'a mail inside the mail, and what only Outlook reads',
    mail: parts(
      'mixed',
      plain('전달합니다.'),
      ['Content-Type: message/rfc822', '', 'Subject: x', 'Content-Type: text/plain', '', '남의 글'],
      file('application/ms-tnef'),
    ),
    right: {
      answer: '전달합니다.',
      files: [
        { name: 'attachment-1.eml', content: 'Subject: x\r\nContent-Type: text/plain\r\n\r\n남의 글' },
        { name: 'winmail.dat' },
      ],
    },
  },
  {
    what: 'the soft line break of Outlook',
    mail: plain('첫 줄\v둘째 줄'),
    right: { answer: '첫 줄\n둘째 줄' },
  },
  {
    what: 'a clock that was never set',
    mail: plain('답변입니다.'),
    date: 'Mon, 1 Jan 2018 01:04:44 +0900',
    right: { answer: '답변입니다.', isDatedByServer: true },
  },
];
