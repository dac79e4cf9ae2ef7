import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * Converts a Korean or international phone number in any spelling to E.164. `undefined`: nobody can be reached by it.
 *
 * The library accepts two more kinds of number, which people type only to get past a form. These are seven digits after
 * 010, which no operator has assigned since 2004, and numbers filled up with zeros.
 */
export function toPhone(text: string): string | undefined {
  const written = text
    .trim()
    .replace(/^00(?=82)/, '+')
    .replace(extension, ' ext. $1');
  const number = parsePhoneNumberFromString(written, 'KR');
  if (!number?.isValid()) return undefined;
  const unusable = /^\+8210(0+$|\d{0,7}$)/.test(number.number);
  return unusable ? undefined : number.number;
}

/** An extension after a number: `내선 12`, `(내선번호: 12)`. */
const extension = /(?<![\s,(（])[\s,(（]*(?:내선|구내|교환)(?:번호)?[\s:.]*(\d{1,6})[\s번)）]*$/;

/** `010-1234-5678` for a Korean number; the international spelling for others. */
export function toKoreanPhone(phone: string): string | undefined {
  const number = parsePhoneNumberFromString(phone, 'KR');
  const [, service, middle, last] = /^(50\d)(\d{3,4})(\d{4})$/.exec(number?.nationalNumber ?? '') ?? [];
  // Safe numbers (050) are written in groups of four. The library groups them differently.
  if (number?.country === 'KR' && service) return `0${service}-${middle}-${last}`;
  return number?.country === 'KR' ? number.formatNational() : number?.formatInternational();
}

/**
 * Returns a usable address with its domain in lower case. The local part stays as its owner wrote it (RFC 5321, 2.4).
 */
export function toEmail(text: string): string | undefined {
  const match =
    /^([a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})$/i.exec(
      text.trim(),
    );
  const [, local = '', domain = ''] = match ?? [];
  const broken = !match || local.startsWith('.') || local.endsWith('.') || local.includes('..');
  return broken ? undefined : `${local}@${domain.toLowerCase()}`;
}
