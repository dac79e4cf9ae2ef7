import { createHash } from 'node:crypto';
import {
  type Acknowledged,
  type Acknowledgement,
  type AgencyEvent,
  type Answer,
  type AttachmentReference,
  type Changes,
  type ChangesRequest,
  type Checked,
  type Complaint,
  type ComplaintContent,
  type Contribution,
  type FollowUp,
  type InterimAnswer,
  type OwedContribution,
  type Post,
  Receipt,
  Registration,
  type Search,
  type SearchResult,
  type StatusChange,
  type StatutoryClock,
  type Step,
  type Transfer,
  type Withdrawal,
} from '../../../schemas/index.ts';
import { type ReasonCode, toReason } from '../../../schemas/reason.ts';
import {
  type Caller,
  type Scope,
  type ScopedOperation,
  scopeOf,
  scopeOfStep,
} from '../../access/keys/scopes.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import { ofAgency } from '../../clock/deadline.ts';
import { listContributionsFor, listOwedContributions } from '../../complaints/reading/list-contributions.ts';
import { listEventsFor } from '../../complaints/reading/list-events-for.ts';
import { readClockOf } from '../../complaints/reading/read-clock.ts';
import { parseCursor } from '../../complaints/reading/search.ts';
import { searchFor } from '../../complaints/reading/search-for.ts';
import type { LiveDirectory } from '../../configuration/live-directory.ts';
import type { Feed } from '../../exchange/feed/feed.ts';
import { findUnstorable } from '../../exchange/intake/find-unstorable.ts';
import type { Accept, Accepted } from '../../exchange/intake/incoming.ts';
import { Refusal } from '../../http/problem.ts';
import { withPersonal, withUnseen } from '../../personal/with-personal.ts';
import type { Store } from '../../store/database.ts';
import { toStatutoryClock } from './clock-call.ts';
import { type ConsentCalls, createConsentCalls } from './consent-calls.ts';
import { mustBeOpen, mustFind, mustFindPart, toAsking } from './may-call.ts';
import { readAnswered } from './part-answers.ts';
import { type Source, toGiven, toReader } from './to-reader.ts';

export { type Caller, Receipt, Registration };

/** The options of one write. */
export interface WriteOptions {
  /** The caller's own idempotency key, unique within the agency. The same key again is the same call. */
  key?: string | undefined;
  /** The write is done only if the complaint's newest event has (one of) these. Otherwise: Refusal `changed-meanwhile`. */
  expectedSeq?: number | readonly number[] | undefined;
  /** Where the value stands in the caller's own message, as a JSON pointer. Problems are told from there. */
  place?: string | undefined;
}

type Write<T> = (caller: Caller, receiptNumber: string, value: T, options?: WriteOptions) => Promise<Receipt>;

/**
 * The calls of a partner agency's machines, the same at every door. A door only identifies the caller, and reads and
 * writes its own format. The values have passed {@link mustPass}. Scopes (hub/access/keys/scopes.ts) and the agency's
 * part in the complaint are checked here. Errors: Refusal.
 */
export interface AgencyCalls extends ConsentCalls {
  registerComplaint(caller: Caller, registration: Registration, options?: WriteOptions): Promise<Receipt>;
  /** Replaces the whole content. Only the origin may do so. */
  updateComplaint: Write<ComplaintContent>;
  addAnswer: Write<Answer>;
  addInterimAnswer: Write<InterimAnswer>;
  addFollowUp: Write<FollowUp>;
  changeStatus: Write<StatusChange>;
  transferComplaint: Write<Transfer>;
  withdrawComplaint: Write<Withdrawal>;
  /**
   * A step of the procedure that the law knows: the assignee's own, the complainant's by the origin, or the reply of an
   * agency that the assignee asked for a contribution.
   */
  takeStep: Write<Step>;
  getComplaint(caller: Caller, receiptNumber: string): Promise<Complaint>;
  /** Where the statutory clock stands now, with one line for each step that concerned it. */
  getClock(caller: Caller, receiptNumber: string): Promise<StatutoryClock>;
  /** What was asked of agencies for the complaint, as far as the caller may see it. */
  listContributions(caller: Caller, receiptNumber: string): Promise<Contribution[]>;
  /** What the caller's agency was asked for and still owes, the most urgent first. */
  listOwedContributions(caller: Caller): Promise<OwedContribution[]>;
  /** Everything that happened to the complaint, oldest first, including answers and follow-ups. */
  listEvents(caller: Caller, receiptNumber: string): Promise<AgencyEvent[]>;
  searchComplaints(caller: Caller, search: Search): Promise<SearchResult>;
  /** `signal`: the caller has gone; a long poll then ends. */
  fetchChanges(caller: Caller, request: ChangesRequest, signal?: AbortSignal): Promise<Changes>;
  acknowledgeChanges(caller: Caller, acknowledgement: Acknowledgement): Promise<Acknowledged>;
}

export interface AgencyCallsDependencies {
  store: Store;
  accept: Accept;
  attachments: Attachments;
  feed: Feed;
  directory: Pick<LiveDirectory, 'findAgency' | 'clock'>;
}

