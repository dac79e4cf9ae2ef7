import type pg from 'pg';
import type { Logger } from 'pino';
import { route } from '../board/route.ts';
import type { Decision, Matter, Rules } from '../board/state.ts';
import { type ClockRules, dueAt } from '../clock/deadline.ts';
import type { Directory } from '../configuration/directory.ts';
import { type NoticePlan, planNotices } from '../notify/plan.ts';
import { inTransaction, type Queryable, type Store } from '../store/database.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import { newId } from '../store/new-id.ts';
import type { Boards } from './boards.ts';
import { findOwnPost } from './find-own-post.ts';
import type { Accept, Accepted, Incoming } from './incoming.ts';
import { judge } from './judge.ts';
import { findTargets, loadMatters, type Target } from './load-matters.ts';
import { createReceiptNumbers } from './receipt-numbers.ts';
import { namesFiles, saveAttachments } from './save-attachments.ts';
import { saveDecisions } from './save-decisions.ts';

export interface AcceptDependencies {
  store: Store;
  directory: Directory;
  boards: Boards;
  log: Logger;
  /** Milliseconds to gather calls that come close together; more of them share a commit, each waits longer. */
  gather: number;
  /** Calendar and periods in force. */
  clock(): ClockRules;
  /** Called after the commit with what changed: wakes deliveries and notices. */
  committed(decisions: Decision[], notices: NoticePlan[]): void;
}

const groupSize = 64;
/** SQLSTATE: another process took in the same thing, or two groups waited for each other; look again. */
const worthAnotherLook = new Set(['23505', '40P01', '40001']);

/**
 * The one way in. Takes what came in, stores it raw, applies it to the board, routes it, moves links and plans
 * notices: one transaction for all that is waiting. What cannot be applied is parked with its reasons.
 */
export function createAccept(dependencies: AcceptDependencies): Accept {
  const numbers = createReceiptNumbers();

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

  async function applyGroup(group: Incoming[]) {
    const { hot } = dependencies.store;
    const targets = await findTargets(hot, group);
    await findOwnPosts(hot, group, targets);
    const ids = new Set(
      targets.flatMap(({ complaintId, earlier }) => complaintId ?? earlier?.complaintId ?? []),
    );
    // Nothing to lock and one statement to write: that statement is the transaction. If somebody else took in the
    // same thing meanwhile, a unique key says so.
    if (ids.size === 0 && !group.some(namesFiles)) return decideAndSave(hot, group, targets, new Map());
    return inTransaction(hot, async (client) =>
      decideAndSave(client, group, targets, await loadMatters(client, [...ids])),
    );
  }

  async function decideAndSave(
    client: Queryable,
    group: Incoming[],
    targets: Target[],
    matters: Map<string, Matter>,
  ) {
    const { directory, boards } = dependencies;
    const now = new Date();
    const drawn = await numbers.draw(client, group.length);
    const rules = rulesOf(dependencies, () => drawn.take(now), now);
    const judged = group.map((incoming, index) => judge(incoming, targets[index] ?? {}, matters, rules));
    drawn.giveBack();
    const decisions = judged.flatMap(({ decision }) => decision ?? []);
    const rawItems = judged.flatMap(({ rawItem }) => rawItem ?? []);
    const notices = decisions.flatMap(({ matter, events }) =>
      planNotices({ complaint: matter.complaint, events, directory, now, isTold: boards.tellsOfficers }),
    );
    await saveDecisions(client, { decisions, rawItems, notices, clock: dependencies.clock(), now });
    await saveAttachments(client, directory, decisions);
    return { decisions, notices, accepted: judged.map(({ accepted }) => accepted) };
  }

  const commit = createGroupCommit(acceptGroup, {
    most: groupSize,
    gather: dependencies.gather,
    overlap: groupSize / 8,
    keys: namesOf,
  });
  return async (incoming) => {
    try {
      return await commit(incoming);
    } catch (error) {
      if (!worthAnotherLook.has((error as pg.DatabaseError).code ?? '')) throw error;
      return commit(incoming);
    }
  };
}

/** What it is about: two statements about one thing must see each other, so the second waits for the first. */
function namesOf({ agency, externalId, complaintId, normalised }: Incoming): string[] {
  const receiptNumber = normalised.ok ? normalised.post.receiptNumber : undefined;
  return [`${agency}\n${externalId}`, complaintId, receiptNumber].filter((name) => name !== undefined);
}

/** A post that no link knows may be one that the hub wrote there and heard no reply to. */
async function findOwnPosts(client: Queryable, group: Incoming[], targets: Target[]): Promise<void> {
  for (const [index, incoming] of group.entries()) {
    const target = targets[index];
    if (!target || target.complaintId || target.earlier || incoming.source !== 'poll') continue;
    const content = incoming.normalised.ok ? incoming.normalised.post.content : undefined;
    if (!content) continue;
    const own = await findOwnPost(client, incoming.agency, content);
    if (own) target.complaintId = own;
  }
}

function rulesOf(
  { directory, boards, clock }: AcceptDependencies,
  newReceiptNumber: () => string,
  now: Date,
): Rules {
  return {
    now,
    newId,
    newReceiptNumber,
    route: (content, origin) => route(content, origin, directory.routing()),
    dueAt: (content, registeredAt) => dueAt(content.kind, registeredAt, clock()),
    isAgency: (code) => directory.findAgency(code) !== undefined,
    carries: boards.carries,
  };
}
