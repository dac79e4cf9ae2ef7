import fc from 'fast-check';
import iconv from 'iconv-lite';
import { corpus } from './corpus.ts';
import type { Shot } from './seeds.ts';

/** Pieces that parsers, validators and databases are known to stumble over. */
const pieces = [
  '<',
  '>',
  '</',
  '/>',
  '&',
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&amp;amp;',
  '&x;',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  '<?xml version="1.0"?>',
  '<?xml encoding="utf-7"?>',
  '<!DOCTYPE a>',
  '<!ENTITY a "b">',
  'xmlns=""',
  'xmlns:s="urn:x"',
  ' xsi:nil="true"',
  'xml:base="file:///"',
  '<x:y/>',
  '<s:Body/>',
  '<s:Header/>',
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  ',',
  ':',
  'null',
  '1e999',
  '-0',
  '__proto__',
  'constructor',
  '"__proto__":{"x":1},',
  '"constructor":{"prototype":{"x":1}},',
  "' or 1=1 --",
  '%00',
  '%2e%2e%2f',
  '\0',
  '\u202e',
  '\ufeff',
  '\ufffe',
  '\ud83d',
  '한',
  '\r\n\r\n',
  '\n'.repeat(50),
  'A'.repeat(5000),
  '<a>'.repeat(40),
  '['.repeat(2000),
];

/** What is done to a body, in the order in which it is drawn. */
type Change = (body: Buffer) => Buffer;
const at = fc.double({ min: 0, max: 1, noNaN: true });
const place = (body: Buffer, part: number) => Math.floor(part * body.length);

const change: fc.Arbitrary<Change> = fc.oneof(
  // A piece put in, over, or in the place of a stretch.
  fc.tuple(at, fc.integer({ min: 0, max: 40 }), fc.constantFrom(...pieces)).map(
    ([where, length, piece]): Change =>
      (body) => {
        const start = place(body, where);
        return Buffer.concat([body.subarray(0, start), Buffer.from(piece), body.subarray(start + length)]);
      },
  ),
  // A stretch that is left out, doubled, or moved elsewhere.
  fc.tuple(at, at, at, fc.constantFrom('cut', 'double', 'move')).map(
    ([from, to, target, how]): Change =>
      (body) => {
        const [start = 0, end = 0] = [place(body, from), place(body, to)].sort((a, b) => a - b);
        const stretch = body.subarray(start, end);
        const rest = Buffer.concat([body.subarray(0, start), body.subarray(end)]);
        const goal = place(rest, target);
        if (how === 'cut') return rest;
        if (how === 'double') return Buffer.concat([body.subarray(0, end), stretch, body.subarray(end)]);
        return Buffer.concat([rest.subarray(0, goal), stretch, rest.subarray(goal)]);
      },
  ),
  // Single bytes, which also breaks characters.
  fc.array(fc.tuple(at, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }).map(
    (bytes): Change =>
      (body) => {
        const copy = Buffer.from(body);
        for (const [where, value] of bytes)
          if (copy.length > 0) copy[place(copy, Math.min(where, 0.999))] = value;
        return copy;
      },
  ),
  // The text between tags, or a JSON value, replaced by another.
  fc
    .tuple(
      fc.nat(30),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.json(), fc.bigInt().map(String)),
    )
    .map(
      ([index, value]): Change =>
        (body) => {
          let seen = 0;
          const text = body
            .toString('utf8')
            .replace(/(?<=>)[^<]+(?=<)|(?<=":)("[^"]*"|\d+)/g, (old) => (seen++ === index ? value : old));
          return Buffer.from(text);
        },
    ),
  // The same characters in other bytes.
  fc.constantFrom('cp949', 'utf-16le', 'utf-16be', 'utf-32le', 'shift_jis', 'utf-7').map(
    (charset): Change =>
      (body) =>
        iconv.encode(body.toString('utf8'), charset, { addBOM: true }),
  ),
);

/** Too long for an index, and nothing that could be compressed. */
const longKey = Array.from({ length: 4000 }, (_, n) => ((n * 2_654_435_761) % 36).toString(36)).join('');

