import type { BoardAdapter } from '../../../adapters/contract.ts';
import { createAdapter } from '../../../adapters/registry.ts';
import type { Agency } from '../../../schemas/index.ts';

/**
 * The adapter of an agency's document that need not be in force, for its pure methods. It gets no secrets and calls
 * nothing. Its expressions wait in a queue of their own: a draft that never ends delays none of the agency's posts.
 * Undefined: the agency has no board. Throws if the settings cannot be used.
 */
export function createPureAdapter({
  code,
  timeZone = 'Asia/Seoul',
  board,
}: Agency): BoardAdapter | undefined {
  return board && createAdapter(board, { agency: `${code}/draft`, timeZone, secret: () => 'not needed' });
}
