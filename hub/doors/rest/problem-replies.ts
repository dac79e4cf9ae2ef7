import { toReason } from '../../../schemas/reason.ts';
import { ProblemDetails, Refusal, type RefusalCode, toProblemDetails } from '../../http/problem.ts';
import { toRequestUri } from '../../http/request-id.ts';
import { counted, everywhere, type ReplyHeader } from './reply-headers.ts';

interface ProblemReply {
  /** Its name among components/responses. */
  name: string;
  description: string;
  headers?: ReplyHeader[];
  /** A problem of each kind that has this status. */
  examples: Partial<Record<RefusalCode, Refusal>>;
}

const invalid = new Refusal('invalid', undefined, [
  { pointer: '/content/title', reason: toReason('required') },
]);

/** The problems of the door by status. What every reply has is added by {@link problemComponents}. */
export const problemReplies: Record<number, ProblemReply> = {
  400: {
    name: 'Unreadable',
    description: 'The request cannot be read: no JSON, no UTF-8, or a header that stands there twice.',
    examples: { malformed: new Refusal('malformed', 'If-Match must be ETags as you read them, or *') },
  },
  401: {
    name: 'Unauthenticated',
    description: 'No valid API key or signature was sent.',
    headers: ['WWW-Authenticate', 'Accept-Signature'],
    examples: { unauthenticated: new Refusal('unauthenticated') },
  },
  403: {
    name: 'Forbidden',
    description:
      "The key's scope, the network or the certificate does not allow this, or it is for another agency to say.",
    examples: {
      forbidden: new Refusal('forbidden', 'addAnswer needs a key with the scope answer; this one has read'),
    },
  },
  404: {
    name: 'NotFound',
    description: 'There is no such complaint or file for this agency.',
    examples: { 'not-found': new Refusal('not-found') },
  },
  409: {
    name: 'Conflict',
    description: 'This does not go with how the agency is connected, or with what it was given.',
    examples: {
      conflict: new Refusal('conflict', 'kotra has no feed'),
      'unknown-cursor': new Refusal('unknown-cursor', 'the cursor 43 was never given out'),
    },
  },
  412: {
    name: 'ChangedMeanwhile',
    description: 'It was changed since the ETag in If-Match was read, or what is no more is expected.',
    examples: { 'changed-meanwhile': new Refusal('changed-meanwhile') },
  },
  413: {
    name: 'TooLarge',
    description: 'The body is too large.',
    examples: { 'too-large': new Refusal('too-large') },
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body has a media type or a content coding that is not taken here.',
    headers: ['Accept-Encoding'],
    examples: {
      'unsupported-media-type': new Refusal('unsupported-media-type'),
      'unsupported-encoding': new Refusal('unsupported-encoding'),
    },
  },
  422: {
    name: 'Invalid',
    description:
      'Something in the request is not acceptable; `errors` names the places (JSON pointers, RFC 6901).',
    examples: { invalid, 'key-reused': new Refusal('key-reused') },
  },
  429: {
    name: 'TooManyRequests',
    description: 'A limit is reached; wait as many seconds as Retry-After says.',
    headers: ['Retry-After'],
    examples: {
      'too-many-requests': new Refusal(
        'too-many-requests',
        '60000 requests a minute are open to this agency',
      ),
    },
  },
  503: {
    name: 'Unavailable',
    description: 'The hub cannot take this now: send the same again. Or it asks for too much: narrow it.',
    headers: ['Retry-After'],
    examples: { unavailable: new Refusal('unavailable'), 'too-slow': new Refusal('too-slow') },
  },
};

const instance = toRequestUri('4bf92f3577b34da6a3ce929d0e0e4736');

/** One reply in full, before its parts are replaced by references. */
function toComponent({ description, headers = [], examples }: ProblemReply) {
  const shown = Object.entries(examples).map(([code, refusal]) => [
    code,
    { value: toProblemDetails(refusal, instance) },
  ]);
  return {
    description,
    headers: [...everywhere, ...counted, ...headers],
    content: { 'application/problem+json': { schema: ProblemDetails, examples: Object.fromEntries(shown) } },
  };
}

/** As components/responses of the document; `headers` are names. */
export const problemComponents = Object.fromEntries(
  Object.values(problemReplies).map((reply) => [reply.name, toComponent(reply)]),
);
