import { createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DataKey,
  isSealed,
  openText,
  readHead,
  sealAlgorithms,
  sealText,
} from '../../../../hub/store/sealing/sealed-text.ts';

const bytes = randomBytes(32);
const keyOf = (algorithm: DataKey['algorithm'], id = 'abcDEF-_'): DataKey => ({
  id,
  algorithm,
  key: createSecretKey(bytes),
});

describe.each(sealAlgorithms)('a text sealed with %s', (algorithm) => {
  const key = keyOf(algorithm);

  it('opens to the same text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = sealText('t', text, key);
        expect(isSealed(sealed)).toBe(true);
        expect(readHead(sealed)).toEqual({ kind: 't', keyId: 'abcDEF-_' });
        expect(openText(sealed, key)).toBe(text.toWellFormed());
      }),
    );
  });

  it('has the documented form: another program opens it by that alone', () => {
    const [, , head = '', body = ''] = sealText('t', '홍길동 010-1234-5678', key).split('$');
    const raw = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv(algorithm as 'aes-256-gcm', bytes, raw.subarray(0, 12));
    decipher.setAAD(Buffer.from(`$sealed1$${head}$`));
    decipher.setAuthTag(raw.subarray(raw.length - 16));
    const opened = Buffer.concat([decipher.update(raw.subarray(12, raw.length - 16)), decipher.final()]);
    expect(head).toBe('tabcDEF-_');
    expect(opened.toString('utf8')).toBe('홍길동 010-1234-5678');
  });

  it('differs each time, and shows nothing of the text', () => {
    const [one, other] = [sealText('t', '홍길동', key), sealText('t', '홍길동', key)];
    expect(one).not.toBe(other);
    expect(one).not.toContain('홍길동');
  });

  it('does not open when any character of it was changed, or it was cut', () => {
    const sealed = sealText('t', '민원 내용', key);
    fc.assert(
      fc.property(fc.integer({ min: '$sealed1$'.length, max: sealed.length - 2 }), (at) => {
        const other = sealed[at] === 'A' ? 'B' : 'A';
        const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
        expect(() => openText(changed, key)).toThrow(/was changed since, or is cut/);
        expect(() => openText(sealed.slice(0, at), key)).toThrow(/was changed since, or is cut/);
      }),
    );
  });

  it('does not open with another key', () => {
    const other = { ...key, key: createSecretKey(randomBytes(32)) };
    expect(() => openText(sealText('t', '민원', key), other)).toThrow(/data key abcDEF-_/);
  });
});

it('a nonce never comes twice within a hundred thousand seals', () => {
  const key = keyOf('aes-256-gcm');
  const nonces = new Set(Array.from({ length: 100_000 }, () => sealText('t', '', key).slice(19, 35)));
  expect(nonces.size).toBe(100_000);
});

it.each([
  '',
  '$sealed1$',
  '$sealed1$tabcdefgh',
  '$sealed1$xabcdefgh$AAAA',
  'a $sealed1$tabcdefgh$AAAA',
  '$sealed1$tabcdefgh$AA AA',
])('is no sealed text: %j', (text) => {
  expect(isSealed(text)).toBe(false);
});
