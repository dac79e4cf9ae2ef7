import { oddBodies } from '../adapters/mail/odd-bodies.ts';
import { file, type OddMail, parts, plain } from '../adapters/mail/odd-mail.ts';
import { oddQuotes } from '../adapters/mail/odd-quotes.ts';
import { oddPrograms, oddSenders } from '../adapters/mail/odd-senders.ts';

/** Words that stand in what a reader of a mail sees; plain letters, so that no charset loses them. */
export const tokens = Array.from({ length: 6 }, (_, index) => `zebra${index}`);

const encoded = (encoding: 'base64' | 'quoted-printable', text: string, type = 'text/plain') => [
  `Content-Type: ${type}; charset=utf-8`,
  `Content-Transfer-Encoding: ${encoding}`,
  '',
  encoding === 'base64' ? Buffer.from(text).toString('base64') : text,
];
const [alpha = '', beta = '', gamma = ''] = tokens;

/** Structures beside those that were seen. */
const generated: string[][] = [
  parts(
    'mixed',
    encoded('base64', `가 ${alpha}\n`),
    file('application/pdf'),
    encoded('quoted-printable', beta),
  ),
  parts('mixed', plain(alpha), encoded('base64', `<p>${beta}</p>`, 'text/html'), plain(gamma)),
  [
    'Content-Type: multipart/alternative; boundary="=_y"',
    '',
    '--=_y',
    ...plain(alpha),
    '--=_y',
    ...encoded('base64', `<p>${alpha}</p>`, 'text/html'),
    '--=_y--',
  ],
  plain(alpha, '> 법', beta, '-- ', gamma),
  plain(
    `[중간회신] ${alpha}`,
    '',
    '-----원본 메시지-----',
    '보낸 사람: 허브',
    '보낸 날짜: 오늘',
    '받는 사람: 나',
    '제목: 글',
  ),
];

/** Long and deep, where a careless reader stands still. */
const heavy = (
  [
    ' ',
    '> \n',
    '(',
    '\t',
    '=',
    'to:\n',
    '<div>',
    '<',
    '&',
    '@',
    '2026 오후 3:04 작성:\n',
    'begin 644 a\n',
  ] as const
).flatMap((sign) => [
  plain(alpha, sign.repeat(200_000 / sign.length)),
  ['Content-Type: text/html; charset=utf-8', '', alpha, sign.repeat(200_000 / sign.length)],
]);

export interface Seed {
  above: string[];
  from: string[];
  mail: Buffer;
}

/** A token for every sentence, in the bytes as they are: what is encoded keeps its own words. */
function plant({ above, from, mail }: OddMail, granted: string[]): Seed {
  let count = 0;
  const text = (Array.isArray(mail) ? Buffer.from(mail.join('\r\n')) : mail).toString('latin1');
  const sentenceEnd = Buffer.from('니다.').toString('latin1');
  const planted = text.replaceAll(sentenceEnd, () => `${sentenceEnd} ${tokens[count++ % tokens.length]} `);
  return {
    above: above ?? granted,
    from: from ?? ['From: =?UTF-8?B?67CV64u064u5?= <officer1@mail.example>'],
    mail: Buffer.from(planted, 'latin1'),
  };
}

/** `granted`: what the mailbox's server writes above an officer's mail. */
export function makeMailSeeds(granted: string[]): { usual: Seed[]; heavy: Seed[] } {
  const toSeed = (mail: string[]) => plant({ what: '', mail, right: { answer: '' } }, granted);
  const odd = [...oddBodies, ...oddQuotes, ...oddSenders, ...oddPrograms].map((one) => plant(one, granted));
  return { usual: [...odd, ...generated.map(toSeed)], heavy: heavy.map(toSeed) };
}