const headerChange: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  fc.record({
    'content-type': fc.constantFrom(
      ...[
        'text/xml',
        'text/xml; charset=euc-kr',
        'text/xml; charset=utf-16',
        'text/xml; charset="',
        'text/xml; charset=hex',
      ],
      'application/soap+xml; action="x"',
      'application/json',
      'application/json; charset=utf-7',
      'text/plain',
      'x',
      '',
      'multipart/related; type="application/xop+xml"; boundary=b',
      'multipart/form-data; boundary=b',
      `multipart/form-data; boundary=${'b'.repeat(500)}`,
      'multipart/form-data',
    ),
  }),
  fc.record({
    authorization: fc.constantFrom(
      '',
      'Bearer',
      'Bearer x',
      'Basic ???',
      'Basic Og==',
      'Digest a=b',
      'Bearer mwk_',
    ),
  }),
  fc.record({ soapaction: fc.constantFrom('""', '"urn:x"', 'GetComplaint', '"') }),
  fc.record({
    'idempotency-key': fc.oneof(
      fc.string({ unit: 'grapheme-ascii', maxLength: 300 }).map((key) => key.trim()),
      fc.constantFrom('"k"', '', longKey),
    ),
  }),
  fc.record({ 'if-match': fc.constantFrom('*', '"1"', 'W/"1"', '"', '"99999999999999999999"', 'x') }),
  fc.record({ 'content-digest': fc.constantFrom('sha-256=:AAAA:', 'x', 'md5=:AA==:', '=') }),
  fc.record({ 'content-encoding': fc.constantFrom('gzip', 'br', 'x'), expect: fc.constantFrom('x') }),
  fc.record({
    'signature-input': fc.constantFrom('a=()', 'sig1=("@method");keyid="x";created=1', '=', 'a=1'),
    signature: fc.constant('a=:AA==:'),
  }),
);

/** Headers that come once more, with the same value or another one. */
const doubled: fc.Arbitrary<[string, string][]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<[string, string][]>([]) },
  fc.array(
    fc.tuple(
      fc.constantFrom(
        ...['authorization', 'content-type', 'idempotency-key', 'if-match', 'content-digest', 'signature'],
        'signature-input',
        'soapaction',
        'client-cert',
        'x-forwarded-for',
        'x-forwarded-proto',
        'cookie',
        'accept',
        'range',
        'origin',
        'content-encoding',
      ),
      fc.constantFrom('', 'x', '"1"', 'Bearer x', 'text/xml; charset=euc-kr', 'sha-256=:AAAA:', '::1', '\t'),
    ),
    { minLength: 1, maxLength: 3 },
  ),
);

/** Paths, of REST only: the SOAP door has one. */
const pathChange: fc.Arbitrary<(path: string) => string> = fc.oneof(
  { weight: 8, arbitrary: fc.constant((path: string) => path) },
  fc
    .constantFrom(
      '%00',
      '%ff',
      '..%2f',
      "'",
      '%',
      '//',
      '?limit=x',
      '?after=%00',
      '?wait=-1',
      '?limit=1&limit=2',
      '?__proto__[x]=1',
    )
    .map((end) => (path: string) => path + end),
  fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .map((text) => () => `/api/v1/complaints/${encodeURIComponent(text.toWellFormed())}`),
  fc
    .constantFrom('text=%EA', 'status=x', 'after=%00', `text=${'x'.repeat(3000)}`, 'kind=query&kind=other')
    .map((query) => () => `/api/v1/complaints?${query}`),
);

const method = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'POST'),
);

/** Requests that no careful client sends. `seeds`: the number of well made ones that can be spoilt. */
export function malformed(seeds: number): fc.Arbitrary<(seeds: Shot[]) => Shot> {
  const spoilt = fc
    .tuple(
      fc.nat(seeds - 1),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      headerChange,
      pathChange,
      method,
      doubled,
    )
    .map(([index, changes, headers, toPath, method, more]) => (all: Shot[]): Shot => {
      const seed = all[index % all.length] as Shot;
      return {
        ...seed,
        method: method ?? seed.method,
        path: seed.door === 'rest' ? toPath(seed.path) : seed.path,
        headers: { ...seed.headers, ...headers },
        more,
        body: changes.reduce((body, change) => change(body), seed.body),
      };
    });
  const known = fc
    .tuple(fc.nat(seeds - 1), fc.constantFrom(...corpus))
    .map(([index, { door, body, headers }]) => (all: Shot[]): Shot => {
      const fitting = all.filter((seed) => seed.door === door && seed.method !== 'GET');
      const seed = fitting[index % fitting.length] as Shot;
      return {
        ...seed,
        headers: { ...seed.headers, ...headers },
        body: Buffer.from(body(seed.body.toString('utf8'))),
      };
    });
  return fc.oneof({ weight: 24, arbitrary: spoilt }, { weight: 1, arbitrary: known });
}
