import { type KeptContribution, owingStatuses } from '../../../schemas/index.ts';
import type { Matter } from '../state.ts';
import { foldContributions } from './fold-contributions.ts';

/**
 * What lists need of the contributions of a matter (migration 0047). With the end of the complaint nobody owes a reply any
 * more.
 */
export function keepContributions({ complaint, told }: Pick<Matter, 'complaint' | 'told'>): {
  contributions: KeptContribution[] | null;
  asked: string[] | null;
} {
  const all = foldContributions(told);
  if (all.length === 0) return { contributions: null, asked: null };
  const isOpen = owingStatuses.includes(complaint.status);
  const owing = new Set(all.flatMap(({ state, to }) => (isOpen && state === 'asked' ? [to] : [])));
  return {
    contributions: all.map(({ number, kind, by, to, askedAt, dueAt, state }) => ({
      ...{ number, kind, by, to },
      ...{ askedAt, dueAt, state },
    })),
    asked: owing.size > 0 ? [...owing] : null,
  };
}
