/**
 * The adapter contract. Read this file first if you want to write an adapter.
 *
 * An adapter is code for one kind of board. One agency's board needs no code: it is configuration. The hub calls the
 * methods of this file and nothing else. The conformance suite (adapters/conformance) tests every adapter against the
 * laws stated here. An adapter keeps no state between calls: the hub owns the cursor and the keys.
 *
 * Words such as board, event, link, outcome and fingerprint are explained in the glossary of hub/README.md.
 */

import type {
  AttachmentReference,
  Complaint,
  ComplaintEvent,
  EventType,
  LinkRole,
  PartPost,
  Post,
  Problem,
  Reason,
  Status,
} from '../schemas/index.ts';
import { fromGiven, ReasonError } from '../schemas/reason.ts';

/**
 * The version rises when existing adapters have to be changed. A new optional member does not raise it. A package from
 * outside says for which version it was written (adapters/packages.ts).
 */
export const contractVersion = 1;

export interface BoardAdapter {
  /**
   * Returns posts that are new or changed since the cursor, oldest first. `undefined` starts from the beginning. Throws
   * {@link BoardError} when the board cannot be read. The hub then keeps its old cursor.
   *
   * Laws:
   * - No post is skipped, and no unchanged post comes again, when the next call gets the returned cursor.
   * - This holds too when posts share a time stamp, are committed late (within the configured overlap), or the board's
   *   clock is wrong. An adapter compares the board's times only with each other.
   * - A large board comes in portions (`more`). The size of a portion does not grow with the board.
   * - A record that cannot be read (no id, an impossible date) hides no other record. It comes once like any post, and
   *   `normalise` says what is wrong with it.
   *
   * `pace` waits until the rate limiter allows one more call, and is asked before every call but the first. False: the
   * look was given up meanwhile. Time that is spent waiting there does not count against the look.
   */
  pull?(cursor: string | undefined, signal: AbortSignal, pace?: () => Promise<boolean>): Promise<Pulled>;

  /**
   * Yields whenever the board may have news. The hub then reads the board at once instead of waiting for the next poll.
   * The first yield says that the adapter has begun to listen. The iteration ends when the signal aborts. It throws
   * {@link BoardError} when the board cannot be listened to. A yield is only a hint: the next poll finds what it
   * misses. Absent: the board does not tell of its news.
   */
  changes?(signal: AbortSignal): AsyncIterable<void>;

  /**
   * Converts one raw post into the canonical form. The method is pure: it does no I/O and gives the same answer for the
   * same input. So the hub can map a stored raw post again after a mapping was corrected. It never throws for bad data.
   * It returns what is wrong, and the hub parks the post with those reasons.
   */
  normalise(raw: unknown): Promise<Normalised>;

  /**
   * Changes a raw post according to a person's decision. The hub gives the result to `normalise` again. The method is
   * pure. `undefined`: the decision changes nothing. Absent: no decision is possible about posts of this board.
   */
  amend?(raw: unknown, decision: Decision): unknown;

  /**
   * Reads the posts out of a request that the board sent to the hub by itself (a webhook), and checks that it came from
   * the board. Nothing is called. Throws {@link BoardError} `unauthorised` or `malformed`. Absent: the board sends
   * nothing by itself.
   */
  take?(delivery: Delivery): Promise<DeliveredPost[]>;

  /**
   * Says what the board wants to hear after a delivery, in its own words: plain JSON, which the door writes as XML to a
   * board that sent XML. Nothing is called. Absent: the hub's own reply serves.
   */
  answerDelivery?(posts: DeliveryOutcome[]): Promise<unknown>;

  /** The types of event that this board can hold, as configured. The hub passes over the others. */
  readonly carries: ReadonlySet<EventType>;

  /**
   * True: the board knows no steps of the procedure, and shows those that speak as interim answers and follow-ups. The
   * hub sets it (relay/speaking.ts), no adapter does.
   */
  readonly saysSteps?: true;

  /**
   * Delivers one event to the board. The hub calls it with the events of one complaint in order, and never for two of
   * them at once. A second call with the same key must do no harm. The adapter sends the key if the board can store it.
   *
   * It never throws: every result is one of the four outcomes. Many people can read the reasons, reports and errors in
   * an outcome. So they hold no secret, no personal data and nothing that a person wrote.
   */
  push?(change: Change, context: { key: string; signal: AbortSignal }): Promise<Outcome>;

