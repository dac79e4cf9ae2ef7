import { createHash } from 'node:crypto';
import type { Complainant, ComplaintContent } from '../../../schemas/index.ts';

type Person = Pick<Complainant, 'name' | 'company' | 'phone' | 'email'>;

/**
 * Whether two complaints come from one person, as far as the hub can tell. A telephone number or an e-mail address that
 * both have decides. Only where nothing can be compared, because one of them lacks it, the name and the company decide:
 * most complaints that boards bring have no usable contact data.
 */
export function isSamePerson(one: Person, other: Person): boolean {
  const contacts = [isEqual(one.phone, other.phone), isEqual(lower(one.email), lower(other.email))];
  const compared = contacts.filter((equal) => equal !== undefined);
  if (compared.length > 0) return compared.includes(true);
  return plain(one.name) === plain(other.name) && plain(one.company ?? '') === plain(other.company ?? '');
}

const isEqual = (one: string | undefined, other: string | undefined): boolean | undefined =>
  one === undefined || other === undefined ? undefined : one === other;
const lower = (text: string | undefined) => text?.toLowerCase();

/** Letters and digits alone: what people write by hand differs in spaces, stops, width and case. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** How many people filed these complaints. Who is like one of a group belongs to it. */
export function countPeople(people: readonly Person[]): number {
  const groups: Person[][] = [];
  for (const person of people) {
    const own = groups.find((group) => group.some((one) => isSamePerson(one, person)));
    if (own) own.push(person);
    else groups.push([person]);
  }
  return groups.length;
}

/**
 * Marks the matter of a complaint: equal for texts of the same letters and digits. A repeated complaint (반복민원, Act,
 * article 23) has the same content, so the comparison is strict: whoever changes a word has perhaps something new to say,
 * and such a complaint is found as a similar one.
 */
export const markText = ({ title, body }: Pick<ComplaintContent, 'title' | 'body'>): string =>
  createHash('sha256')
    .update(`${plain(title)}\n${plain(body)}`)
    .digest('base64url');
