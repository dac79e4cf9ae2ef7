import type { FastifyRequest } from 'fastify';
import { PublicUrlMissing, toKnownUrl } from '../../http/base-url.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';

/** The hub's address for links in mails. Null: the hub does not know it, and no mail with a link can go. */
export function findKnownUrl(
  { settings }: Pick<ConsoleDeps, 'settings'>,
  request: FastifyRequest,
): string | null {
  try {
    return toKnownUrl(settings.PUBLIC_URL, request);
  } catch (error) {
    if (error instanceof PublicUrlMissing) return null;
    throw error;
  }
}