  /**
   * Shows what `push` would send for this change, as plain JSON. It is for trying a mapping. Throws if the request cannot
   * be built. Absent: this adapter has nothing to show.
   *
   * Laws:
   * - It comes from the code that pushes, and shows every value that is sent.
   * - It is pure: nothing is sent, asked or written, and no secret is read.
   * - What only the board or the moment of sending can tell is a mark in the form of a call: `$secret("key")`,
   *   `$signature(…)`, `$now()`, `$board(…)`.
   */
  draft?(change: Change, key: string): Promise<unknown>;

  /**
   * True: the receiver recognises a repeated key by itself. The hub then sends the event again after an unknown
   * outcome, unless the agency's policy says `park`. A replay creates no duplicates.
   */
  readonly repeatsAreHarmless?: boolean;

  /**
   * Asks the board whether it already holds what this key delivered. The hub calls it after an unknown outcome, before
   * it sends anything again. `undefined`: the board does not hold it. Throws {@link BoardError} when the board gives no
   * answer now. Absent: the board cannot be asked, and the agency's policy (`onUnknown`) decides.
   *
   * A board goes on with a call whose caller has left. So `undefined` counts only after the settling time, unless
   * `findIsFinal`.
   */
  find?(change: Change, context: { key: string; signal: AbortSignal }): Promise<BoardRef | undefined>;

  /**
   * True: `find` and `findAttachment` wait until no earlier call for the same complaint runs any more, for example by a
   * lock. Then `undefined` is proof at once.
   */
  readonly findIsFinal?: true;

  /**
   * Lists what the board holds now, in any order, for reconciliation. With `since`, it lists at least the posts that
   * changed at or after that time. Throws {@link BoardError} when the board cannot be read. The list up to then is
   * incomplete.
   *
   * Laws:
   * - Complete: a post that changes meanwhile hides no other. A post may come twice; the later one counts.
   * - Cheap: there is no call per post. Streaming: it reads one page at a time.
   * - A post that cannot be mapped still comes with its id.
   */
  fingerprints?(since: Date | undefined, signal: AbortSignal): AsyncIterable<Fingerprint>;

  /**
   * Returns one post as `pull` would give it now. `undefined`: the board has no such post. Throws {@link BoardError}.
   */
  read?(externalId: string, signal: AbortSignal): Promise<PulledPost | undefined>;

  /**
   * Returns the content of a file that a post of this board named. The content is streamed without reading ahead. The
   * call ends when the reader stops. The adapter calls only the board's own addresses, whatever its posts say. Throws
   * {@link BoardError}, also while the content is read. Absent: this board gives out no files.
   */
  fetchAttachment?(wanted: WantedAttachment, signal: AbortSignal): Promise<FetchedAttachment>;

  /**
   * Delivers one file to a post, an answer or a follow-up that the board already holds. The laws of `push` apply: a
   * repeated key does no harm, it never throws, and there are four outcomes. `ref.partId` of the outcome is the board's
   * id of the file.
   *
   * The adapter reads `content` once and never holds all of it in memory. Files come in no particular order. Absent:
   * this board takes no files.
   */
  pushAttachment?(given: GivenAttachment, context: { key: string; signal: AbortSignal }): Promise<Outcome>;

  /** The same as `find`, for a file that this key delivered. */
  findAttachment?(
    given: Omit<GivenAttachment, 'content'>,
    context: { key: string; signal: AbortSignal },
  ): Promise<BoardRef | undefined>;

  /**
   * Describes the board's structure as it is now, so that the hub notices a change before a call fails. It is cheap: a
   * few reads. Throws {@link BoardError} when the board cannot be read. Absent: the adapter cannot see the structure.
   *
   * Laws:
   * - It returns kinds and names only, never the content of a post.
   * - A field that can no longer be read is missing from the list and disturbs no other field.
   * - The order has no meaning.
   */
  shape?(signal: AbortSignal): Promise<ShapePlace[]>;

  /**
   * Lists where the settings use a place of the board, whether or not the place still exists. The results are JSON
   * pointers below `board.settings`. The method is pure. For an expression, it compares the names in it: one match too
   * many is better than one too few. Present whenever `shape` is.
   */
  usesOf?(place: string): string[];

  /**
   * Compares what `draft` gave with the structure of the board, as `shape` gave it: names that the board does not take,
   * and texts that are too long. The method is pure. Absent: the structure does not tell what the board takes.
   */
  checkDraft?(draft: unknown, places: ShapePlace[]): GivenProblem[];

  /**
   * Sends a marked test message that says nothing of any complaint, as a delivery is sent. It never throws. `mark` makes
   * its id. Absent: this board knows no such message.
   */
  ping?(mark: string, signal: AbortSignal): Promise<Outcome>;

