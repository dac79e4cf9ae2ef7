import { FieldReader } from './mime/structured-field.ts';

/** One mailbox as a field names it: `홍길동 <hong@village.example>`. */
export interface Mailbox {
  /** The display name, still as encoded words (RFC 2047). */
  name: string;
  /** In lower case. */
  address: string;
}

const ends = new Set([...' \t()<>@,;:\\"']);
const localPart = /^[^\s@<>()[\]\\,;:"]{1,64}$/;
const label = /^[a-z0-9\u0080-\uffff-]{1,63}$/i;

/**
 * Reads the mailbox of a field that must name exactly one (RFC 5322, 3.4). That is an address, or a display name and an
 * address in angle brackets. Undefined: anything else. Words are decoded later (RFC 2047, 6.2), so their content never
 * becomes an address.
 *
 * It is strict where nodemailer's addressparser guesses. That parser takes an address out of a quoted name if there is
 * no other. It also takes the first of two addresses without a separator. Another reader, such as the server that
 * checks DMARC, may guess differently.
 */
export function readMailbox(field: string): Mailbox | undefined {
  const reader = new FieldReader(field);
  const words: string[] = [];
  let address: string | undefined;
  for (reader.skipBlank(); !reader.isAtEnd; reader.skipBlank()) {
    if (address !== undefined) return undefined;
    if (reader.next === '<') address = readAngle(reader);
    else if (reader.next === '"') words.push(reader.takeQuoted());
    else if (reader.next === '@') {
      // An address without brackets: one word, and nothing else in the field.
      reader.take();
      address = words.length === 1 ? `${words.pop()}@${reader.takeUntil(ends)}` : '';
    } else {
      const word = reader.takeUntil(ends);
      if (word === '') return undefined;
      words.push(word);
    }
  }
  if (reader.isBroken || !address || !isAddress(address)) return undefined;
  return { name: words.join(' '), address: address.toLowerCase() };
}

function readAngle(reader: FieldReader): string {
  reader.take();
  const address = reader.takeUntil(new Set('<>'));
  return reader.take() === '>' ? address.trim() : '';
}

function isAddress(address: string): boolean {
  const at = address.lastIndexOf('@');
  const labels = address.slice(at + 1).split('.');
  return (
    address.length <= 254 &&
    localPart.test(address.slice(0, Math.max(at, 0))) &&
    labels.length > 1 &&
    labels.every((one) => label.test(one))
  );
}
