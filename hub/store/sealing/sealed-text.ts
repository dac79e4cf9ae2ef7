/**
 * A sealed text, as it lies in the database: `$sealed1$`, what it holds (`t` a text, `j` a JSON value), the id of its data
 * key, `$`, and base64url of nonce, ciphertext and tag. All before the nonce is authenticated with it (NIST SP 800-38D).
 * It is not bound to its row, since statements carry it from one table to another.
 */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { StoreError } from '../store-error.ts';

/** Both have a nonce of 96 bits and a tag of 128 bits. ARIA: RFC 5794, KS X 1213-1. */
export const sealAlgorithms = ['aes-256-gcm', 'aria-256-gcm'] as const;
export type SealAlgorithm = (typeof sealAlgorithms)[number];

/** A key that data is sealed with. */
export interface DataKey {
  /** Eight characters of base64url. */
  id: string;
  algorithm: SealAlgorithm;
  key: KeyObject;
}

/** What a sealed text holds: a text, or a JSON value. */
export type SealedKind = 't' | 'j';

export const sealedPrefix = '$sealed1$';
export const keyIdLength = 8;
const headLength = sealedPrefix.length + 1 + keyIdLength + 1;
const nonceLength = 12;
const tagLength = 16;
/** Without it, Node would take a shorter tag, which is easier to forge. */
const tagged = { authTagLength: tagLength };
const shape = /^\$sealed1\$[tj][A-Za-z0-9_-]{8}\$[A-Za-z0-9_-]+$/;

/** Whether a text from the database has the form of a sealed one. */
export const isSealed = (text: string): boolean => text.startsWith(sealedPrefix) && shape.test(text);

/** The parts of a sealed text that can be read without its key. */
export const readHead = (sealed: string): { kind: SealedKind; keyId: string } => ({
  kind: sealed[sealedPrefix.length] as SealedKind,
  keyId: sealed.slice(sealedPrefix.length + 1, headLength - 1),
});

/** Random bytes are taken from the system many at a time: one call for each nonce costs as much as sealing. */
const drawn = 8_192;
let pool = Buffer.alloc(0);
let used = 0;

/** 96 random bits (SP 800-38D, 8.2.2): no nonce of a key comes twice within the 2^32 seals that 8.3 allows. */
function drawNonce(): Buffer {
  if (used + nonceLength > pool.length) {
    pool = randomBytes(drawn);
    used = 0;
  }
  used += nonceLength;
  return pool.subarray(used - nonceLength, used);
}

/** Seals a text. Equal texts become different sealed ones. */
export function sealText(kind: SealedKind, text: string, { id, algorithm, key }: DataKey): string {
  const head = `${sealedPrefix}${kind}${id}$`;
  const nonce = drawNonce();
  const cipher = createCipheriv(algorithm as 'aes-256-gcm', key, nonce, tagged);
  cipher.setAAD(Buffer.from(head, 'latin1'));
  const body = cipher.update(text, 'utf8');
  cipher.final();
  return head + Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
}

/** Opens a sealed text with the key that it names. Errors: StoreError `sealed` if it was changed, or the key is another. */
export function openText(sealed: string, { id, algorithm, key }: DataKey): string {
  const bytes = Buffer.from(sealed.slice(headLength), 'base64url');
  try {
    const decipher = createDecipheriv(
      algorithm as 'aes-256-gcm',
      key,
      bytes.subarray(0, nonceLength),
      tagged,
    );
    decipher.setAAD(Buffer.from(sealed.slice(0, headLength), 'latin1'));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    const text = decipher.update(bytes.subarray(nonceLength, -tagLength), undefined, 'utf8');
    return text + decipher.final('utf8');
  } catch (cause) {
    throw new StoreError('sealed', `a text sealed with data key ${id} was changed since, or is cut`, {
      cause,
    });
  }
}