  /** Tests whether the board is reachable, accepts our credentials and still has the expected shape. Never throws. */
  check(signal: AbortSignal): Promise<CheckReport>;

  /** Releases sockets and timers. A call that is still running ends with its own signal. */
  close(): Promise<void>;
}

export interface Pulled {
  posts: PulledPost[];
  /** Opaque to the hub. The hub stores it in the same transaction as the posts. */
  cursor: string;
  /** True when the hub can fetch more at once. */
  more: boolean;
  /**
   * Why the look ended early, after these posts. The hub keeps the posts and the cursor. Then it acts as if `pull` had
   * thrown the error.
   */
  failed?: BoardError;
  /**
   * What a person should know about this board although it was read: for example that it ignores page numbers. It comes
   * with the last page of a reading (`more` is false), and the hub raises an alert. Absent: nothing.
   */
  notice?: Given;
}

export interface PulledPost {
  /** The board's own id of the post. A record without an id gets a stand-in ({@link isStandIn}). */
  externalId: string;
  /** Changes whenever the post changes. Equal content has an equal version. */
  version: string;
  /** The board's record as JSON, in the form that `normalise` expects. */
  raw: unknown;
}

/** A request that a board sent by itself. */
export interface Delivery {
  /** In lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  /** True: the door has proved the sender by the hub's own API key of the agency. */
  isProved: boolean;
  /** When it came. */
  at: Date;
}

/** What became of a post that the board sent by itself. `parked`: it is safe, and a person looks at it. */
export interface DeliveryOutcome {
  externalId: string;
  outcome: 'applied' | 'duplicate' | 'parked';
  receiptNumber?: string;
}

/** `changedAt`: when the post changed last, by the board's clock (RFC 3339). An older delivery is late, and no news. */
export type DeliveredPost = PulledPost & { changedAt: string };

/**
 * True when the id is a stand-in for one that a record lacks: `?` and the digest of the record
 * (kit/reading/page-rows.ts). With a stand-in the record is parked only once. The hub cannot deliver to such a record
 * or read it again.
 */
export const isStandIn = (externalId: string): boolean => /^\?[0-9a-f]{32}$/.test(externalId);

/** `aside`: content of the post that changes nothing. The hub keeps it beside the post for people. */
export type Normalised = { ok: true; post: Post; aside?: Aside } | { ok: false; problems: GivenProblem[] };

export interface Aside {
  /** Why something that came in says nothing new. */
  note?: Given;
  /** Text that was taken for a quote or a signature. A person can restore it by the decision `whole`. */
  cut?: string;
}

/**
 * The decisions that a person can make. `vouched`: he or she answers for who sent the post. `whole`: no word of it is a
 * quote.
 */
export const decisions = ['vouched', 'whole'] as const;
export type Decision = (typeof decisions)[number];

/**
 * Marks of what a board holds of one post. They can be compared and reveal nothing of the text. If the board does not
 * give a mark, it is absent and not compared.
 */
export interface Fingerprint {
  /** The board's own id of the post. */
  externalId: string;
  /** The hub's receipt number, where the board keeps it. */
  receiptNumber?: string;
  /**
   * When the post was filed, by the board's clock. It tells two posts apart that got the same id, for example on a
   * restored board.
   */
  filedAt?: string;
  status?: Status;
  /** `digestTitle` of the title (schemas/text-digest.ts). */
  title?: string;
  /** `digestText` of the body (schemas/text-digest.ts). */
  body?: string;
  /** Answers, including interim ones. A board that only counts them gives their number. */
  answers?: PartPrint[] | number;
  followUps?: PartPrint[] | number;
}

/** An answer or a follow-up: its id on the board, if it has one, and `digestText` of its text. */
export interface PartPrint {
  id?: string;
  text: string;
}

/** One event to deliver to one board, with all that is needed to word it for that board. */
export interface Change {
  event: ComplaintEvent;
  /** The complaint as it is now. */
  complaint: Complaint;
  /** The role of this agency in the complaint. */
  role: LinkRole;
  /** The board's ids of the post. Absent until the board holds it. */
  ref?: BoardRef;
  /**
   * Present: the post is no complaint, but a part of one that another agency asks of this agency
   * ({@link AdapterKind.carriesParts}). The complaint then has the number of the part (`26-0000-0001-2-1`), and says what
   * is asked before the complaint's own text. Its complainant has a masked name alone.
   */
  part?: PartPost;
}

export interface BoardRef {
  /** The board's own id of the post. */
  externalId: string;
  /** The board's own id of the part that was delivered (an answer, a follow-up), where the board gives one. */
  partId?: string;
}

