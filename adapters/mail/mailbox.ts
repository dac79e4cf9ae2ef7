import { FieldReader } from './mime/structured-field.ts';

/** One mailbox as a field names it: `홍길동 <hong@village.example>`. */
export interface Mailbox {
  /** Words of the display name, still encoded (RFC 2047). */
  name: string;
  /** In lower case. */
  address: string;
}

const ends = new Set([...' \t()<>@,;:\\"']);
const localPart = /^[^\s@<>()[\]\\,;:"]{1,64}$/;
const label = /^[a-z0-9\u0080-\uffff-]{1,63}$/i;

/**
 * The mailbox of a field that must name one (RFC 5322, 3.4): an address, or a display name and an address between angle
 * brackets. Undefined for all else. Words are decoded later (RFC 2047, 6.2), so what they hold is never an address.
 *
 * Strict where nodemailer's addressparser guesses: that takes an address out of a quoted name where it finds no other,
 * and the first of two that nothing parts. Another reader, such as the server that checks DMARC, may guess otherwise.
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
      // An address without brackets: the one word before it, and nothing else in the field.
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
