import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** +821012345678 → 010-1234-5678; a number of another country, or a masked one, stays as it is. */
export function toNational(phone: string): string {
  const number = phone.includes('*') ? undefined : parsePhoneNumberFromString(phone, 'KR');
  return number?.country === 'KR' ? number.formatNational() : phone;
}
