import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** 010-1234-5678 → +821012345678 (E.164). Undefined: the text is no telephone number. */
export function toInternational(text: string): string | undefined {
  const number = parsePhoneNumberFromString(text, 'KR');
  return number?.isValid() ? number.number : undefined;
}
