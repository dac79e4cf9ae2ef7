import { luhn } from 'cdigit';
import { hasBusinessDigit, hasRrnCheckDigit } from './check-digits.ts';

/**
 * Numbers that a public body may not keep without a law that names them, or must keep encrypted: the unique identifiers of
 * the Personal Information Protection Act (article 24; Decree, article 19) and numbers of cards and accounts (standard of
 * safety, article 7).
 */
export const identifierKinds = ['rrn', 'foreigner', 'passport', 'licence', 'card', 'account'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** A number in a text: its characters from `start` until before `end`. */
export interface Identifier {
  kind: IdentifierKind;
  start: number;
  end: number;
}

/** What a pattern found is one only if this holds. `before`: the text in front of it, up to 40 characters. */
interface Finder {
  pattern: RegExp;
  judge(found: string, before: string): IdentifierKind | undefined;
}

/** Between two groups of digits people write a dash of any kind, a dot, a space, or a dash with spaces. */
const gap = '(?:\\s?[-–—.·~_/]\\s?|\\s)';
const dash = '(?:\\s?[-–—.·]\\s?|\\s)';
const digitsOf = (found: string) => found.replace(/\D/g, '');

const namesRrn = /주민|등록\s?번호|민증|외국인|거소|생년|resident|registration|RRN|alien|\bARC\b/i;
/** A corporation's registration number has the same groups, and is no person's. */
const namesCorporation = /법인|corporat/i;
const namesPassport = /여권|passport/i;
const namesLicence = /면허|licen[cs]e/i;
const namesAccount =
  /계좌|통장|입금|송금|환급|예금주|은행|농협|수협|축협|신협|새마을금고|우체국|카카오뱅크|토스뱅크|케이뱅크|account|\bbank\b/gi;
/** What a number in a row of a name is that looks like an account but is none. */
const namesOther = /전화|연락처|휴대|핸드폰|팩스|사업자|법인|문서|접수|우편|tel|phone|fax/gi;

const finders: Finder[] = [
  { pattern: new RegExp(`\\d{6}${gap}?[0-9]\\d{6}`, 'g'), judge: judgeRrn },
  // One by one, as in the boxes of a form.
  { pattern: /(?:\d\s){5}\d\s?[-–—]?\s?(?:\d\s){6}\d/g, judge: judgeRrn },
  { pattern: /[MSRGD][ -]?\d{3}[A-Z]\d{4}/g, judge: () => 'passport' },
  { pattern: /(?:P[MS]|[MSRGD])[ -]?\d{7,8}/gi, judge: ifNamed('passport', namesPassport) },
  { pattern: new RegExp(`\\d{2}${dash}\\d{2}${dash}\\d{6}${dash}\\d{2}`, 'g'), judge: judgeLicence },
  {
    pattern: new RegExp(
      `(?:서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주)\\s?\\d{2}${dash}\\d{6}${dash}\\d{2}`,
      'g',
    ),
    judge: () => 'licence',
  },
  { pattern: /\d{12}/g, judge: ifNamed('licence', namesLicence) },
  { pattern: new RegExp(`\\d{4}${gap}?\\d{4}${gap}?\\d{4}${gap}?\\d{4}`, 'g'), judge: judgeCard },
  { pattern: new RegExp(`3[47]\\d{2}${gap}?\\d{6}${gap}?\\d{5}`, 'g'), judge: judgeCard },
  { pattern: /\d{2,6}(?:-\d{1,7}){1,4}|\d{10,14}/g, judge: judgeAccount },
];

/**
 * Finds the numbers of a text, in its order; none overlaps another. What is sure comes first: a number whose date and
 * check digit are right is no account.
 */
export function findIdentifiers(text: string): Identifier[] {
  const plain = toPlain(text);
  if (!/\d(?:\D{0,3}\d){6}/.test(plain)) return [];
  const found: Identifier[] = [];
  for (const { pattern, judge } of finders)
    for (const match of plain.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (isPartOfMore(plain, start, end) || found.some((one) => one.start < end && start < one.end))
        continue;
      const kind = judge(match[0], plain.slice(Math.max(0, start - 40), start));
      if (kind) found.push({ kind, start, end });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** A digit of full width counts as the digit that it shows. Each character stays at its place. */
const toPlain = (text: string) =>
  text.replace(/[\uff0d\uff10-\uff19\uff21-\uff3a]/g, (wide) =>
    String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );

/** Whether a number goes on before or behind it, so that it is another one. */
const isPartOfMore = (text: string, start: number, end: number) =>
  /[\dA-Za-z]$|\d[-.]$/.test(text.slice(Math.max(0, start - 2), start)) ||
  /^(?:\d|[-.]\d)/.test(text.slice(end, end + 2));

function ifNamed(kind: IdentifierKind, name: RegExp): Finder['judge'] {
  return (_, before) => (name.test(before) ? kind : undefined);
}

/**
 * A date of birth, the digit of sex and century, and the check digit. A number of after October 2020, or one that was
 * changed since, has no check digit: it counts if it is written in two groups, is named, or belongs to a child born since.
 */
function judgeRrn(found: string, before: string): IdentifierKind | undefined {
  const digits = digitsOf(found);
  const sex = Number(digits[6]);
  const born = toBirth(digits, sex);
  if (!born || namesCorporation.test(before.slice(-15))) return undefined;
  const isWrittenSo = /^\d{6}\s?[-–—~]\s?\d{7}$/.test(found);
  const isGivenSince = born >= new Date(Date.UTC(2020, 9, 1));
  const isOne = hasRrnCheckDigit(digits) || isWrittenSo || isGivenSince || namesRrn.test(before);
  if (!isOne) return undefined;
  return sex >= 5 ? 'foreigner' : 'rrn';
}

/** The day of birth. Undefined: there is no such day, or the digit is of the 19th century, of which nobody lives. */
function toBirth(digits: string, sex: number): Date | undefined {
  if (sex === 9 || sex === 0) return undefined;
  const century = [1, 2, 5, 6].includes(sex) ? 1900 : 2000;
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [
    number,
    number,
    number,
  ];
  const born = new Date(Date.UTC(century + year, month - 1, day));
  return born.getUTCMonth() === month - 1 && born.getUTCDate() === day ? born : undefined;
}

/** The first group is the office that gave it: 11 (Seoul) to 28. */
function judgeLicence(found: string): IdentifierKind | undefined {
  const office = Number(digitsOf(found).slice(0, 2));
  return office >= 11 && office <= 28 ? 'licence' : undefined;
}

/**
 * First digits of the networks that pay in Korea: 9 for local cards, 3 to 6 for the others. The last digit checks the
 * others (ISO/IEC 7812-1, the Luhn formula).
 */
function judgeCard(found: string): IdentifierKind | undefined {
  const digits = digitsOf(found);
  return /^[3-69]/.test(digits) && luhn.validate(digits) && new Set(digits).size > 2 ? 'card' : undefined;
}

/** Accounts have no shape of their own: each bank has its groups. So they have to be named in front. */
function judgeAccount(found: string, before: string): IdentifierKind | undefined {
  const digits = digitsOf(found);
  if (digits.length < 10 || digits.length > 14) return undefined;
  if (/^0(?:1\d|2|[3-6]\d|70|50\d)-?\d{3,4}-?\d{4}$/.test(found)) return undefined;
  if (/^\d{3}-\d{2}-\d{5}$/.test(found) && hasBusinessDigit(digits)) return undefined;
  const near = before.slice(-25);
  return lastPlace(near, namesAccount) > lastPlace(near, namesOther) ? 'account' : undefined;
}

/** Where the last word of these stands. -1: nowhere. */
const lastPlace = (text: string, words: RegExp) => [...text.matchAll(words)].at(-1)?.index ?? -1;
