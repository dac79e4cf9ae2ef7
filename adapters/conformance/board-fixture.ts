import type { BoardAdapter } from '../contract.ts';
import type { FaultyLine } from '../kit/faulty-line.ts';

/** A post as a board holds it, with only the fields that the laws need. */
interface HeldPost {
  externalId: string;
  title: string;
  /** The hub's receipt number, where the board keeps it. */
  receiptNumber?: string;
  /** Plain texts of the answers, oldest first. */
  answers: string[];
}

export type BoardFault =
  /** The board works normally. */
  | 'none'
  /** The board reads the request and never replies. */
  | 'hang'
  /** The board does the work, then cuts the connection without a reply. */
  | 'reset-after-write'
  /** The board replies HTTP 500 at once and does not do the work. */
  | 'error-500'
  /** The board replies HTTP 429 with Retry-After and does not do the work. */
  | 'busy'
  /** Status 200 with a truncated body, or with a body that is no message of this board. */
  | 'malformed'
  /** Status 200 with an HTML page ("under maintenance"). */
  | 'html'
  /** The board refuses the credentials. */
  | 'unauthorised';

/**
 * A real board on a local socket, and the adapter that is connected to it. The conformance laws need nothing else of a
 * kind of adapter. Every law gets a fresh fixture.
 *
 * Its configuration must carry `registered`, `answered` and `status_changed`. It must read pages of {@link pageSize}
 * posts with an overlap of {@link overlapSeconds}. The board stores the hub's receipt number, and `find` asks by key or
 * by receipt number. If the adapter has methods for files, it must be able to read, deliver and ask for them.
 */
export interface BoardFixture {
  adapter: BoardAdapter;
  board: FixtureBoard;
  /** The configured page size. It is small, so that a few posts fill several pages. */
  pageSize: number;
  /**
   * The number of requests for one page of posts, whatever their number, as {@link FixtureBoard.requests} counts them.
   * Absent: 1.
   */
  pageRequests?: number;
  overlapSeconds: number;
  /** The credential that the adapter sends. It must not appear in any message. */
  secret: string;
  /** A status code of the board that no code table maps. {@link FixtureBoard.setCode} writes it. */
  unknownCode: string;
  /** The kind holds parts of complaints (`AdapterKind.carriesParts`). Absent: the laws about them are not tried. */
  carriesParts?: true;
  /** False: what is delivered does not come back by `pull`, because only its recipients can see it. */
  readsBack?: boolean;
  /** The calls about single posts. Absent: the list of this board shows all of a post. */
  detail?: FixtureDetail;
  /** The faulty line between adapter and board. Absent: the laws about broken replies are not tried. */
  line?: Pick<FaultyLine, 'bend'>;
  /** A title that this board refuses, because it is too long or has characters that the board cannot store. */
  unfitTitle?: string;
  close(): Promise<void>;
}

interface FixtureBoard {
  /** Files a post, as a person does on the board's pages. Returns its external id. */
  file(title: string): string;
  /** Adds a file to a post, as a person does on the board's pages. */
  attach?(externalId: string, file: { name: string; content: Buffer }): void;
  /** Reads the board's storage directly: the files of a post, then those of its answers. */
  files?(externalId: string): { of: string; name: string; sha256: string }[];
  /**
   * Writes below a post, as a person does on the board's pages: an officer of the agency, who filed the post, or anybody
   * else. Absent: nobody writes below the posts of this board, or the board itself keeps what officers write apart.
   */
  comment?(externalId: string, text: string, by: 'officer' | 'writer' | 'passer-by'): void;
  /** Makes the body of a post this many characters long. */
  swell?(externalId: string, letters: number): void;
  /**
   * Makes the record of a post unreadable in a way that really occurs at such boards: without an id, or with an
   * impossible time. False: makes it readable again; an {@link edit} follows.
   */
  spoil?(externalId: string, isSpoilt: boolean): void;
  /**
   * Has the board give its whole list for every page number, whatever the page size, as boards do that do not page.
   * `since`: it heeds the time all the same. Absent: the laws about such boards are not tried.
   */
  givesAll?(how: { since: boolean }): void;
  /** Changes a post's title. The post must then come again, once. */
  edit(externalId: string, title: string): void;
  /** Writes one of the board's own status codes. */
  setCode(externalId: string, code: string): void;
  /** Sets the board's clock. It stands still until it is set again. */
  setClock(now: Date): void;
  fault(fault: BoardFault): void;
  /** The number of requests that have reached the board's interface, whatever their result. */
  requests(): number;
  /** Reads the board's storage directly, oldest first. */
  posts(): HeldPost[];
}

/** What a board does with calls about single posts, which complete what its list shows. */
interface FixtureDetail {
  /** The number of such calls that have reached the board, whatever their result. */
  calls(): number;
  /** The fault concerns these calls alone, from the one after the next `good` ones. */
  fault(fault: BoardFault, good?: number): void;
  /** The post is deleted in the moment before the board is asked about it. */
  vanish(externalId: string): void;
  /** The board finds nothing when it is asked about this post, although its list shows it. */
  hide(externalId: string): void;
}

/**
 * Starts the fixture of one kind of adapter. tests/adapters/conformance/board-fixture.ts lists them, and the laws run
 * over all.
 */
export type StartFixture = () => Promise<BoardFixture>;
