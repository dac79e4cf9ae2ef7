import { toReason } from '../../../schemas/reason.ts';
import { endHeld, type LockedActs, lockHeld } from '../../complaints/held/end-held.ts';
import type { Queryable } from '../../store/database.ts';
import type { Incoming } from './incoming.ts';
import type { Judged } from './judge.ts';

/** Locks the acts of a group that were held until now. */
export const lockActs = (client: Queryable, group: Incoming[]): Promise<LockedActs> =>
  lockHeld(
    client,
    group.flatMap(({ held }) => held?.id ?? []),
  );

/** Why an act that was held must not go out. Undefined: it may, or it is no such act. */
export function refuseAct({ held }: Incoming, locked: LockedActs): Judged | undefined {
  if (!held) return undefined;
  const problems = locked.get(held.id) ?? [{ pointer: '', reason: toReason('held_over') }];
  return problems.length > 0 ? { accepted: { outcome: 'refused', problems } } : undefined;
}

/** Removes the acts that went out, in the transaction of what they changed. */
export const endActs = (client: Queryable, group: Incoming[], judged: Judged[]): Promise<void> =>
  endHeld(
    client,
    group.flatMap(({ held }, index) => {
      const accepted = judged[index]?.accepted;
      if (!held || !accepted || 'problems' in accepted) return [];
      const isNothing = accepted.outcome === 'duplicate' || accepted.events === 0;
      return { id: held.id, isNothing };
    }),
  );