/** One named place of a board: a column, an element of a WSDL, or a field of its posts. */
export interface ShapePlace {
  /**
   * For example `minwon.subject`, `insertCvpl.input.CVPL_SJ` or `post.replies[].cn`. The part before the last dot is
   * the parent.
   */
  place: string;
  /** The board's own type name, or the JSON types that were seen, joined by `|`. */
  type: string;
  /** The largest number of characters. Absent: no limit is known. */
  length?: number;
  nullable?: boolean;
  charset?: string;
  /** In how many of the examined records the place was present. Absent: the board declares the place itself. */
  seen?: { in: number; of: number };
  /** Codes that were seen in this place and that the code table in the settings lacks. */
  unmapped?: string[];
}

/** A file that a board's post named, as the mapping returned it. */
export interface WantedAttachment {
  reference: AttachmentReference;
  /** The post. `partId` is the board's id of the answer or follow-up, if the file belongs to one. */
  ref: BoardRef;
}

export interface FetchedAttachment {
  content: AsyncIterable<Uint8Array>;
}

/** A file to deliver, with what it belongs to. */
export interface GivenAttachment extends Omit<Change, 'ref'> {
  attachment: {
    /** The hub's id of the file. */
    id: string;
    name: string;
    mediaType: string;
    /** Exact size in bytes. */
    size: number;
    sha256: string;
  };
  /** The post. `partId` is the board's id of the answer or follow-up in `event`, where the board gave one. */
  ref: BoardRef;
  content: AsyncIterable<Uint8Array>;
}

/**
 * Why something is as it is. Adapters of this folder give a reason of the catalogue (schemas/reasons), which people
 * read in their own language. Adapters from outside may give plain words, which are shown unchanged.
 */
export type Given = Reason | string;

/** What is wrong with one place (a JSON pointer). Adapters from outside may give plain words. */
export type GivenProblem = Problem | { pointer: string; message: string };

/** Of the HTTP reply, if there was one, for the engineer who looks at the calls. */
interface WithStatus {
  status?: number;
}

/** How a push ended. There are four outcomes, not two: after `unknown` the hub first asks `find`. */
export type Outcome =
  /** The board holds it. */
  | ({ kind: 'done'; ref: BoardRef } & WithStatus)
  /** The board did not take it, and a later try may succeed. `after`: no earlier than then (Retry-After). */
  | ({ kind: 'retry'; reason: Given; after?: Date } & WithStatus)
  /**
   * The board will not take it as it is, and a person has to look. `why: 'unauthorised'`: the board refused the hub's
   * credentials and did nothing. Delivery to the whole agency then pauses until the credentials are right again.
   */
  | ({ kind: 'refused'; reason: Given; fields?: GivenProblem[]; why?: 'unauthorised' } & WithStatus)
  /**
   * The event was sent, but no trustworthy reply came. The board may or may not hold it. `isOver`: the board replied
   * all the same, so it no longer works on the call.
   */
  | ({ kind: 'unknown'; reason: Given; isOver?: true } & WithStatus);

export interface CheckReport {
  ok: boolean;
  /** One line per check, for an administrator: what was checked, and what was found. */
  lines: { what: Given; ok: boolean; detail: Given }[];
}

/**
 * Says why a board could not be read or asked. The hub's policy for each kind is in one table
 * (adapters/relay/policy.ts).
 *
 * - `unreachable`: no connection, time-out, reset, 5xx
 * - `busy`: the board asks to wait (429, 503 with Retry-After); see `after`
 * - `unauthorised`: the board refused the credentials
 * - `malformed`: the reply does not match what the configuration promises
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

/** What an adapter gets besides its settings. */
export interface AdapterContext {
  /** The agency's code, for messages. */
  agency: string;
  /** Whose turn its expressions take. Absent: the agency's. */
  queue?: string;
  /** IANA name of the time zone that applies to the board's times without an offset. */
  timeZone: string;
  /**
   * Networks (CIDR) that the adapter may call besides the public internet. Absent: none. See
   * kit/http/guarded-connect.ts.
   */
  networks?: readonly string[];
  /**
   * If present, the adapter calls and opens nothing else, whatever the settings and `networks` say. An agent passes
   * what its agency allows. See kit/http/guarded-connect.ts and kit/http/allowed-path.ts.
   */
  reach?: Reach;
  /** How agencies reach the hub (PUBLIC_URL), without a slash at the end. Absent: it is not known, or this is an agent. */
  hubUrl?: string;
  /** Resolves a secret reference (`env:NAME`, `file:PATH`). Throws when the secret is missing. */
  secret(reference: string): string;
}

