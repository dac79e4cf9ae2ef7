import type { FastifyReply, FastifyRequest } from 'fastify';
import { toLocalPath } from './security.ts';

/**
 * The cursors of all lists: an id, alone or after a time; an entry of the ledger; a day of it and an agency; an agency
 * by its urgency; an entry of the audit log; one of the access log or of the log of provisions; a request of a person; a
 * person's login.
 */
const cursorShape =
  /^(?:(?:\d{1,15}[_~])?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/\d*\/[a-z-]+)?|\d{4}-\d{2}-\d{2}~[a-z0-9-]*|\d_[a-z][a-z0-9-]{1,30}|(?:entry|request)_\d{1,18}|(?:seen|provided|due)_\d{1,15}_\d{1,18}|u~[a-z0-9][a-z0-9._-]{1,39})$/;
const names = /^(?:after|before|[a-z]+After)$/;

/** A URL with a broken cursor (cut when it was passed on) leads to the list's first page, and the URL then says so. */
export async function dropBrokenCursors(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (request.method !== 'GET') return undefined;
  const asked = new URL(request.url, 'http://hub');
  const broken = [...asked.searchParams].filter(
    ([name, text]) => names.test(name) && !cursorShape.test(text),
  );
  if (broken.length === 0) return undefined;
  for (const [name] of broken) asked.searchParams.delete(name);
  return reply.redirect(toLocalPath(asked.pathname + asked.search), 303);
}
