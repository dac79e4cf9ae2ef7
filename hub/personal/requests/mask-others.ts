import { maskAddress } from '../../access/people/masking.ts';
import { maskName } from '../../words/mask-name.ts';
import { findMobiles, isSameName, type Person } from './person.ts';

type Row = Record<string, unknown>;

/**
 * Members that stay as they are: the person's own data, numbers of things, and offices, for who answers is no secret (민원 처리에 관한 법률
 * 시행령, article 31).
 */
const kept = new Set([
  ...['complainant', 'address', 'fallbacks'],
  ...['officer', 'by', 'contact', 'externalId', 'receiptNumber', 'reference', 'number'],
]);

/** What a table says of officers beside their names: where their mails went. */
export function maskRow(table: string, row: Row): Row {
  const isOfficers = (table === 'notices' || table === 'outbox') && row.audience === 'officer';
  if (!isOfficers) return row;
  return {
    ...row,
    address: typeof row.address === 'string' ? maskAddress(row.address) : row.address,
    ...('fallbacks' in row && { fallbacks: [] }),
  };
}

/**
 * Masks what a row says of others: other representatives, and telephone numbers of mobiles and mail addresses in texts (개인정보 보호법, article 35, paragraph 4, item 2). A name in a sentence no program can tell from another word: a person reads it before it
 * is given out.
 */
export const maskOthers = (row: Row, person: Person): Row => maskIn(row, person) as Row;

function maskIn(value: unknown, person: Person): unknown {
  if (typeof value === 'string') return maskContacts(value, person);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((one) => maskIn(one, person));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, maskMember(name, member, person)]),
  );
}

function maskMember(name: string, member: unknown, person: Person): unknown {
  if (kept.has(name)) return member;
  if (name === 'representatives' && Array.isArray(member))
    return member.map((one) =>
      typeof one === 'string' && !isSameName(one, person.name) ? maskName(one) : one,
    );
  return maskIn(member, person);
}

/** A mail address in a text, as long as one may be (RFC 5321, 4.5.3.1). */
const mail = /[^\s@<>(),;:"'[\]]{1,64}@[\p{L}\d.-]{1,255}/gu;

function maskContacts(text: string, person: Person): string {
  const others = findMobiles(text).filter(({ phone }) => !person.phones.includes(phone));
  let masked = '';
  let at = 0;
  for (const { start, end } of others) {
    masked += text.slice(at, start) + text.slice(start, end).replace(/\d(?=(?:\D*\d){4})/gu, '*');
    at = end;
  }
  return (masked + text.slice(at)).replace(mail, (one) =>
    person.emails.includes(one.toLowerCase()) ? one : maskAddress(one),
  );
}
