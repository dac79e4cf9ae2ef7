import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../../http/problem.ts';
import { judgePrecondition } from '../../json/preconditions.ts';
import { AdminProblem } from './admin-problem.ts';

/**
 * The version that the caller changes; 0: there is none. Errors: AdminProblem `precondition-required`,
 * `changed-meanwhile`; Refusal `malformed`.
 */
export function mustMatch(request: FastifyRequest, version: number): number {
  switch (judgePrecondition(request, version > 0 ? `${version}` : undefined)) {
    case 'absent':
      throw new AdminProblem('precondition-required');
    case 'exists':
      throw new AdminProblem('changed-meanwhile', `there is such a document already, in version ${version}`);
    case 'moved':
      throw new AdminProblem('changed-meanwhile', toNow(version));
    default:
      return version;
  }
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
