import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { StoreError } from '../store-error.ts';
import type { SealAlgorithm } from './sealed-text.ts';

/**
 * A key-encryption key: it wraps data keys, and seals nothing else. A key-management service stands behind the same two
 * calls; then the key itself never comes into this process.
 */
export interface KeyEncryption {
  /** Names the key in the database. It tells nothing of the key. */
  id: string;
  /** `about`: what is authenticated with the key, so that no wrapped key passes for another. */
  wrap(dataKey: Buffer, about: string): Promise<Buffer>;
  /** Errors: StoreError `sealed` if it is another key, or what was wrapped was changed. */
  unwrap(wrapped: Buffer, about: string): Promise<Buffer>;
}

const keyBytes = 32;
const nonceLength = 12;
const tagLength = 16;
const tagged = { authTagLength: tagLength };

/** A new key, as {@link openLocalKey} reads it. */
export const makeLocalKey = (): string => randomBytes(keyBytes).toString('base64');

/**
 * A key that this process holds itself: 32 bytes as base64 or as 64 hexadecimal digits. `reference`: where it came from,
 * for the error.
 */
export function openLocalKey(text: string, reference: string, algorithm: SealAlgorithm): KeyEncryption {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length !== keyBytes)
    throw new StoreError(
      'sealed',
      `SEALING_KEY: ${reference} holds ${key.length} bytes; right is a key of 32 bytes in base64 or hexadecimal ("hub keys new" prints one)`,
    );
  const id = createHash('sha256')
    .update('minwon-hub key-encryption key')
    .update(key)
    .digest('hex')
    .slice(0, 16);
  return {
    id,
    async wrap(dataKey, about) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm as 'aes-256-gcm', key, nonce, tagged);
      cipher.setAAD(Buffer.from(`${algorithm} ${about}`));
      const body = Buffer.concat([cipher.update(dataKey), cipher.final()]);
      return Buffer.concat([Buffer.from([numberOf[algorithm]]), nonce, body, cipher.getAuthTag()]);
    },
    async unwrap(wrapped, about) {
      const used = algorithms[wrapped[0] ?? 0];
      if (!used) throw new StoreError('sealed', `data key ${about} is wrapped in a way unknown here`);
      try {
        const decipher = createDecipheriv(
          used as 'aes-256-gcm',
          key,
          wrapped.subarray(1, 1 + nonceLength),
          tagged,
        );
        decipher.setAAD(Buffer.from(`${used} ${about}`));
        decipher.setAuthTag(wrapped.subarray(-tagLength));
        return Buffer.concat([
          decipher.update(wrapped.subarray(1 + nonceLength, -tagLength)),
          decipher.final(),
        ]);
      } catch (cause) {
        throw new StoreError('sealed', `data key ${about} cannot be unwrapped by the key of ${reference}`, {
          cause,
        });
      }
    },
  };
}

/** The first byte of a wrapped key. */
const numberOf = { 'aes-256-gcm': 1, 'aria-256-gcm': 2 } as const satisfies Record<SealAlgorithm, number>;
const algorithms: Record<number, SealAlgorithm> = { 1: 'aes-256-gcm', 2: 'aria-256-gcm' };
