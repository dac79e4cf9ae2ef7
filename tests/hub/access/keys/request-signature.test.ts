import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../../../hub/access/keys/request-signature.ts';
import { type SignedRequest, toSignatureBase } from '../../../../hub/access/keys/signature-base.ts';

const secret = 'a secret of this test alone';
const now = Date.parse('2026-11-20T00:00:00Z');
const created = now / 1000 - 5;
const request: SignedRequest = {
  method: 'GET',
  scheme: 'https',
  target: '/api/v1/complaints?text=%EC%88%98%EC%B6%9C&status=answered',
  headers: { host: 'Hub.Example:443' },
};
const params = `;created=${created};keyid="key-1"`;

/** Signs by hand: `lines` are the components with their values, as section 2.5 of RFC 9421 writes them. */
function sign(lines: [component: string, value: string][], own = params) {
  const input = `(${lines.map(([name]) => name).join(' ')})${own}`;
  const base = [...lines, ['"@signature-params"', input]].map((line) => line.join(': ')).join('\n');
  return { input, mac: createHmac('sha256', secret).update(base).digest('base64') };
}
const verify = (of: SignedRequest, inputs: string, signatures: string) => {
  const headers = { ...of.headers, 'signature-input': inputs, signature: signatures };
  return verifySignature({ ...of, headers }, () => secret, now);
};
const verifyOne = (of: SignedRequest, lines: [string, string][], own?: string) => {
  const { input, mac } = sign(lines, own);
  return verify(of, `sig=${input}`, `sig=:${mac}:`);
};
const method: [string, string] = ['"@method"', 'GET'];
const uri = 'https://hub.example/api/v1/complaints?text=%EC%88%98%EC%B6%9C&status=answered';

it('makes the base of the example in RFC 9421, B.2.5', () => {
  const key = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';
  const headers = {
    host: 'example.com',
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
  };
  const base = toSignatureBase(
    { method: 'POST', scheme: 'https', target: '/foo?param=Value&Pet=dog', headers },
    ['date', '@authority', 'content-type'].map((name) => [name, new Map()]),
    new Map<string, string | number>([
      ['created', 1618884473],
      ['keyid', 'test-shared-secret'],
    ]),
  );
  const mac = createHmac('sha256', Buffer.from(key, 'base64')).update(base).digest('base64');
  expect(mac).toBe('pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=');
});

describe('a signature covers', () => {
  it.each<[string, [string, string][]]>([
    ['the target as it is sent', [method, ['"@request-target"', request.target]]],
    ['the whole address, without the usual port', [method, ['"@target-uri"', uri]]],
    [
      'authority, path and query',
      [
        method,
        ['"@scheme"', 'https'],
        ['"@authority"', 'hub.example'],
        ['"@path"', '/api/v1/complaints'],
        ['"@query"', '?text=%EC%88%98%EC%B6%9C&status=answered'],
      ],
    ],
    [
      'a parameter of the query, encoded anew',
      [method, ['"@target-uri"', uri], ['"@query-param";name="text"', '%EC%88%98%EC%B6%9C']],
    ],
  ])('%s', (_what, lines) => {
    expect(verifyOne(request, lines)).toMatchObject({ ok: true, keyId: 'key-1' });
  });

  it('the path alone where there is no query, and not where somebody added one', () => {
    const lines: [string, string][] = [method, ['"@path"', '/api/v1/complaints']];
    expect(verifyOne({ ...request, target: '/api/v1/complaints' }, lines)).toMatchObject({ ok: true });
    expect(verifyOne(request, lines)).toMatchObject({ reason: expect.stringContaining('does not cover') });
  });

  it.each<[string, [string, string][], RegExp]>([
    ['another scheme', [method, ['"@target-uri"', uri.replace('https', 'http')]], /another one/],
    ['a parameter alone', [method, ['"@query-param";name="text"', '%EC%88%98%EC%B6%9C']], /does not cover/],
    [
      'a parameter that is not there',
      [method, ['"@target-uri"', uri], ['"@query-param";name="x"', '']],
      /0 times/,
    ],
    ['a component twice', [method, method, ['"@target-uri"', uri]], /twice/],
    ['what is not known', [method, ['"@target-uri"', uri], ['"@status"', '200']], /not known/],
  ])('and is refused with %s', (_what, lines, reason) => {
    expect(verifyOne(request, lines)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe('of several signatures (RFC 9421, 3.2 and 4.3)', () => {
  const own = sign([method, ['"@target-uri"', uri]]);
  const proxy = `proxy=("@method");created=${created};keyid="edge";alg="ecdsa-p256-sha256"`;

  it.each([
    ['a proxy put its own before', `${proxy}, ours=${own.input}`, `proxy=:AAAA:, ours=:${own.mac}:`],
    ['a proxy put its own behind', `ours=${own.input}, ${proxy}`, `ours=:${own.mac}:, proxy=:AAAA:`],
    [
      'a proxy uses hmac too',
      `proxy=${own.input.replace('key-1', 'edge')}, ours=${own.input}`,
      `proxy=:AAAA:, ours=:${own.mac}:`,
    ],
  ])('one good one is enough: %s', (_what, inputs, signatures) => {
    expect(verify(request, inputs, signatures)).toMatchObject({ ok: true, keyId: 'key-1' });
  });

  it('the caller is told of the one that came furthest', () => {
    const told = verify(
      request,
      `${proxy}, a=("@method")${params}, b=${own.input}`,
      'proxy=:AA==:, a=:AA==:, b=:AA==:',
    );
    expect(told).toMatchObject({
      ok: false,
      reason: expect.stringContaining('another one'),
      base: expect.any(String),
    });
  });

  it('only some are looked at', () => {
    const many = Array.from({ length: 4 }, (_, n) => `x${n}=${own.input}`).join(', ');
    const wrong = Array.from({ length: 4 }, (_, n) => `x${n}=:AAAA:`).join(', ');
    expect(verify(request, `${many}, ours=${own.input}`, `${wrong}, ours=:${own.mac}:`).ok).toBe(false);
  });

  it('none may be ours', () => {
    expect(verify(request, proxy, 'proxy=:AAAA:')).toMatchObject({ reason: 'alg must be hmac-sha256' });
  });
});