export function createAgencyCalls(dependencies: AgencyCallsDependencies, source: Source): AgencyCalls {
  const { store, accept, attachments } = dependencies;
  /**
   * Files are checked here and not by accept. A file that a board names may be late or too large; one that a caller
   * names is refused.
   */
  async function mustHaveGoodFiles({ agency }: Caller, said: object, pointer: string): Promise<void> {
    const { attachments: files } = said as { attachments?: AttachmentReference[] };
    const problems = files ? await attachments.findProblems(agency, files, pointer) : [];
    if (problems.length > 0) throw new Refusal('invalid', undefined, problems);
  }

  /** `part`: the second half of the raw item's name, after the complaint's number. */
  const write =
    <T extends object>(
      operation: ScopedOperation,
      part: string,
      toPost: (value: T) => Post,
      toScope: (value: T) => Scope = () => scopeOf[operation],
    ): Write<T> =>
    async (caller, text, value, options = {}) => {
      mustBeOpen(caller, operation, toScope(value));
      const { number, contribution } = readAnswered(operation, text);
      const { id, receiptNumber } = await mustFind(store, caller, number);
      await mustHaveGoodFiles(caller, value, `${options.place ?? ''}/attachments`);
      const accepted = await accept({
        agency: caller.agency,
        source,
        externalId: [receiptNumber, contribution, part].filter(Boolean).join('/'),
        version: toVersion(value),
        raw: value,
        normalised: { ok: true, post: toPost(value) },
        complaintId: id,
        ...(contribution !== undefined && { contribution }),
        ...toKey(options),
        ...(options.expectedSeq !== undefined && { expectedSeq: options.expectedSeq }),
      });
      return toReceipt(accepted, (pointer) => `${options.place ?? ''}${pointer.replace(inPost, '')}`);
    };

  return {
    registerComplaint: createRegister(dependencies, source, mustHaveGoodFiles),
    updateComplaint: write('updateComplaint', 'content', (content) => ({ content })),
    addAnswer: write('addAnswer', 'answers', (answer) => ({ answers: [answer] })),
    addInterimAnswer: write('addInterimAnswer', 'interim-answers', (answer) => ({
      answers: [{ ...answer, interim: true }],
    })),
    addFollowUp: write('addFollowUp', 'follow-ups', (followUp) => ({ followUps: [followUp] })),
    changeStatus: write('changeStatus', 'status', ({ status }) => ({ status })),
    transferComplaint: write('transferComplaint', 'transfer', (transfer) => ({ transfer })),
    withdrawComplaint: write('withdrawComplaint', 'withdrawal', (withdrawal) => ({ withdrawal })),
    takeStep: write(
      'takeStep',
      'steps',
      (step) => ({ steps: [step] }),
      ({ kind }) => scopeOfStep(kind),
    ),
    ...createConsentCalls(dependencies, source),
    ...createReadCalls(dependencies, source),
    ...createFeedCalls(dependencies, source),
  };
}

/** The content with its files, and what the complainant consented to when filing. */
function createRegister(
  dependencies: AgencyCallsDependencies,
  source: Source,
  mustHaveGoodFiles: (caller: Caller, said: object, pointer: string) => Promise<void>,
): AgencyCalls['registerComplaint'] {
  const { accept } = dependencies;
  const filing = createConsentCalls(dependencies, source);
  return async (caller, registration, options = {}) => {
    mustBeOpen(caller, 'registerComplaint');
    const { externalId, content, takenInAt, consents = [] } = registration;
    filing.mustBeAsked(consents);
    await mustHaveGoodFiles(caller, content, '/content/attachments');
    const accepted = await accept({
      agency: caller.agency,
      source,
      externalId,
      version: toVersion(registration),
      raw: registration,
      normalised: { ok: true, post: { content, ...(takenInAt && { takenInAt }) } },
      ...toKey(options),
    });
    const receipt = toReceipt(accepted);
    // Also of a repeated call, for the first one may have ended before it came to this.
    await filing.give(caller, receipt.id, consents);
    return receipt;
  };
}

function createReadCalls(
  { store, directory }: AgencyCallsDependencies,
  source: Source,
): Pick<
  AgencyCalls,
  | 'getComplaint'
  | 'getClock'
  | 'listContributions'
  | 'listOwedContributions'
  | 'listEvents'
  | 'searchComplaints'
