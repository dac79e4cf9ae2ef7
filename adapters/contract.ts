/**
 * The adapter contract: the first file to read before writing an adapter.
 *
 * An adapter is code for one kind of board; an agency is configuration. The hub calls these methods and
 * nothing else, and the conformance suite in adapters/kit judges every adapter by the laws stated here.
 * An adapter keeps no state between calls: the cursor and the keys belong to the hub.
 */

import type {
  AttachmentReference,
  Complaint,
  ComplaintEvent,
  EventType,
  LinkRole,
  Post,
  Problem,
  Reason,
  Status,
} from '../schemas/index.ts';
import { fromGiven, ReasonError } from '../schemas/reason.ts';

/**
 * Moves when an adapter that was written for the contract before must be changed; a member that may be left out moves
 * nothing. Packages from outside say which one they were written for (adapters/packages.ts).
 */
export const contractVersion = 1;

export interface BoardAdapter {
  /**
   * New and changed posts since the cursor, oldest first.
   *
   * Laws: with the returned cursor no post is skipped and no unchanged post comes again, also when posts
   * share a time stamp, are committed late (within the configured overlap) or the board's clock is wrong:
   * only the board's own times are compared with each other. `undefined` starts from the beginning. A large board
   * comes in portions (`more`) that do not grow with it. A record that cannot be read (no id, an impossible date) hides no
   * other: it comes once like any post, and `normalise` says what is wrong with it.
   * Throws {@link BoardError} when the board cannot be read; the hub then keeps its cursor.
   */
  pull?(cursor: string | undefined, signal: AbortSignal): Promise<Pulled>;

  /**
   * Yields when the board may have news, so that it is read at once and not only by the clock; first when it listens.
   * Ends with its signal, and with {@link BoardError} when the board cannot be listened to. A hint and no more: what
   * it misses, the next look finds. Absent: the board tells nothing by itself.
   */
  changes?(signal: AbortSignal): AsyncIterable<void>;

  /**
   * The canonical form of one raw post. Pure: no I/O, the same answer for the same input, so that a raw
   * post can be mapped again after a mapping was corrected. Never throws for bad data: it says what is
   * wrong, and the hub parks the post with those reasons.
   */
  normalise(raw: unknown): Promise<Normalised>;

  /**
   * The raw post as a person's decision makes it, to be given to `normalise` again; undefined where the decision changes
   * nothing. Pure. Absent: there is nothing to decide about posts of this board.
   */
  amend?(raw: unknown, decision: Decision): unknown;

  /** The kinds of event that this board can hold, as configured. The hub passes over the others. */
  readonly carries: ReadonlySet<EventType>;

  /**
   * Bring one event to the board. Called with the events of one complaint in order, never two at once for
   * one complaint. Must be safe to call again with the same key: a board that can keep a key gets it.
   * Never throws: whatever happens is one of the four outcomes. What is said of it (reasons, reports, errors) is kept
   * and read by many: no secret, and nothing of a person or of what he or she wrote.
   */
  push?(change: Change, context: { key: string; signal: AbortSignal }): Promise<Outcome>;

  /**
   * True: the receiver knows a repeated key by itself. After an unknown outcome the event is then sent again, where the
   * agency's policy does not say `park`, and a replay doubles nothing.
   */
  readonly repeatsAreHarmless?: boolean;

  /**
   * Does the board already hold what this key brought? Asked after an unknown outcome, before anything is
   * sent again. `undefined`: it does not. Absent method: the board cannot be asked, and the agency's
   * policy (`onUnknown`) decides. Throws {@link BoardError} when the board gives no answer now.
   */
  find?(change: Change, context: { key: string; signal: AbortSignal }): Promise<BoardRef | undefined>;

  /**
   * What the board holds now, in any order, for reconciliation; with `since`, at least what changed at or after it.
   *
   * Laws: complete (a post that changes meanwhile hides no other; one may come twice, and the later counts), cheap (no
   * call per post), streaming (a page at a time), and a post that cannot be mapped still comes with its id.
   * Throws {@link BoardError} when the board cannot be read: what came before is then no whole.
   */
  fingerprints?(since: Date | undefined, signal: AbortSignal): AsyncIterable<Fingerprint>;

  /** One post as `pull` would give it now; `undefined`: the board holds none. Throws {@link BoardError}. */
  read?(externalId: string, signal: AbortSignal): Promise<PulledPost | undefined>;

  /**
   * The content of a file that a post of this board named. Streams: nothing is read ahead, and a reader that stops
   * ends the call. Only the board's own addresses are called, whatever its posts say. Throws {@link BoardError},
   * also while the content is read. Absent: this board gives no files out.
   */
  fetchAttachment?(wanted: WantedAttachment, signal: AbortSignal): Promise<FetchedAttachment>;

  /**
   * Bring one file to the post, or to the answer or follow-up, that the board holds already. The laws of `push` hold:
   * safe to call again with the same key, never throws, four outcomes; `ref.partId` is the board's id of the file.
   * `content` is read once and never held as a whole. Files come in no order. Absent: this board takes no files.
   */
  pushAttachment?(given: GivenAttachment, context: { key: string; signal: AbortSignal }): Promise<Outcome>;

