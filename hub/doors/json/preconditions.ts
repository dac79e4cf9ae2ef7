import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../http/problem.ts';
import { readTags } from './entity-tags.ts';

/**
 * What a caller says of the thing that it changes, against what there is (RFC 9110, 13.1).
 * - `absent`: it says nothing
 * - `met`: it holds what there is, or knows that there is nothing
 * - `moved`: there is another state of it now, or none
 * - `exists`: it believes that there is nothing, and there is
 */
export type Precondition = 'absent' | 'met' | 'moved' | 'exists';

/** `tag`: of the state now, without quotes; undefined: there is none. Errors: Refusal `malformed`. */
export function judgePrecondition({ headers }: FastifyRequest, tag: string | undefined): Precondition {
  const match = readTags('If-Match', headers['if-match']);
  const none = readTags('If-None-Match', headers['if-none-match']);
  if (match === undefined && none === undefined) return 'absent';
  if (none !== undefined && none !== '*')
    throw new Refusal('malformed', 'If-None-Match is * here: there is nothing of this name yet');
  if (none === '*' && tag !== undefined) return 'exists';
  const isMatched = tag !== undefined && (match === '*' || match?.includes(tag));
  return match !== undefined && !isMatched ? 'moved' : 'met';
}
