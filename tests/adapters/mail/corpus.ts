import iconv from 'iconv-lite';
import { replyMark } from '../../../adapters/mail/mime/strip-quote.ts';

/** A reply as a mail program sends it, and the words of the officer in it. */
export interface Reply {
  client: string;
  /** Behind the headers From, To, Date and Message-ID, which are the same for all. */
  mail: Buffer;
  words: string;
  files?: string[];
}

const hub = '민원 허브 <hub1@mail.example>';
const words =
  '안녕하십니까. 마을기업지원단 박담당입니다.\n\n신청은 12월 31일까지 받습니다.\n- 서류: 사업자등록증';
const sent = [
  '귀 기관에서 처리할 민원이 접수되었습니다.',
  'A complaint has come in that your agency has to answer.',
  '',
  '접수번호 Receipt number: 26-0000-0017-4',
  '제목 Title: 시제품 제작 지원 문의',
];
const quoted = [replyMark, '', ...sent];
const angled = quoted.map((line) => `> ${line}`);

interface Encoding {
  charset?: string;
  /** Where the label is wrong. */
  bytesIn?: string;
  transfer?: 'base64' | '8bit' | 'quoted-printable';
  type?: string;
}

function text(
  lines: string[],
  { charset = 'utf-8', bytesIn = charset, transfer = 'base64', type = 'text/plain' }: Encoding = {},
) {
  const bytes = iconv.encode(lines.join('\r\n'), bytesIn);
  const body = { base64: toBase64, '8bit': (given: Buffer) => given, 'quoted-printable': toQuoted }[transfer](
    bytes,
  );
  return Buffer.concat([
    Buffer.from(
      `Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: ${transfer}\r\n\r\n`,
    ),
    body,
  ]);
}