  /** Like `find`, for what the key of a file brought. */
  findAttachment?(
    given: Omit<GivenAttachment, 'content'>,
    context: { key: string; signal: AbortSignal },
  ): Promise<BoardRef | undefined>;

  /**
   * What the board looks like now, so that a change is noticed before it makes anything fail. Cheap: a few reads.
   *
   * Laws: kinds and names only, never what a post says; a field that cannot be read any more is missing from the list
   * and breaks nothing else; the order says nothing. Throws {@link BoardError} when the board cannot be read. Absent:
   * nothing can be seen of it.
   */
  shape?(signal: AbortSignal): Promise<ShapePlace[]>;

  /**
   * Where the settings use a place of the board, be it there or gone: pointers below `board.settings`. Pure. What an
   * expression reads is judged by the names in it: rather one too many than one too few. There when `shape` is.
   */
  usesOf?(place: string): string[];

  /** Can it be reached, may we in, does its shape still match? For "test connection". Never throws. */
  check(signal: AbortSignal): Promise<CheckReport>;

  /** Give back sockets and timers. Calls under way end with their signal. */
  close(): Promise<void>;
}

export interface Pulled {
  posts: PulledPost[];
  /** Opaque to the hub; stored in the transaction that stores the posts. */
  cursor: string;
  /** True when the board has more to give at once. */
  more: boolean;
}

export interface PulledPost {
  /** The board's own id of the post; of a record that has none, a stand-in ({@link isStandIn}). */
  externalId: string;
  /** Changes whenever the post changes; equal for equal content. */
  version: string;
  /** The board's record as JSON, exactly as `normalise` wants it back. */
  raw: unknown;
}

/**
 * The id stands in for one that a record lacks (`?` and the digest of the record, kit/reading/page-rows.ts), so that it is parked
 * once. Nothing can be brought to such a record, nor can it be asked for.
 */
export const isStandIn = (externalId: string): boolean => /^\?[0-9a-f]{32}$/.test(externalId);

/** `aside`: what the post says nothing of, kept beside it for people. */
export type Normalised = { ok: true; post: Post; aside?: Aside } | { ok: false; problems: GivenProblem[] };

export interface Aside {
  /** Why something that came in says nothing new. */
  note?: Given;
  /** Words that were taken for a quote or a signature; a person may bring them back (`whole`). */
  cut?: string;
}

/** What a person may decide: he or she answers for who sent it; no word of it is a quote. */
export const decisions = ['vouched', 'whole'] as const;
export type Decision = (typeof decisions)[number];

/**
 * What a board holds of one post, in marks that can be compared and tell nothing of the text. A mark that the board
 * does not give is absent, and not compared.
 */
export interface Fingerprint {
  /** The board's own id of the post. */
  externalId: string;
  /** The hub's receipt number, where the board keeps it. */
  receiptNumber?: string;
  /** When it was filed, by the board: tells it from another post that got the same id on a restored board. */
  filedAt?: string;
  status?: Status;
  /** `digestTitle` of the title (schemas/text-digest.ts). */
  title?: string;
  /** `digestText` of the body. */
  body?: string;
  /** Answers, interim ones too; a board that only counts them gives their number. */
  answers?: PartPrint[] | number;
  followUps?: PartPrint[] | number;
}

/** An answer or a follow-up: its id on the board, where it has one, and `digestText` of its words. */
export interface PartPrint {
  id?: string;
  text: string;
}

/** One event to bring to one board, with what is needed to phrase it there. */
export interface Change {
  event: ComplaintEvent;
  /** The complaint as it stands now. */
  complaint: Complaint;
  /** The part that this agency has in it. */
  role: LinkRole;
  /** What the board calls the post; absent until the board holds it. */
  ref?: BoardRef;
}

export interface BoardRef {
  /** The board's own id of the post. */
  externalId: string;
  /** The board's own id of the part that was brought (an answer, a follow-up), where it gives one. */
  partId?: string;
}

/** One named place of a board: a column, an element of a WSDL, a field of its posts. */
export interface ShapePlace {
  /** `minwon.subject`, `insertCvpl.input.CVPL_SJ`, `post.replies[].cn`; what stands before the last dot is its parent. */
  place: string;
  /** The board's word for it, or the kinds of JSON that were seen, joined by `|`. */
  type: string;
  /** Characters that it takes; absent: no limit is known. */
  length?: number;
  nullable?: boolean;
  charset?: string;
  /** How often it was there, of how many times it could have been. Absent: the board declares it. */
  seen?: { in: number; of: number };
  /** Codes that were seen in it and that the table by which the settings read it does not know. */
  unmapped?: string[];
}

/** A file that a board's post named, as its mapping gave it. */
export interface WantedAttachment {
  reference: AttachmentReference;
  /** The post, and the board's id of the answer or follow-up where the file belongs to one. */
  ref: BoardRef;
}

