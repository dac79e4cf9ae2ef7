import type { FastifyReply } from 'fastify';
import type { SignOnDesk } from '../../../access/sign-on/sign-on.ts';
import type { SignOnError, SignOnKind } from '../../../access/sign-on/sign-on-error.ts';

/** What is nobody's refusal gets its own status. */
const statuses: Partial<Record<SignOnKind, number>> = { away: 503, lost: 400, clock: 400, repeated: 400 };

/** Says why somebody was not let in, whom to ask, and what to tell there. What was typed before is kept in the form to try again. */
export function showRefused(reply: FastifyReply, desk: SignOnDesk, error: SignOnError) {
  const { kind, code, carried } = error;
  const { to = '/', path = '', typed = '' } = carried ?? {};
  const data = {
    ...{ provider: desk.name, label: desk.label, contact: desk.contact, kind, code, at: new Date() },
    ...{ to, path, typed },
  };
  return reply.page('sign-on-refused', data, statuses[kind] ?? 403);
}
