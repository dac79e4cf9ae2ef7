import { headerComponents } from '../reply-headers.ts';

const text = { type: 'string' } as const;

/** Headers of replies of this door, as components/headers of its document. */
export const adminHeaders = {
  'X-Request-Id': headerComponents['X-Request-Id'] ?? {},
  Traceparent: headerComponents.Traceparent ?? {},
  RateLimit: headerComponents.RateLimit ?? {},
  'RateLimit-Policy': headerComponents['RateLimit-Policy'] ?? {},
  'Retry-After': headerComponents['Retry-After'] ?? {},
  'WWW-Authenticate': headerComponents['WWW-Authenticate'] ?? {},
  'Accept-Encoding': headerComponents['Accept-Encoding'] ?? {},
  ETag: {
    description:
      'The version of the document, or of the whole configuration, for If-Match and If-None-Match (RFC 9110, 8.8.3)',
    schema: text,
    example: '"7"',
  },
  Location: {
    description: 'The path of the proposal',
    schema: text,
    example: '/api/v1/admin/proposals/019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f',
  },
  Link: {
    description: 'The next page (RFC 8288)',
    schema: text,
    example: '</api/v1/admin/documents?after=agency~kotra>; rel="next"',
  },
} as const satisfies Record<string, object>;
export type AdminHeader = keyof typeof adminHeaders;

/** On every reply of this door. */
export const everywhere: AdminHeader[] = ['X-Request-Id', 'Traceparent'];
/** On replies to callers that were counted. */
export const counted: AdminHeader[] = ['RateLimit', 'RateLimit-Policy'];
