import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * E.164 of a Korean or international number in any spelling; `undefined` when nobody can be reached by
 * it. The library still allows seven digits after 010, which no operator assigns since 2004, and fillers
 * of zeros: both are what people type to get past a form.
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

/** `내선 12`, `(내선번호: 12)` behind a number. */
const extension = /(?<![\s,(（])[\s,(（]*(?:내선|구내|교환)(?:번호)?[\s:.]*(\d{1,6})[\s번)）]*$/;

/** `010-1234-5678` for a Korean number, the international spelling for another. */
export function toKoreanPhone(phone: string): string | undefined {
  const number = parsePhoneNumberFromString(phone, 'KR');
  const [, service, middle, last] = /^(50\d)(\d{3,4})(\d{4})$/.exec(number?.nationalNumber ?? '') ?? [];
  // Safe numbers (050) are written in fours; the library parts them otherwise.
  if (number?.country === 'KR' && service) return `0${service}-${middle}-${last}`;
  return number?.country === 'KR' ? number.formatNational() : number?.formatInternational();
}

/** A usable address with the domain in lower case (RFC 5321, 2.4: the local part is the owner's). */
export function toEmail(text: string): string | undefined {
  const match =
    /^([a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})$/i.exec(
      text.trim(),
    );
  const [, local = '', domain = ''] = match ?? [];
  const broken = !match || local.startsWith('.') || local.endsWith('.') || local.includes('..');
  return broken ? undefined : `${local}@${domain.toLowerCase()}`;
}
