import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { findDigestProblem } from '../../../../hub/access/keys/content-digest.ts';

const body = Buffer.from('{"a":1}');
const of = (algorithm: string) => `:${createHash(algorithm).update(body).digest('base64')}:`;

it('takes a body that is the one named, by either algorithm or both', () => {
  for (const header of [
    `sha-256=${of('sha256')}`,
    `sha-512=${of('sha512')}`,
    `sha-256=${of('sha256')}, sha-512=${of('sha512')}, md5=:AAAA:`,
  ])
    expect(findDigestProblem(header, body)).toBeUndefined();
});

it.each([
  ['sha-256=:AAAA:', /has the digest sha-256=/],
  [`sha-256=${of('sha256')}, sha-512=:AAAA:`, /has the digest sha-512=/],
  ['md5=:AAAA:', /neither sha-256 nor sha-512/],
  // Names that every object of JavaScript has.
  ['constructor=:AAAA:', /neither sha-256 nor sha-512/],
  ['sha-256', /has the digest/],
  ['sha-256=(1 2)', /has the digest/],
  ['not a dictionary!', /is not sha-256=/],
])('refuses %s, and says why', (header, reason) => {
  expect(findDigestProblem(header, body)).toMatch(reason);
});
