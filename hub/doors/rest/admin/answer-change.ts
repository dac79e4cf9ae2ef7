import type { FastifyReply, FastifyRequest } from 'fastify';
import { toReason } from '../../../../schemas/reason.ts';
import type { Change } from '../../../configuration/changes/change.ts';
import { compareDocument, type DocumentChange } from '../../../configuration/changes/difference.ts';
import { changeConfiguration } from '../../../configuration/changes/proposals.ts';
import { ConfigurationError } from '../../../configuration/configuration-error.ts';
import type { DocumentKey } from '../../../configuration/document.ts';
import { readDocument } from '../../../configuration/read-document.ts';
import { findInForce } from '../../../configuration/versions.ts';
import { Refusal } from '../../../http/problem.ts';
import { toETag } from '../../json/entity-tags.ts';
import type { AdminDoorDependencies } from './admin-dependencies.ts';
import { toBy } from './let-admin-in.ts';
import { mustMatch, readNote } from './preconditions.ts';

export const adminPath = '/api/v1/admin';

/** A change as replies have it: places and no values. */
export const toChanged = ({ kind, name, change, paths }: DocumentChange) => ({ kind, name, change, paths });

/** The name in a path, where ~ stands for a slash. */
export const toKey = ({ kind, name }: DocumentKey): DocumentKey => ({
  kind,
  name: kind === 'template' ? name.replaceAll('~', '/') : name,
});

/**
 * Changes one document as the caller's conditions allow, and answers. What is so already changes nothing, whatever the
 * conditions say (RFC 9110, 13.1.1): so a call whose answer was lost can be sent again.
 */
export async function answerChange(
  { store, rules }: AdminDoorDependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  { kind, name, source }: Omit<Change, 'base'>,
  note: string | undefined,
): Promise<FastifyReply> {
  const key = { kind, name };
  const inForce = await findInForce(store.db, key);
  if (source === null && !inForce) throw new Refusal('not-found', `there is no ${kind} ${name} in force`);
  if (source === null && kind === 'routing') throw toNeeded(key);
  const isSo = inForce !== undefined && inForce.source === source;
  const base = isSo ? inForce.version : mustMatch(request, inForce?.version ?? 0);
  if (isSo) return reply.header('etag', toETag(base)).send({ outcome: 'unchanged', changes: [] });
  const by = toBy(request.admin, note ?? readNote(request));
  const done = await changeConfiguration(store, rules, [{ ...key, source, base }], by);
  if ('proposed' in done) {
    const document = source === null ? undefined : readDocument(key, source).document;
    const change = compareDocument(inForce, document);
    return sendProposed(reply, done.proposed, change ? [change] : []);
  }
  // Where somebody applied another text meanwhile, that version is not what this caller holds.
  const now = source === null ? undefined : await findInForce(store.db, key);
  if (now && now.source === source) reply.header('etag', toETag(now.version));
  return reply.send({ outcome: 'applied', changes: done.applied.map(toChanged) });
}

/** Without a routing nobody would answer a complaint, and no folder without one is taken. */
function toNeeded(document: DocumentKey): ConfigurationError {
  const problem = { document, pointer: '', reason: toReason('file_missing') };
  return new ConfigurationError('invalid', 'the hub needs a routing: replace it instead', [problem]);
}

export function sendProposed(reply: FastifyReply, id: string, changes: DocumentChange[]): FastifyReply {
  return reply
    .status(202)
    .header('location', `${adminPath}/proposals/${id}`)
    .send({ outcome: 'proposed', changes: changes.map(toChanged), proposal: id });
}

/** Says where the next page is (RFC 8288). `next` undefined: there is none. */
export function linkNext(
  { originalUrl }: FastifyRequest,
  reply: FastifyReply,
  next: Record<string, string> | undefined,
): void {
  if (!next) return;
  const { pathname, searchParams } = new URL(originalUrl, 'http://hub');
  for (const [name, value] of Object.entries(next)) searchParams.set(name, value);
  reply.header('link', `<${pathname}?${searchParams}>; rel="next"`);
}