const toBase64 = (bytes: Buffer) =>
  Buffer.from((bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'));
/** Every byte that is no plain letter, and a soft end in the middle of each character, as some programs do. */
const toQuoted = (bytes: Buffer) =>
  Buffer.from(
    [...bytes]
      .map((byte) =>
        byte === 10 || byte === 13 || (byte > 31 && byte < 127 && byte !== 61)
          ? String.fromCharCode(byte)
          : `=${byte.toString(16).toUpperCase()}`,
      )
      .join('')
      .replace(/(=[0-9A-F]{2}=[0-9A-F]{2})(?==)/g, '$1=\r\n'),
    'latin1',
  );

function multipart(kind: string, parts: Buffer[]): Buffer {
  const limit = Buffer.from('\r\n--=_next\r\n');
  return Buffer.concat([
    Buffer.from(`Content-Type: multipart/${kind}; boundary="=_next"\r\n\r\nThis is a mail in parts.`),
    ...parts.flatMap((part) => [limit, part]),
    Buffer.from('\r\n--=_next--\r\n'),
  ]);
}

const html = (body: string) =>
  text([`<html><head><style>p { margin: 0 }</style></head><body>${body}</body></html>`], {
    type: 'text/html',
  });
const asHtml = (lines: string[]) =>
  lines.map((line) => line.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)).join('<br>');

const outlookBlock = [
  `보낸 사람: ${hub}`,
  '보낸 날짜: 2026년 11월 22일 일요일 오후 3:04',
  '받는 사람: officer1@mail.example',
  '제목: [민원 26-0000-0017-4] 시제품 제작 지원 문의',
];

const file = (disposition: string) =>
  Buffer.from(
    `Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n${disposition}\r\n\r\nJVBERi0xLjcK`,
  );
const percent = (bytes: Buffer) => [...bytes].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('');
const name = '지원 안내.pdf';

export const corpus: Reply[] = [
  {
    client: 'Outlook in Korean, CP949 under its old name',
    mail: text(
      [...words.split('\n'), '', '', '________________________________', ...outlookBlock, '', ...quoted],
      { charset: 'ks_c_5601-1987', bytesIn: 'cp949' },
    ),
    words,
  },
  {
    client: 'Outlook in Korean of long ago',
    mail: text([...words.split('\n'), '', '-----원본 메시지-----', ...outlookBlock, '', ...quoted], {
      charset: 'euc-kr',
      transfer: '8bit',
    }),
    words,
  },
  {
    client: 'Outlook in English',
    mail: text([
      ...words.split('\n'),
      '',
      'From: Complaint hub <hub1@mail.example>',
      'Sent: Sunday, November 22, 2026 3:04 PM',
      'To: officer1@mail.example',
      'Subject: [26-0000-0017-4] grant',
      '',
      ...quoted,
    ]),
    words,
  },
  {
    client: 'Outlook on the web, HTML alone',
    mail: html(
      `<div>${asHtml(words.split('\n'))}</div><hr><div id="divRplyFwdMsg"><b>보낸 사람:</b> 민원 허브<br><b>보낸 날짜:</b> 2026년 11월 22일<br><b>받는 사람:</b> officer1<br><b>제목:</b> 민원</div><div>${asHtml(quoted)}</div>`,
    ),
    words,
  },
  {
    client: 'Gmail in Korean',
    mail: text(
      [...words.split('\n'), '', `2026년 11월 22일 (일) 오후 3:04, ${hub}님이 작성:`, '', ...angled],
      { transfer: 'quoted-printable' },
    ),
    words,
  },
  {
    client: 'Gmail in Korean, its line broken',
    mail: text([
      ...words.split('\n'),
      '',
      '2026년 11월 22일 (일) 오후 3:04, 민원 허브',
      '<hub1@mail.example>님이 작성:',
      '',
      ...angled,
    ]),
    words,
  },
  {
    client: 'Gmail, HTML alone',
    mail: html(
      `<div dir="ltr">${asHtml(words.split('\n'))}</div><br><div class="gmail_quote"><div>2026년 11월 22일, 민원 허브님이 작성:</div><blockquote>${asHtml(sent)}</blockquote></div>`,
    ),
    words,
  },
  {
    client: 'Naver',
    mail: text([
      ...words.split('\n'),
      '',
      '-----Original Message-----',
      `From: "민원 허브" <hub1@mail.example>`,
      'To: <officer1@mail.example>;',
      'Cc:',
      'Sent: 2026-11-22 (일) 15:04:05 (GMT+09:00)',
      'Subject: [민원 26-0000-0017-4]',
      '',
      ...sent,
    ]),
    words,
  },
  {
    client: 'Hanmail',
    mail: text([
      ...words.split('\n'),
      '',
      '---------[ 받은 메일 내용 ]----------',
      '제목 : [민원 26-0000-0017-4]',
      '날짜 : 2026년 11월 22일 일요일, 15시 04분 05초 +0900',
      '보낸이 : 민원 허브 <hub1@mail.example>',
      '받는이 : officer1@mail.example',
      '',
      ...sent,
    ]),
    words,
  },
  {
    client: 'a Korean web mailer with its fields in another order and no separator',
    mail: text([
      ...words.split('\n'),
      '',
      '제목 : [민원] 지원',
      '날짜 : 2026-11-22',
      '보낸이 : 민원 허브',
      '받는이 : officer1',
      '',
      ...sent,
    ]),
    words,
  },
  {
    client: 'Apple Mail in Korean, on a telephone',
    mail: text([
      ...words.split('\n'),
      '',
      '나의 iPhone에서 보냄',
      '',
      `2026. 11. 22. 오후 3:04, ${hub} 작성:`,
      '',
      ...angled,
    ]),
    words,
  },
  {
    client: 'Thunderbird, written below the quote, with a signature',
    mail: text([
      `On 22/11/2026 15:04, ${hub} wrote:`,
      ...angled,
      '',
      ...words.split('\n'),
      '',
      '-- ',
      '박담당',
      '02-123-4567',
    ]),
    words,
  },
  {
    client: 'Thunderbird in Korean, flowed text',
    mail: text(
      [
        '안녕하십니까. ',
        '마을기업지원단 ',
        '박담당입니다.',
        '',
        '신청은 12월 31일까지 ',
        '받습니다.',
        '- 서류: 사업자등록증',
        '',
        `26. 11. 22. 오후 3:04에 ${hub} 이(가) 쓴 글:`,
        ...angled,
      ],
      { type: 'text/plain; format=flowed' },
    ),
    words,
  },
  {
    client: 'answers between the lines of the quote',
    mail: text([
      `On Sun, Nov 22, 2026 at 3:04 PM ${hub} wrote:`,
      '',
      angled[0] ?? '',
      '> 언제까지입니까?',
      '12월 31일까지입니다.',
      '> 서류는?',
      '사업자등록증입니다.',
    ]),
    words: '12월 31일까지입니다.\n사업자등록증입니다.',
  },
  {
    client: 'a program that nobody knows: only our own line tells',
    mail: text([
      ...words.split('\n'),
      '',
      '민원 허브 <hub1@mail.example> 께서 일요일에 보내신 편지:',
      '',
      ...quoted,
    ]),
    words,
  },
  {
    client: 'no quote, but lines that look like one',
    mail: text([
      '제목: 지원사업 안내',
      '> 신청 기간: 12월 31일까지',
      '==========',
      '보낸 사람이 없는 우편은 받지 않습니다.',
      'Regards,',
      '담당자 드림',
    ]),
    words:
      '제목: 지원사업 안내\n> 신청 기간: 12월 31일까지\n==========\n보낸 사람이 없는 우편은 받지 않습니다.\nRegards,\n담당자 드림',
  },
  {
    client: 'an official letter as the answer, above a quote',
    mail: text([
      '수신: 홍길동 님',
      '발신: 마을기업지원단장',
      '제목: 설명회 안내',
      '',
      '설명회를 엽니다.',
      '일시: 12월 1일 14시',
      '',
      '-----원본 메시지-----',
      ...outlookBlock,
      '',
      ...quoted,
    ]),
    words:
      '수신: 홍길동 님\n발신: 마을기업지원단장\n제목: 설명회 안내\n\n설명회를 엽니다.\n일시: 12월 1일 14시',
  },
  {
    client: 'UTF-8 that calls itself EUC-KR',
    mail: text(words.split('\n'), { charset: 'euc-kr', bytesIn: 'utf-8' }),
    words,
  },
  {
    client: 'CP949 that calls itself UTF-8',
    mail: text(['똠방각하의 민원에 답합니다.'], {
      charset: 'utf-8',
      bytesIn: 'cp949',
      transfer: 'quoted-printable',
    }),
    words: '똠방각하의 민원에 답합니다.',
  },
  {
    client: 'ISO-2022-KR (RFC 1557)',
    mail: Buffer.concat([
      Buffer.from('Content-Type: text/plain; charset=ISO-2022-KR\r\n\r\n\x1b$)C'),
      Buffer.from('\x0e'),
      Buffer.from(iconv.encode('민원', 'euc-kr').map((byte) => byte & 0x7f)),
      Buffer.from('\x0f OK\r\n'),
    ]),
    words: '민원 OK',
  },
  {
    client: 'a file named in EUC-KR after RFC 2231, in two pieces',
    mail: multipart('mixed', [
      text(words.split('\n')),
      file(
        `Content-Disposition: attachment;\r\n filename*0*=euc-kr''${percent(iconv.encode('지원 ', 'euc-kr'))};\r\n filename*1*=${percent(iconv.encode('안내.pdf', 'euc-kr'))}`,
      ),
    ]),
    words,
    files: [name],
  },
  {
    client: 'a file named in encoded words that part a character, and a logo',
    mail: multipart('mixed', [
      multipartRelated(),
      file(
        `Content-Disposition: attachment; filename="${['1', '2'].map((half) => `=?UTF-8?B?${(half === '1' ? Buffer.from(name).subarray(0, 4) : Buffer.from(name).subarray(4)).toString('base64')}?=`).join(' ')}"`,
      ),
    ]),
    words,
    // Nobody can tell a logo from a picture that the answer shows.
    files: ['logo.png', name],
  },
  {
    client: 'a file name that nobody encoded, in CP949',
    mail: multipart('mixed', [
      text(words.split('\n')),
      Buffer.concat([
        Buffer.from(
          'Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="',
        ),
        iconv.encode(name, 'cp949'),
        Buffer.from('"\r\n\r\nJVBERi0xLjcK'),
      ]),
    ]),
    words,
    files: [name],
  },
];

/** Text and HTML with a picture of a signature: alternatives inside, the picture beside them. */
function multipartRelated(): Buffer {
  const logo = Buffer.from(
    'Content-Type: image/png; name="logo.png"\r\nContent-ID: <logo>\r\nContent-Disposition: inline; filename="logo.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=',
  );
  const inner = (kind: string, mark: string, parts: Buffer[]) =>
    Buffer.concat([
      Buffer.from(`Content-Type: multipart/${kind}; boundary="${mark}"\r\n`),
      ...parts.flatMap((part) => [Buffer.from(`\r\n--${mark}\r\n`), part]),
      Buffer.from(`\r\n--${mark}--\r\n`),
    ]);
  const both = inner('alternative', '=_either', [
    text(words.split('\n')),
    html(`<p>${asHtml(words.split('\n'))}</p><img src="cid:logo">`),
  ]);
  return inner('related', '=_beside', [both, logo]);
}
