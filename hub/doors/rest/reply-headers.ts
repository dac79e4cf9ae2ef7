/**
 * The headers of replies that a client may read, as the description names them: components/headers. `required`: where it is
 * described, it is always there.
 */
const replyHeaders = {
  'X-Request-Id': {
    description:
      'The name of this request in the log of the hub: your own X-Request-Id if it was 1 to 128 of A-Z a-z 0-9 . _ ~ -',
    required: true,
    example: '4bf92f3577b34da6a3ce929d0e0e4736',
  },
  Traceparent: {
    description: 'W3C Trace Context: your own trace goes on, with a span of the hub',
    required: true,
    example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  },
  RateLimit: {
    description:
      'How many requests are open in this window (`r`) and its seconds that are left (`t`): draft-ietf-httpapi-ratelimit-headers',
    example: '"minute";r=59940;t=37',
  },
  'RateLimit-Policy': {
    description: 'How many requests (`q`) are open in a window of so many seconds (`w`)',
    example: '"minute";q=60000;w=60',
  },
  'Retry-After': {
    description: 'Seconds after which the same request may succeed (RFC 9110, 10.2.3)',
    schema: { type: 'integer', minimum: 0 },
    example: 12,
  },
  'WWW-Authenticate': {
    description: 'The credentials that open this door (RFC 9110, 11.6.1)',
    example: 'Bearer',
  },
  'Accept-Signature': {
    description: 'How a request is to be signed (RFC 9421, 5.1)',
    example: 'sig1=("@method" "@request-target" "content-digest");created;nonce;alg="hmac-sha256"',
  },
  'Accept-Encoding': {
    description: 'The content codings that are taken here (RFC 9110, 12.5.3)',
    example: 'gzip',
  },
  ETag: {
    description:
      'The state of what was read, for If-Match and If-None-Match (RFC 9110, 8.8.3). Of a complaint: the number of its newest event',
    required: true,
    example: '"2"',
  },
  Location: {
    description: 'The path of the complaint',
    required: true,
    example: '/api/v1/complaints/26-0000-4711-1',
  },
  Link: {
    description: 'The next and the previous page (RFC 8288)',
    example: '</api/v1/complaints?after=1763598665120_019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f>; rel="next"',
  },
  'Content-Disposition': {
    description: 'The name of the file (RFC 6266)',
    required: true,
    example: 'attachment; filename="plan.pdf"',
  },
  'Repr-Digest': {
    description: 'SHA-256 of the file (RFC 9530)',
    example: 'sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:',
  },
  Deprecation: {
    description: 'Since when this operation is given up (RFC 9745)',
    example: '@1798761600',
  },
  Sunset: {
    description: 'From when this operation may answer no more (RFC 8594)',
    example: 'Wed, 30 Jun 2027 15:00:00 GMT',
  },
} as const satisfies Record<
  string,
  { description: string; schema?: object; required?: true; example: unknown }
>;
export type ReplyHeader = keyof typeof replyHeaders;

/** On every reply of this door. */
export const everywhere: ReplyHeader[] = ['X-Request-Id', 'Traceparent'];
/** On replies to callers that were counted (gate/limits.ts). */
export const counted: ReplyHeader[] = ['RateLimit', 'RateLimit-Policy'];

/** As components/headers of the document. */
export const headerComponents = Object.fromEntries(
  Object.entries(replyHeaders).map(([name, header]) => [name, { schema: { type: 'string' }, ...header }]),
);

/** References to them, for a response. */
export const toHeaderReferences = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
