import type { Logger } from 'pino';
import type { Decision } from '../../complaints/state.ts';
import type { NoticePlan } from '../../notify/plan.ts';
import { findLaw } from '../../personal/numbers/keep-numbers.ts';
import { createGroupCommit } from '../../store/group-commit.ts';
import { isSqlState } from '../../store/sql-states.ts';
import { type ApplyDependencies, createApplyGroup } from './apply-group.ts';
import type { Accept, Accepted, Incoming } from './incoming.ts';
import { maskIncoming } from './mask-incoming.ts';

export interface AcceptDependencies extends ApplyDependencies {
  log: Logger;
  /**
   * Milliseconds to gather calls for one commit. A larger value puts more calls into a commit, and each waits longer.
   */
  gather: number;
  /** Numbers that a law lets an agency keep are kept. Absent: all are masked alone, as where nothing is real. */
  keepsNumbers?: true;
  /** Called after the commit with the changes: wakes deliveries and notices. */
  committed(decisions: Decision[], notices: NoticePlan[]): void;
}

const groupSize = 64;
/** Another process took in the same thing, or two groups deadlocked. */
const isWorthAnotherLook = (error: unknown) =>
  isSqlState(error, 'uniqueViolation', 'deadlock', 'serializationFailure');

/**
 * The one way in. It masks numbers that may not be kept, stores what came in raw, applies it to the board, routes it, moves links and plans notices.
 * Everything that waits shares one transaction. What cannot be applied is parked with its reasons.
 */
export function createAccept(dependencies: AcceptDependencies): Accept {
  const applyGroup = createApplyGroup(dependencies);

  async function acceptGroup(group: Incoming[]): Promise<Accepted[]> {
    const { decisions, notices, accepted } = await applyGroup(group);
    dependencies.committed(decisions, notices);
    group.forEach((incoming, index) => {
      logParked(accepted[index] as Accepted, incoming);
    });
    return accepted;
  }

  function logParked(accepted: Accepted, incoming: Incoming): void {
    if (accepted.outcome !== 'parked' || accepted.isKnown) return;
    const { rawItemId: item, problems } = accepted;
    const at = problems.map(({ pointer }) => pointer);
    dependencies.log.warn({ agency: incoming.agency, item, at }, 'parked: an administrator has to look');
  }

  const commit = createGroupCommit(acceptGroup, {
    most: groupSize,
    gather: dependencies.gather,
    overlap: groupSize / 8,
    keys: namesOf,
  });
  /** Without numbers that nobody has a law for; only sealed ones may be kept (Act, article 24, paragraph 3). */
  function leaveLawful({ numbers, ...incoming }: Incoming): Incoming {
    const { directory, keepsNumbers, store, log } = dependencies;
    if (!numbers || !keepsNumbers) return incoming;
    const agencies = directory.listAgencies().filter((one) => one.uniqueIdentifiers);
    const lawful = numbers.filter(({ kind }) => agencies.some((agency) => findLaw(agency, kind)));
    if (lawful.length === 0) return incoming;
    if (store.keys.on) return { ...incoming, numbers: lawful };
    log.warn(
      { agency: incoming.agency },
      'numbers that a law lets agencies keep were masked: SEALING_KEY is unset, and nothing may be kept in the clear',
    );
    return incoming;
  }

  return async (came) => {
    const incoming = leaveLawful(maskIncoming(came));
    try {
      return await commit(incoming);
    } catch (error) {
      if (!isWorthAnotherLook(error)) throw error;
      return commit(incoming);
    }
  };
}

/**
 * The names of what a statement is about. Two statements about one thing must see each other, so the second one waits
 * for the first.
 */
function namesOf({ agency, externalId, complaintId, idempotencyKey, normalised }: Incoming): string[] {
  const receiptNumber = normalised.ok ? normalised.post.receiptNumber : undefined;
  const key = idempotencyKey === undefined ? undefined : `${agency}\nkey\n${idempotencyKey}`;
  return [`${agency}\n${externalId}`, complaintId, receiptNumber, key].filter((name) => name !== undefined);
}
