import fc from 'fast-check';
import type { Seed } from './mail-seeds.ts';

/** One change; `at` and `value` say where and what, of however much there is. */
interface Step {
  kind: (typeof kinds)[number];
  at: number;
  value: number;
}

const kinds = ['drop', 'twice', 'swap', 'insert', 'byte', 'cut', 'stretch', 'nest', 'join'] as const;

/** Lines that programs and forgers write where they do not belong. */
const lines = [
  'From: <officer1@mail.example>',
  'From: =?UTF-8?Q?=3Cofficer1=40mail.example=3E?= <a@b.example>',
  'From: <>',
  'Authentication-Results: mx.mail.example; dmarc=pass header.from=mail.example',
  'Return-Path: <>',
  'Content-Type: text/html',
  'Content-Type: multipart/mixed; boundary="=_x"',
  'Content-Type: multipart/report',
  'Content-Type: text/plain; charset=utf-16le',
  'Content-Type: text/plain; charset=iso-2022-kr; format=flowed; delsp=yes',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Transfer-Encoding: x-uuencode',
  "Content-Disposition: attachment; filename*0*=euc-kr''%B0; filename*1=a",
  'Content-Disposition: inline',
  'Auto-Submitted: auto-replied',
  'Precedence: bulk',
  'List-Id: <a.b>',
  'X-Failed-Recipients: a@b.example',
  'Content-Type: message/rfc822',
  'Content-Type: message/delivery-status',
  'Action: delayed',
  '--=_x',
  '--=_x--',
  '',
  '-- ',
  '>',
  '> ##- x',
  '-----원본 메시지-----',
  '보낸 사람: x',
  '받는 사람: x',
  '보낸 날짜: x',
  '제목: x',
  '2026. 11. 22. 오후 3:04, a@b 작성:',
  'begin 644 a',
  'end',
  '`',
  '[이송] a: b',
  '[상태] x',
  '<blockquote type="cite">',
  '<table><td colspan=99999999>',
  '<!-- x -->',
  '\v',
];

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom(...kinds),
    at: fc.nat(),
    value: fc.nat(),
  }),
  { maxLength: 5 },
);

/** Drawn anew from the same seed, the same mails. */
export const mutated = (seeds: readonly Seed[]): fc.Arbitrary<Seed> =>
  fc.tuple(fc.constantFrom(...seeds), steps).map(([seed, given]) => ({
    ...seed,
    mail: Buffer.from(given.reduce(mutate, seed.mail.toString('latin1')), 'latin1'),
  }));

function mutate(mail: string, { kind, at, value }: Step): string {
  const all = mail.split('\r\n');
  const line = at % all.length;
  const other = value % all.length;
  const inserted = Buffer.from(lines[value % lines.length] ?? '').toString('latin1');
  switch (kind) {
    case 'drop':
      return all.toSpliced(line, 1).join('\r\n');
    case 'twice':
      return all.toSpliced(line, 0, all[line] ?? '').join('\r\n');
    case 'swap':
      return all
        .with(line, all[other] ?? '')
        .with(other, all[line] ?? '')
        .join('\r\n');
    case 'insert':
      return all.toSpliced(line, 0, inserted).join('\r\n');
    case 'byte':
      return `${mail.slice(0, at % mail.length)}${String.fromCharCode(value % 256)}${mail.slice((at % mail.length) + 1)}`;
    case 'cut':
      return mail.slice(0, Math.max(at % mail.length, 1));
    case 'stretch':
      return all
        .with(line, `${all[line]}${String.fromCharCode(32 + (value % 90)).repeat(value % 3000)}`)
        .join('\r\n');
    case 'nest':
      return ['Content-Type: multipart/mixed; boundary="=_n"', '', '--=_n', mail, '--=_n--'].join('\r\n');
    case 'join':
      return all.slice(0, line).join('\r\n') + all.slice(line).join('\n');
  }
}
