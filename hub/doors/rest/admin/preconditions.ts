import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../../http/problem.ts';
import { readTags } from '../../json/entity-tags.ts';
import { AdminProblem } from './admin-problem.ts';

/**
 * The version that the caller changes; 0: there is none. Errors: AdminProblem `precondition-required`,
 * `changed-meanwhile`; Refusal `malformed`.
 */
export function mustMatch({ headers }: FastifyRequest, version: number): number {
  const match = readTags('If-Match', headers['if-match']);
  const none = readTags('If-None-Match', headers['if-none-match']);
  if (match === undefined && none === undefined) throw new AdminProblem('precondition-required');
  if (none !== undefined && none !== '*')
    throw new Refusal('malformed', 'If-None-Match is * here: there is no such document yet');
  if (none === '*' && version > 0)
    throw new AdminProblem('changed-meanwhile', `there is such a document already, in version ${version}`);
  const isMatched = match === '*' ? version > 0 : match?.includes(`${version}`);
  if (match !== undefined && !(isMatched && version > 0))
    throw new AdminProblem('changed-meanwhile', toNow(version));
  return version;
}

const toNow = (version: number): string =>
  version > 0 ? `the version in force is ${version}` : 'there is no such document in force';

const longestNote = 500;

/** The note of a change, from the header X-Change-Note. Errors: Refusal `malformed`. */
export function readNote({ headers }: FastifyRequest): string {
  const header = headers['x-change-note'];
  if (header === undefined) return '';
  try {
    const note = decodeURIComponent(String(header));
    if (note.length <= longestNote) return note;
  } catch {
    // No percent-encoding.
  }
  throw new Refusal(
    'malformed',
    `X-Change-Note must be UTF-8, percent-encoded, of at most ${longestNote} characters`,
  );
}