export interface FetchedAttachment {
  content: AsyncIterable<Uint8Array>;
}

/** A file to bring, with what it belongs to. */
export interface GivenAttachment extends Omit<Change, 'ref'> {
  attachment: {
    /** The hub's id of it. */
    id: string;
    name: string;
    mediaType: string;
    /** Bytes; exact. */
    size: number;
    sha256: string;
  };
  /** The post; `partId`: the board's id of the answer or follow-up that `event` tells of, where it gave one. */
  ref: BoardRef;
  content: AsyncIterable<Uint8Array>;
}

/**
 * Why something is as it is. Adapters of this folder give a reason of the catalogue (schemas/reasons), which people read
 * in their language; those from outside may give words, which are shown as they are.
 */
export type Given = Reason | string;

/** What is wrong with one place (JSON pointer); adapters from outside may give words. */
export type GivenProblem = Problem | { pointer: string; message: string };

/** How a push ended. There are four ways, not two: after `unknown` the hub asks `find` first. */
export type Outcome =
  /** The board holds it. */
  | { kind: 'done'; ref: BoardRef }
  /** Not done, and trying later may help. `after`: not before then (Retry-After). */
  | { kind: 'retry'; reason: Given; after?: Date }
  /**
   * The board will not take it as it is; a person has to look. `why: 'unauthorised'`: it refuses the hub's credentials and
   * has done nothing: what stops is the agency's delivery, until they are right again.
   */
  | { kind: 'refused'; reason: Given; fields?: GivenProblem[]; why?: 'unauthorised' }
  /** Sent, and no reply that can be trusted: it may or may not have been done. */
  | { kind: 'unknown'; reason: Given };

export interface CheckReport {
  ok: boolean;
  /** One line per thing looked at, in words for an administrator. */
  lines: { what: string; ok: boolean; detail: string }[];
}

/**
 * Why a board could not be read or asked. The hub's policy for each kind stands in one table
 * (adapters/relay/policy.ts).
 *
 * - `unreachable`: no connection, time-out, reset, 5xx
 * - `busy`: the board asks to wait (429, 503 with Retry-After); see `after`
 * - `unauthorised`: credentials refused
 * - `malformed`: a reply that does not match what the configuration promises
 */
export class BoardError extends ReasonError {
  readonly kind: 'unreachable' | 'busy' | 'unauthorised' | 'malformed';
  readonly after: Date | undefined;
  constructor(kind: BoardError['kind'], reason: Given, options: { cause?: unknown; after?: Date } = {}) {
    super(fromGiven(reason), { cause: options.cause });
    this.name = 'BoardError';
    this.kind = kind;
    this.after = options.after;
  }
}

/** What an adapter is given beside its settings. */
export interface AdapterContext {
  /** Code of the agency, for messages. */
  agency: string;
  /** IANA name of the time zone in which the board writes times without an offset. */
  timeZone: string;
  /** Networks (CIDR) that may be called besides the public internet; absent: none. See kit/http/guarded-connect.ts. */
  networks?: readonly string[];
  /**
   * Given: nothing else is called or opened, whatever the settings and `networks` say. An agent gives what its agency
   * allows. See kit/http/guarded-connect.ts and kit/http/allowed-path.ts.
   */
  reach?: Reach;
  /** Resolve a secret reference (`env:NAME`, `file:PATH`). Throws when it is missing. */
  secret(reference: string): string;
}

/** What an adapter uses of the network and of the machine it runs on. */
export interface Reach {
  /** Names, addresses and networks (CIDR). */
  hosts: readonly string[];
  /** Absolute paths of files, and of folders with all that is below them. */
  paths: readonly string[];
}

/** What an adapter offers, as far as that is asked of every agency's board, whether it is worked with or not. */
export interface Abilities {
  carries: ReadonlySet<EventType>;
  /** Whether it has this method. */
  pull: boolean;
  changes: boolean;
  fingerprints: boolean;
}

/** One kind of board: what adapters/kinds.ts lists. */
export interface AdapterKind {
  /** The word in an agency's configuration: `board.adapter`. */
  name: string;
  /** True: what is pushed is itself a message to the officers, so that the hub sends them no notice of it. */
  tellsOfficers?: true;
  /** JSON Schema 2020-12 of `board.settings`, closed. */
  settings: object;
  /** Check settings beyond the schema (expressions that compile, codes that are canonical). */
  checkSettings(settings: unknown): GivenProblem[];
  /**
   * What the settings make the adapter call and open, so that a person can allow it. Pure; `settings` have passed both
   * checks. Absent: nobody can tell beforehand.
   */
  needs?(settings: unknown): Reach;
  /**
   * What the adapter of these settings will offer, read off them: a hub asks it of thousands of agencies before it works
   * with the first, and compiles nothing for it. Absent: an adapter is made, asked and closed.
   */
  abilities?(settings: unknown): Abilities;
  /** `settings` have passed both checks. Opens nothing: the first call connects. */
  create(settings: unknown, context: AdapterContext): BoardAdapter;
}
