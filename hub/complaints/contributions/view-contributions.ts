import type { NumberedEvent } from '../state.ts';
import { type Asked, foldContributions } from './fold-contributions.ts';

/** What somebody sees of the steps between agencies. */
interface ContributionView {
  asked: Asked[];
  /** Whether an event of the history is for this reader. */
  sees(event: Pick<NumberedEvent, 'seq' | 'type'>): boolean;
}

/**
 * The agency that leads sees all. One that was asked sees its own, and the replies that were shared with it. To others
 * there is nothing: it is no word to the complainant, nor to the agency that speaks for him or her.
 *
 * `reader`: an agency, or `all`: people of the hub who see complaints whole.
 */
export function viewContributions(
  told: readonly NumberedEvent[],
  assignee: string,
  reader: { agency: string } | 'all',
): ContributionView {
  const asked = foldContributions(told);
  if (reader === 'all' || reader.agency === assignee) return { asked, sees: () => true };
  const isAsked = asked.some(({ to }) => to === reader.agency);
  const visible = asked.filter(({ to, shared }) => to === reader.agency || (shared && isAsked));
  const seqs = new Set(visible.flatMap((one) => one.seqs));
  return { asked: visible, sees: ({ seq, type }) => type !== 'contributed' || seqs.has(seq) };
}
