import type { BoardAdapter } from '../../../adapters/contract.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import type { Agency } from '../../../schemas/index.ts';

/**
 * The adapter of an agency's document that need not be in force, for its pure methods. It gets no secrets and calls
 * nothing. Its expressions wait in a queue of their own: a draft that never ends delays none of the agency's posts.
 * Undefined: the agency has no board. Throws if the settings cannot be used.
 */
export function createPureAdapter(
  { code, timeZone = 'Asia/Seoul', board }: Agency,
  publicUrl?: string,
): BoardAdapter | undefined {
  const context = {
    agency: code,
    queue: `${code}/draft`,
    timeZone,
    ...(publicUrl && { hubUrl: toHubUrl(publicUrl) }),
  };
  return board && createAdapter(board, { ...context, secret: () => 'not needed' });
}

/** How agencies reach the hub, for what is sent to them. */
export const toHubUrl = (publicUrl: string): string => publicUrl.replace(/\/+$/, '');
