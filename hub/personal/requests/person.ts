import { findPhoneNumbersInText } from 'libphonenumber-js';
import { toNational } from '../../words/to-national.ts';
import type { SubjectRequest } from './request.ts';

/** By what a person is looked for. */
export interface Person {
  name: string;
  /** E.164. */
  phones: readonly string[];
  /** In lower case. */
  emails: readonly string[];
}

export const matchWays = ['phone', 'email', 'name'] as const;
export type MatchWay = (typeof matchWays)[number];

/** Who is asked about: the person, and not the representative. */
export const toPerson = ({ facts }: Pick<SubjectRequest, 'facts'>): Person => ({
  name: facts.name,
  phones: facts.phone === undefined ? [] : [facts.phone],
  emails: facts.email === undefined ? [] : [facts.email.toLowerCase()],
});

const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/gu, '');
const toDigits = (text: string): string => text.replace(/[^\d]/gu, '');

/** A number as people write it, with what stands between its digits. */
const written = /\d[\d ().-]{6,24}/g;

/** By what a text names the person. A name of one letter says nothing. */
export function findNamed(text: string, { name, phones, emails }: Person): MatchWay[] {
  const words = plain(text);
  const numbers = (text.match(written) ?? []).map(toDigits);
  const isNumber = (phone: string) =>
    [phone, toNational(phone)].map(toDigits).some((digits) => numbers.some((one) => one.includes(digits)));
  const isThere = {
    phone: phones.some(isNumber),
    email: emails.some((email) => words.includes(plain(email))),
    name: [...name].length > 1 && words.includes(plain(name)),
  };
  return matchWays.filter((way) => isThere[way]);
}

export const isSameName = (one: string, other: string): boolean => plain(one) === plain(other);

/** A place in a text, and what stands there. */
export interface FoundNumber {
  start: number;
  end: number;
  /** E.164. */
  phone: string;
}

/** Telephone numbers of persons: those of mobiles. An office's number says nothing of a person. */
export const findMobiles = (text: string): FoundNumber[] =>
  findPhoneNumbersInText(text, 'KR')
    .filter(({ number }) => number.country === 'KR' && number.nationalNumber.startsWith('1'))
    .map(({ startsAt, endsAt, number }) => ({ start: startsAt, end: endsAt, phone: number.number }));