/** What an adapter uses of the network and of the machine on which it runs. */
export interface Reach {
  /** Names, addresses and networks (CIDR). */
  hosts: readonly string[];
  /** Absolute paths of files and folders. A folder includes everything below it. */
  paths: readonly string[];
}

/** Names of places, in one spelling: an address, a table, a mailbox. */
export interface WrittenPlaces {
  /** Where posts, answers and follow-ups land. */
  posts: string[];
  /** What is written besides: counters and lists that boards share. */
  beside?: string[];
}

/** What an adapter offers, in short. The hub asks this about every agency's board, even if it makes no call to it. */
export interface Abilities {
  carries: ReadonlySet<EventType>;
  /** True if the adapter has the method `pull`; the same for the next two. */
  pull: boolean;
  changes: boolean;
  fingerprints: boolean;
}

/** An expression (JSONata) of the settings. */
export interface ExpressionPlace {
  /** JSON pointer below `board.settings`. */
  pointer: string;
  source: string;
  /** `post`: a raw post, as `normalise` gets it. `change`: a {@link Change}. */
  reads: 'post' | 'change';
  /** The kind of event that it delivers. Absent: any, or none. */
  event?: EventType;
  /** Further names that it reads at the top. */
  also?: readonly string[];
  /** The only names that its input can have. Absent: whatever the board sends. */
  names?: DeclaredNames;
}

/** Names with those below them. True: nothing is known of what is below. */
export type DeclaredNames = { readonly [name: string]: DeclaredNames | true };

/**
 * What adapters of a kind can do where the settings ask for it, by the members of {@link BoardAdapter}. `push`: writes;
 * `take`: the board sends by itself.
 */
export const offers = [
  ...(['pull', 'changes', 'take', 'push', 'find', 'fingerprints'] as const),
  ...(['fetchAttachment', 'pushAttachment', 'amend', 'shape'] as const),
] as const satisfies readonly (keyof BoardAdapter)[];
export type Offer = (typeof offers)[number];

/** One kind of board. adapters/kinds.ts lists all kinds. */
export interface AdapterKind {
  /** The name in an agency's configuration: `board.adapter`. */
  name: string;
  /** True: a push is itself a message to the officers. The hub then sends them no separate notice. */
  tellsOfficers?: true;
  /**
   * True: a part of a complaint (`Change.part`) can stand on a board of this kind as a post of its own, beside the
   * complaint itself, and its answer is read as that of any post. Nobody but officers may read what the hub writes there.
   * An agency chooses it (`parts` in its configuration).
   */
  carriesParts?: true;
  /**
   * True: a program reads the events, in the hub's own form. A step reaches it as a step or not at all, and is never put
   * into words as an interim answer or a follow-up.
   */
  readByProgram?: true;
  /**
   * What its adapters can do at most, for people who choose a kind. Absent: the catalogue shows what an adapter of the
   * first example of `settings` does.
   */
  offers?: readonly Offer[];
  /**
   * JSON Schema 2020-12 of `board.settings`. It is closed: it allows no other properties. With `examples` (JSON Schema),
   * a package is tried by the laws of its adapters whenever it is loaded.
   */
  settings: object;
  /** Checks what the schema cannot: expressions compile, codes are canonical. */
  checkSettings(settings: unknown): GivenProblem[];
  /**
   * Lists what the adapter will call and open with these settings, so that a person can allow it. It is pure.
   * `settings` have passed both checks. Absent: this cannot be known in advance.
   */
  needs?(settings: unknown): Reach;
  /**
   * Tells from the settings what the adapter will offer. The hub asks this for thousands of agencies before it works
   * with the first. So it compiles nothing. Absent: the hub creates an adapter, asks it and closes it.
   */
  abilities?(settings: unknown): Abilities;
  /**
   * Names the places into which a push writes, so that two boards can be told apart: two settings that share a name
   * write into the same place. It is pure, and `settings` have passed both checks. Undefined, or absent: this cannot be
   * known from the settings, and the hub then sends nothing to a rehearsal target.
   */
  writesTo?(settings: unknown): WrittenPlaces | undefined;
  /**
   * Lists the expressions of the settings that convert posts and events, for the people who write them. It is pure, and
   * `settings` need not pass the checks. Absent: they are not shown apart from the settings.
   */
  expressions?(settings: unknown): ExpressionPlace[];
  /** Creates the adapter. `settings` have passed both checks. It opens nothing: the first call connects. */
  create(settings: unknown, context: AdapterContext): BoardAdapter;
}
