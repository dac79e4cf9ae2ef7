import { toLimits } from '../../../adapters/relay/policy.ts';
import type { Boards } from '../boards/boards.ts';
import { ParkedActionError } from './parked-actions.ts';

/** Something that was sent without a known outcome. */
export interface Sent {
  agency: string;
  /** Milliseconds since the call began on which the board may still be working. */
  ago: number | null;
}

/**
 * If the board cannot say what it holds, the person who retries has looked there, so it is sent again. Throws
 * `settling` while the board may still be working on it, since then a look proves nothing.
 */
export function wasLookedAt(
  boards: Boards,
  question: 'find' | 'findAttachment',
  sent: Sent | undefined,
): boolean {
  const board = boards.find(sent?.agency ?? '');
  if (!board || board.adapter[question]) return false;
  const { settling } = toLimits(board.connection);
  if (sent && sent.ago !== null && sent.ago < settling * 1000)
    throw new ParkedActionError('settling', 'the board may still be working on what was sent');
  return true;
}
