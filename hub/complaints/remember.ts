import { digestText, type Post } from '../../schemas/index.ts';
import { listTold } from './find-told.ts';
import { fingerprintContent } from './fingerprint.ts';
import type { Link, Statement } from './state.ts';

/** Keeps what a board showed, so that it is news only once. */
export function remember(link: Link, { actor, post, externalId, readAt }: Statement): void {
  if (externalId && !link.externalId) link.externalId = externalId;
  if (actor.via !== 'board') return;
  const told = listTold(post);
  link.seen = {
    ...(post.status && { status: post.status }),
    ...(post.transfer && { transfer: transferMark(post.transfer) }),
    ...(post.content && { filedAt: post.content.filedAt }),
    ...(post.content &&
      (link.returnedAt || link.seen.content !== undefined) && {
        content: digestText(fingerprintContent(post.content)),
      }),
    ...(told.length > 0 && { told }),
    held: heldWhenRead(link, readAt),
  };
}

/** How far a board was for certain when it was read: what a call wrote while it was read may not be in what it showed. */
function heldWhenRead({ held, writes = [] }: Link, readAt = Number.POSITIVE_INFINITY): number {
  const late = writes.filter(({ endedAt }) => endedAt > readAt);
  return Math.min(held, ...late.map(({ seq }) => seq - 1));
}

/** By it a transfer that a board still shows is known again. */
export const transferMark = (transfer: NonNullable<Post['transfer']>) => `${transfer.to}: ${transfer.reason}`;
