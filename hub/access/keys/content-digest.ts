import { createHash, timingSafeEqual } from 'node:crypto';
import { parseDictionary } from 'structured-headers';

/** Algorithms by their names in the header. It is a map, because a caller may also send `constructor`. */
const known = new Map([
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
]);

/** A digest over a body that comes in pieces. */
export interface DigestCheck {
  update(chunk: Uint8Array): void;
  /** After the last piece. Undefined: they match. Otherwise: what is wrong. */
  findProblem(): string | undefined;
}

/** Begins to check a body by its Content-Digest (RFC 9530; sha-256 or sha-512). A text: what is wrong with the header. */
export function startDigestCheck(header: string): DigestCheck | string {
  let entries: [string, unknown][];
  try {
    entries = [...parseDictionary(header)].map(([name, [value]]) => [name, value]);
  } catch {
    return 'Content-Digest is not sha-256=:…base64…:';
  }
  const usable = entries.flatMap(([name, value]) => {
    const algorithm = known.get(name);
    return algorithm ? [{ name, hash: createHash(algorithm), value }] : [];
  });
  if (usable.length === 0) return 'Content-Digest has neither sha-256 nor sha-512';
  return {
    update(chunk) {
      for (const { hash } of usable) hash.update(chunk);
    },
    findProblem() {
      for (const { name, hash, value } of usable) {
        const actual = hash.digest();
        const sent = value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.alloc(0);
        if (sent.length !== actual.length || !timingSafeEqual(sent, actual))
          return `the body has the digest ${name}=:${actual.toString('base64')}:, not the one that Content-Digest names`;
      }
      return undefined;
    },
  };
}

/** Checks a whole body. Undefined: they match. Otherwise: what is wrong. */
export function findDigestProblem(header: string, body: Uint8Array): string | undefined {
  const check = startDigestCheck(header);
  if (typeof check === 'string') return check;
  check.update(body);
  return check.findProblem();
}
