import { toReason } from '../../../../schemas/reason.ts';
import { Refusal } from '../../../http/problem.ts';
import { toRequestUri } from '../../../http/request-id.ts';
import { type AdminHeader, counted, everywhere } from './admin-headers.ts';
import { AdminProblem, AdminProblemDetails, toAdminDetails } from './admin-problem.ts';

interface ProblemReply {
  name: string;
  description: string;
  headers?: AdminHeader[];
  examples: Record<string, AdminProblem | Refusal>;
}

const place = {
  document: { kind: 'agency', name: 'kotra' } as const,
  pointer: '/officers',
  line: 1,
  column: 1,
  reason: toReason('required'),
};

/** The problems of the administration API by status. */
export const adminProblemReplies: Record<number, ProblemReply> = {
  400: {
    name: 'Unreadable',
    description: 'The request cannot be read: no JSON, no UTF-8, or a header that stands there twice.',
    examples: { malformed: new Refusal('malformed', 'If-Match must be * or ETags as you read them') },
  },
  401: {
    name: 'Unauthenticated',
    description: "No valid administrator's key was sent. An agency's key is none.",
    headers: ['WWW-Authenticate'],
    examples: { unauthenticated: new Refusal('unauthenticated') },
  },
  403: {
    name: 'Forbidden',
    description: "The key's scope or the network does not allow this.",
    examples: { forbidden: new Refusal('forbidden', 'this needs a key with the scope configure') },
  },
  404: {
    name: 'NotFound',
    description: 'There is no such document, version, proposal or agency.',
    examples: { 'not-found': new Refusal('not-found') },
  },
  409: {
    name: 'Conflict',
    description: 'It cannot be done as things stand.',
    examples: {
      'in-use': new AdminProblem(
        'in-use',
        'agency kotra cannot be removed: 2 complaints wait for its answer',
      ),
      conflict: new AdminProblem('conflict', 'this is the last administrator who can sign in'),
      'same-person': new AdminProblem('same-person'),
    },
  },
  412: {
    name: 'ChangedMeanwhile',
    description: 'Somebody applied another version since the ETag was read. Nothing was changed.',
    examples: {
      'changed-meanwhile': new AdminProblem('changed-meanwhile', 'agency kotra was changed by kim'),
    },
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
    examples: { 'unsupported-encoding': new Refusal('unsupported-encoding') },
  },
  422: {
    name: 'Invalid',
    description: 'Something is not acceptable; `errors` names all places, those in documents also by line.',
    examples: {
      'invalid-configuration': new AdminProblem('invalid-configuration', 'agency kotra would not be usable', [
        place,
      ]),
      invalid: new Refusal('invalid', undefined, [{ pointer: '/note', reason: toReason('required') }]),
    },
  },
  428: {
    name: 'PreconditionRequired',
    description: 'The request has to say which version it changes.',
    examples: { 'precondition-required': new AdminProblem('precondition-required') },
  },
  429: {
    name: 'TooManyRequests',
    description: 'A limit is reached; wait as many seconds as Retry-After says.',
    headers: ['Retry-After'],
    examples: { 'too-many-requests': new Refusal('too-many-requests') },
  },
  503: {
    name: 'Unavailable',
    description: 'The hub cannot do this now: send the same again.',
    headers: ['Retry-After'],
    examples: { unavailable: new Refusal('unavailable') },
  },
};

const instance = toRequestUri('4bf92f3577b34da6a3ce929d0e0e4736');

function toComponent({ description, headers = [], examples }: ProblemReply) {
  const shown = Object.entries(examples).map(([code, problem]) => [
    code,
    { value: toAdminDetails(problem, instance) },
  ]);
  const media = { schema: AdminProblemDetails, examples: Object.fromEntries(shown) as object };
  return {
    description,
    headers: [...everywhere, ...counted, ...headers],
    content: { 'application/problem+json': media },
  };
}

/** As components/responses of the document; `headers` are names. */
export const adminProblemComponents = Object.fromEntries(
  Object.values(adminProblemReplies).map((reply) => [reply.name, toComponent(reply)]),
);
