import type { Complaint } from '../../../schemas/index.ts';
import { type ClockRules, ofAgency } from '../../clock/deadline.ts';
import { foldContributions } from '../../complaints/contributions/fold-contributions.ts';
import { disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import type { LockedActs } from '../../complaints/held/end-held.ts';
import { readSurroundings } from '../../complaints/joining/read-surroundings.ts';
import { loadMatters } from '../../complaints/load-matters.ts';
import { route } from '../../complaints/route.ts';
import type { Decision, Matter, Rules } from '../../complaints/state.ts';
import type { Directory } from '../../configuration/directory.ts';
import { type NoticePlan, planNotices } from '../../notify/plan.ts';
import { keepNumbers } from '../../personal/numbers/keep-numbers.ts';
import { inTransaction, type Queryable, type Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { isSqlState } from '../../store/sql-states.ts';
import type { Boards } from '../boards/boards.ts';
import { planDeliveries } from '../endpoints/plan-deliveries.ts';
import { findPartAbsence } from '../parts/find-part-absence.ts';
import { findOwnPost, listUnnamedPosts, type UnnamedPost } from './find-own-post.ts';
import { findTargets, type Target } from './find-targets.ts';
import { endActs, lockActs, refuseAct } from './held-acts.ts';
import type { Accepted, Incoming } from './incoming.ts';
import { type Judged, judge } from './judge.ts';
import { createReceiptNumbers } from './receipt-numbers.ts';
import { namesFiles, saveAttachments } from './save-attachments.ts';
import { saveDecisions } from './save-decisions.ts';
import { saveJoins } from './save-joins.ts';

export interface ApplyDependencies {
  store: Store;
  directory: Directory;
  boards: Boards;
  /** The calendar and periods in force. */
  clock(): ClockRules;
  /** What becomes of the notices of a complaint. Absent: they go as they are planned. */
  tellOnly?(plans: NoticePlan[], complaint: Complaint): NoticePlan[];
}

/** Milliseconds without guessing after a wrong guess: a sender who repeats known things often does so for a while. */
const lookFor = 10_000;

/** A group as it was judged in one try. */
interface Round {
  group: Incoming[];
  judged: Judged[];
  /** The links that stood before. */
  known: ReadonlySet<string>;
  now: Date;
}

/** What was read under lock for a group. */
interface Known {
  matters: Map<string, Matter>;
  /** The acts of people that it carries out. */
  held: LockedActs;
}

/** The durable result of a group. */
export interface Saved {
  decisions: Decision[];
  notices: NoticePlan[];
  accepted: Accepted[];
}

/**
 * Applies what came in together: judges it by what is known, and saves it in one transaction. Throws if nothing was
 * saved.
 */
export function createApplyGroup(dependencies: ApplyDependencies): (group: Incoming[]) => Promise<Saved> {
  const { hot } = dependencies.store;
  const numbers = createReceiptNumbers();
  let lookUntil = 0;

  async function lookAndApply(group: Incoming[]): Promise<Saved> {
    const targets = await findTargets(hot, group);
    await findOwnPosts(hot, group, targets);
    const ids = new Set(
      targets.flatMap(({ complaintId, earlier, keyUse }) =>
        [complaintId ?? earlier?.complaintId, keyUse?.complaintId].filter((id) => id != null),
      ),
    );
    // There is nothing to lock and one statement to write, so that statement is the transaction. If another process
    // took in the same thing meanwhile, a unique key says so.
    if (ids.size === 0 && !group.some(takesMore)) return save(hot, await judgeAll(hot, group, targets));
    return inTransaction(hot, async (client) => {
      const matters = await loadMatters(client, [...ids], firstRead(group));
      const held = await lockActs(client, group);
      await lookAround(client, group, targets, matters);
      const round = await judgeAll(client, group, targets, { matters, held });
      await endActs(client, group, round.judged);
      return save(client, round);
    });
  }

  /**
   * Registers complaints without a query for known ones; a unique key tells that as well. Undefined: something is known
   * already, or the group is not so simple.
   */
  async function registerAsNew(group: Incoming[]): Promise<Saved | undefined> {
    if (Date.now() < lookUntil || !group.every(seemsNew)) return undefined;
    const round = await judgeAll(hot, group, []);
    if (round.judged.some(({ accepted }) => accepted.outcome !== 'applied')) return undefined;
    try {
      return await save(hot, round);
    } catch (error) {
      // Otherwise something of the group is known already.
      if (!isSqlState(error, 'uniqueViolation')) throw error;
      lookUntil = Date.now() + lookFor;
      return undefined;
    }
  }

  async function judgeAll(
    client: Queryable,
    group: Incoming[],
    targets: Target[],
    { matters = new Map<string, Matter>(), held = new Map() }: Partial<Known> = {},
  ): Promise<Round> {
    const now = new Date();
    const known = new Set([...matters.values()].flatMap(({ links }) => links.map(({ id }) => id)));
    const drawn = await numbers.draw(client, group.length, now);
    const rules = rulesOf(dependencies, drawn.take, now);
    const judged = group.map(
      (incoming, index) => refuseAct(incoming, held) ?? judge(incoming, targets[index] ?? {}, matters, rules),
    );
    drawn.giveBack();
    return { group, judged, known, now };
  }

  async function save(client: Queryable, { group, judged, known, now }: Round): Promise<Saved> {
    const { directory, boards, clock, tellOnly = (plans) => plans } = dependencies;
    const decisions = judged.flatMap(({ decision }) => decision ?? []);
    const rawItems = judged.flatMap(({ rawItem }) => rawItem ?? []);
    const keyUses = judged.flatMap(({ keyUse }) => keyUse ?? []);
    const isTold = boards.tellsOfficers;
    const notices = decisions.flatMap(({ matter: { complaint, told }, events }) => {
      const asked = foldContributions(told);
      return tellOnly(planNotices({ complaint, events, asked, directory, now, isTold }), complaint);
    });
    const plan = planDeliveries(decisions, known, directory.findAgency);
    await saveDecisions(client, { decisions, rawItems, keyUses, notices, plan, clock: clock(), now });
    await saveAttachments(client, directory, decisions);
    await saveJoins(client, decisions);
    await saveNumbers(client, directory, group, judged);
    return { decisions, notices, accepted: judged.map(({ accepted }) => accepted) };
  }

  return async (group) => (await registerAsNew(group)) ?? lookAndApply(group);
}

/** Saving it takes more than one statement. */
const takesMore = (incoming: Incoming): boolean => namesFiles(incoming) || incoming.numbers !== undefined;

/** Keeps the numbers of what is news. The agency where they were written, and the one that answers, may have a law for one. */
async function saveNumbers(
  client: Queryable,
  directory: Directory,
  group: readonly Incoming[],
  judged: readonly Judged[],
): Promise<void> {
  for (const [index, { numbers, agency }] of group.entries()) {
    const decision = judged[index]?.decision;
    if (!numbers || !decision?.events.length) continue;
    const { id: complaintId, assignee } = decision.matter.complaint;
    const agencies = [agency, assignee].map((code) => directory.findAgency(code));
    await keepNumbers(client, { complaintId, numbers, agencies });
  }
}

/**
 * Guesses that a thing is new. Most calls through a door bring a new complaint; most posts that a board returns are
 * known.
 */
function seemsNew(incoming: Incoming): boolean {
  const { source, normalised, complaintId, retryOf } = incoming;
  if (source === 'poll' || !normalised.ok || complaintId !== undefined || retryOf !== undefined) return false;
  const { content, receiptNumber } = normalised.post;
  return content !== undefined && receiptNumber === undefined && !takesMore(incoming);
}

/** A post that no link knows may be the hub's own: written there, but the reply was lost. */
async function findOwnPosts(client: Queryable, group: Incoming[], targets: Target[]): Promise<void> {
  const unnamed = new Map<string, UnnamedPost[]>();
  for (const [index, incoming] of group.entries()) {
    const target = targets[index];
    if (!target || target.complaintId || target.earlier || incoming.source !== 'poll') continue;
    const content = incoming.normalised.ok ? incoming.normalised.post.content : undefined;
    if (!content) continue;
    const posts = unnamed.get(incoming.agency) ?? (await listUnnamedPosts(client, incoming.agency));
    unnamed.set(incoming.agency, posts);
    const own = findOwnPost(posts, content);
    if (own) target.complaintId = own.id;
    if (own?.contribution !== undefined) target.contribution = own.contribution;
  }
}

/** Reads what stands around the complaints whose steps concern others. */
async function lookAround(
  client: Queryable,
  group: Incoming[],
  targets: Target[],
  matters: Map<string, Matter>,
): Promise<void> {
  for (const [index, { normalised }] of group.entries()) {
    const target = targets[index];
    const matter = matters.get(target?.complaintId ?? '');
    if (!target || !matter || !normalised.ok) continue;
    const around = await readSurroundings(client, matter.complaint, normalised.post);
    if (around) target.around = around;
  }
}

function rulesOf(
  { directory, boards, clock }: ApplyDependencies,
  newReceiptNumber: () => string,
  now: Date,
): Rules {
  return {
    now,
    newId,
    newReceiptNumber,
    route: (content, origin) => route(content, origin, directory.routing()),
    clock: (agency) => ofAgency(clock(), directory.findAgency(agency)),
    startsAtIntake: (agency) => directory.findAgency(agency)?.clock?.startsAt !== 'hub',
    arbiter: directory.routing().default,
    isAgency: (code) => directory.findAgency(code) !== undefined,
    carries: boards.carries,
    disclosure: (agency) => disclosureOf(directory.findAgency(agency)),
    takesParts: (agency) => findPartAbsence({ directory }, agency) === undefined,
  };
}

/** When the first of the boards that speak was read. Undefined: none speaks. */
function firstRead(group: Incoming[]): number | undefined {
  const reads = group.flatMap(({ readAt }) => readAt ?? []);
  return reads.length > 0 ? Math.min(...reads) : undefined;
}
