import { createHmac, timingSafeEqual } from 'node:crypto';

/** Creates and reads the signed values that link a mail to a complaint of one agency. Pure, apart from its secrets. */
export interface Signer {
  /** The address to which an officer replies about this complaint. */
  toReplyAddress(receiptNumber: string): string;
  /**
   * Reads the receipt number from a reply address. `forged`: it looks like such an address, but this agency did not
   * create it.
   */
  readReplyAddress(address: string): { receiptNumber: string } | 'forged' | undefined;
  /** The words of a header by which our mail is found and recognised. */
  toMark(key: string): string;
  isOwnMark(mark: string): boolean;
  /** The same key gives the same id. So a mail that is sent again is the same mail (RFC 5322, 3.6.4). */
  toMessageId(key: string): string;
}

/**
 * Lower case, and no letter that looks like a digit. Mail systems change case, and people read addresses aloud (RFC
 * 4648, 6).
 */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** The number of letters, each with five bits. RFC 2104, section 5, asks for at least 80 bits. */
const letters = 16;

/**
 * `template`: an address with `{token}`. The first secret signs, and all are accepted. Secrets are read at each use.
 */
export function createSigner(
  template: string,
  { agency, secrets }: { agency: string; secrets(): string[] },
): Signer {
  const pattern = toPattern(template);
  const sign = (secret: string, purpose: string, text: string) =>
    toLetters(createHmac('sha256', secret).update(`${purpose}\n${agency}\n${text}`).digest());
  const isSigned = (purpose: string, text: string, given: string) =>
    secrets().some((secret) => isEqual(sign(secret, purpose, text), given.toLowerCase()));

  return {
    ...toMarks(template, (purpose, text) => sign(secrets()[0] ?? '', purpose, text)),
    readReplyAddress(address) {
      const [, receiptNumber = '', given = ''] = pattern.exec(address) ?? [];
      if (!receiptNumber) return undefined;
      return isSigned('reply', receiptNumber, given) ? { receiptNumber } : 'forged';
    },
    isOwnMark(mark) {
      const [key = '', given = ''] = mark.trim().split(/\s+/);
      return isSigned('mail', key, given);
    },
  };
}

/** What a mail carries that is signed. `sign` returns the letters of a signature. */
export type Marks = Pick<Signer, 'toReplyAddress' | 'toMark' | 'toMessageId'>;

function toMarks(template: string, sign: (purpose: string, text: string) => string): Marks {
  const domain = template.slice(template.lastIndexOf('@') + 1).toLowerCase();
  return {
    toReplyAddress: (receiptNumber) =>
      template.replace('{token}', () => `${receiptNumber}.${sign('reply', receiptNumber)}`),
    toMark: (key) => `${key} ${sign('mail', key)}`,
    toMessageId: (key) => `<${key.replace(/[^\w-]/g, '.')}.${sign('mail', key)}@${domain}>`,
  };
}

/** The same marks for people to look at. A real signature would let whoever sees it answer. */
export const createUnsigned = (template: string): Marks => toMarks(template, () => '$signature()');

/** Ignores case. We may interpret the local part ourselves (RFC 5321, 2.4), and other systems change its case. */
function toPattern(template: string): RegExp {
  const [before = '', after = ''] = template
    .split('{token}')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${before}(\\d+(?:-\\d+)*)\\.([a-z2-7]{${letters}})${after}$`, 'i');
}

function toLetters(digest: Buffer): string {
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from(
    { length: letters },
    (_, index) => alphabet[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)],
  ).join('');
}

function isEqual(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}