> {
  const of = (caller: Caller) => toAsking(directory, caller);
  return {
    async getComplaint(caller, receiptNumber) {
      mustBeOpen(caller, 'getComplaint');
      return withPersonal(store, toReader(caller, source, 'getComplaint'), async (opened, tell) => {
        const { complaint, role } = await mustFindPart(opened, of(caller), receiptNumber);
        tell(toGiven(complaint.id, role));
        return complaint;
      });
    },
    async getClock(caller, receiptNumber) {
      mustBeOpen(caller, 'getClock');
      const now = new Date();
      // Times and steps are given out, and nobody's name or text.
      return withUnseen(store, async (opened) => {
        const { complaint } = await mustFindPart(opened, of(caller), receiptNumber);
        const rules = ofAgency(directory.clock(), directory.findAgency(complaint.assignee));
        return toStatutoryClock(complaint, await readClockOf(opened, complaint, now, rules), now);
      });
    },
    async listContributions(caller, receiptNumber) {
      mustBeOpen(caller, 'listContributions');
      return withPersonal(store, toReader(caller, source, 'listContributions'), async (opened, tell) => {
        const { complaint } = await mustFindPart(opened, of(caller), receiptNumber);
        tell({ ...toGiven(complaint.id, 'part'), items: ['history'] });
        return listContributionsFor(opened, complaint, caller.agency, new Date());
      });
    },
    async listOwedContributions(caller) {
      mustBeOpen(caller, 'listOwedContributions');
      return listOwedContributions(store, caller.agency, new Date());
    },
    async listEvents(caller, receiptNumber) {
      mustBeOpen(caller, 'listEvents');
      return withPersonal(store, toReader(caller, source, 'listEvents'), async (opened, tell) => {
        const { complaint, role, disclosure } = await mustFindPart(opened, of(caller), receiptNumber);
        tell(toGiven(complaint.id, role));
        return listEventsFor(opened, complaint.id, { role, disclosure });
      });
    },
    async searchComplaints(caller, search) {
      mustBeOpen(caller, 'searchComplaints');
      mustBePlace(search);
      // Numbers and titles are given out, and nobody's name.
      return withUnseen(store, (opened) => searchFor(opened, caller.agency, search));
    },
  };
}

function createFeedCalls(
  { store, feed, directory }: AgencyCallsDependencies,
  source: Source,
): Pick<AgencyCalls, 'fetchChanges' | 'acknowledgeChanges'> {
  return {
    async fetchChanges(caller, request, signal) {
      mustBeOpen(caller, 'fetchChanges');
      mustHaveFeed(directory, caller);
      const { changes, ...place } = await feed.fetch(caller.agency, request, signal);
      return withPersonal(store, toReader(caller, source, 'fetchChanges'), async (_opened, tell) => {
        const subjects = changes.map(({ complaint }) => complaint.id);
        tell({ ...toGiven('', 'copy'), act: 'list', subjects });
        return { changes, ...place };
      });
    },
    async acknowledgeChanges(caller, acknowledgement) {
      mustBeOpen(caller, 'acknowledgeChanges');
      mustHaveFeed(directory, caller);
      return feed.acknowledge(caller.agency, acknowledgement);
    },
  };
}

/**
 * Checks the cursors. A wrong one must not mean the beginning: a loop over pages would never end. Errors: Refusal
 * `invalid`.
 */
function mustBePlace({ after, before }: Search): void {
  const problems = Object.entries({ after, before }).flatMap(([name, cursor]) =>
    cursor === undefined || parseCursor(cursor)
      ? []
      : {
          pointer: `/${name}`,
          reason: toReason('not_a_cursor'),
        },
  );
  if (problems.length > 0) throw new Refusal('invalid', undefined, problems);
}

function mustHaveFeed(directory: AgencyCallsDependencies['directory'], { agency }: Caller): void {
  if (!directory.findAgency(agency)?.feed)
    throw new Refusal(
      'conflict',
      `${agency} has no feed: its changes are shown on the hub's screens or brought to its board; an administrator can set feed: true`,
    );
}

/** Distinguishes values. Whether a value is new is for accept to judge. */
const toVersion = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url');
const toKey = ({ key }: WriteOptions) => (key === undefined ? {} : { idempotencyKey: key });

/** Where a call's value stands in the post that is made of it. A status is a field of the value, as it is of the post. */
const inPost = /^\/(?:content|(?:answers|followUps|steps)(?:\/0)?|transfer|withdrawal)(?=\/|$)/;

/** Reasons that say whose word it is. */
const trespasses: ReadonlySet<string> = new Set([
  'not_yours',
  'contribution_not_yours',
] satisfies ReasonCode[]);

/** `toPlace`: from a place in the post to the place in the value. */
function toReceipt(accepted: Accepted, toPlace = (pointer: string) => pointer): Receipt {
  if (accepted.outcome === 'refused' && accepted.why) throw new Refusal(accepted.why);
  if (accepted.outcome === 'refused' || accepted.outcome === 'parked') {
    const problems = accepted.problems.map(({ pointer, ...rest }) => ({
      pointer: toPlace(pointer),
      ...rest,
    }));
    // The value is right and the caller may not say it (RFC 9110, 15.5.4).
    const isTrespass = problems.some(({ reason }) => trespasses.has(reason.code));
    throw new Refusal(isTrespass ? 'forbidden' : 'invalid', undefined, problems);
  }
  const { outcome, complaintId, receiptNumber, lastSeq } = accepted;
  return { outcome, id: complaintId, receiptNumber, lastSeq };
}

/** Returns a value that passed its schema and can be stored. Errors: Refusal `invalid` with every problem. */
export function mustPass<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Refusal('invalid', undefined, checked.problems);
  const unstorable = findUnstorable(checked.value);
  if (unstorable) throw new Refusal('invalid', undefined, [unstorable]);
  return checked.value;
}
