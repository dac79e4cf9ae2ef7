import { createHash } from 'node:crypto';
import { compile, Post, type Problem } from '../../schemas/index.ts';
import type { Accept, Accepted } from '../exchange/intake/incoming.ts';
import type { Typed } from './forms.ts';

/** A form that asks for a change to a complaint. */
export interface Submission {
  /** The agency in whose name the person acts; `hub` for the contact centre. */
  agency: string;
  user: string;
  typed: Typed;
  post: Post;
  complaintId?: string;
}

export type Submitted =
  | { ok: true; accepted: Extract<Accepted, { receiptNumber: string }> }
  | { ok: false; problems: Problem[] };

const checkPost = compile(Post);

/** What is wrong with a post before anybody is asked about it. Empty: its form is right. */
export function findPostProblems(post: Post): Problem[] {
  const checked = checkPost(post);
  return checked.ok ? [] : checked.problems;
}

/** Hands a form to the exchange, or says what is wrong with it. If the same form is sent twice, it is applied once. */
export async function submit(accept: Accept, submission: Submission): Promise<Submitted> {
  const { typed, post, ...rest } = submission;
  const checked = checkPost(post);
  if (!checked.ok) return checked;
  const { formToken: _token, key: _key, ...raw } = typed;
  const accepted = await accept({
    ...rest,
    source: 'console',
    externalId: toExternalId(typed),
    version: '1',
    raw,
    normalised: { ok: true, post: checked.value },
  });
  return 'problems' in accepted ? { ok: false, problems: accepted.problems } : { ok: true, accepted };
}

/** The form's id at the exchange. */
export const toExternalId = ({ formToken: _token, key = '', ...raw }: Typed): string =>
  `${key}.${toFingerprint(raw)}`;

/**
 * Part of the idempotency key. A form that a person went back to, changed and sent again is another form, and no
 * repetition.
 */
const toFingerprint = (raw: Typed): string =>
  createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 16);
