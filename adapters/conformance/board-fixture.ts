import type { BoardAdapter } from '../contract.ts';
import type { FaultyLine } from '../kit/faulty-line.ts';

/** A post as a board holds it, in as few words as the laws need. */
interface HeldPost {
  externalId: string;
  title: string;
  /** The hub's receipt number, where the board keeps it. */
  receiptNumber?: string;
  /** Plain texts, oldest first. */
  answers: string[];
}

export type BoardFault =
  /** Works as it should. */
  | 'none'
  /** Takes the request and never replies. */
  | 'hang'
  /** Does the work, then cuts the connection without a reply. */
  | 'reset-after-write'
  /** HTTP 500 at once, work not done. */
  | 'error-500'
  /** HTTP 429 with Retry-After, work not done. */
  | 'busy'
  /** Status 200 with a body that is cut or no message of this board at all. */
  | 'malformed'
  /** Status 200 with an HTML page ("under maintenance"). */
  | 'html'
  /** Refuses the credentials. */
  | 'unauthorised';

/**
 * A real board on a socket of this machine and the adapter that is connected to it: all that the
 * conformance laws need from an adapter kind. A fresh one is started for every law.
 *
 * Its configuration must carry `registered`, `answered` and `status_changed`, and read pages of {@link pageSize}
 * posts with an overlap of {@link overlapSeconds}. The board keeps the hub's receipt number, and `find` asks by key or
 * by receipt number. Where the adapter has the methods for files, it must
 * read and bring them, and ask for them.
 */
export interface BoardFixture {
  adapter: BoardAdapter;
  board: FixtureBoard;
  /** As configured; small, so that a few posts fill several pages. */
  pageSize: number;
  /** What one page of posts costs, whatever their number, as {@link FixtureBoard.requests} counts it; absent: 1. */
  pageRequests?: number;
  overlapSeconds: number;
  /** The credential that the adapter sends: it must not appear in any message. */
  secret: string;
  /** A code of the board's status that no table maps; {@link FixtureBoard.setCode} writes it. */
  unknownCode: string;
  /** False: what is brought does not come back by `pull`, for it lies where nobody but its readers can look. */
  readsBack?: boolean;
  /** The line by which the adapter reaches the board; absent: what happens on a line is not tried. */
  line?: Pick<FaultyLine, 'bend'>;
  /** A title that this board does not take, as it is too long or has letters that the board cannot write. */
  unfitTitle?: string;
  close(): Promise<void>;
}

interface FixtureBoard {
  /** File a post as a person does on the board's pages; returns its external id. */
  file(title: string): string;
  /** Add a file to a post, as a person does on the board's pages. */
  attach?(externalId: string, file: { name: string; content: Buffer }): void;
  /** Straight from the board's storage: the files of a post, then those of its answers. */
  files?(externalId: string): { of: string; name: string; sha256: string }[];
  /** Make the body of a post as long as this. */
  swell?(externalId: string, letters: number): void;
  /**
   * Make its record one that cannot be read, as such a board really gives them: without an id, or with an impossible
   * time. False: whole again; an {@link edit} follows.
   */
  spoil?(externalId: string, isSpoilt: boolean): void;
  /** Change a post's title: it must come again, once. */
  edit(externalId: string, title: string): void;
  /** Write a status code of the board's own. */
  setCode(externalId: string, code: string): void;
  /** The board's clock from now on; it stands still until it is set again. */
  setClock(now: Date): void;
  fault(fault: BoardFault): void;
  /** Requests that reached its interface so far, whatever became of them. */
  requests(): number;
  /** Straight from the board's storage, oldest first. */
  posts(): HeldPost[];
}

/** One per adapter kind, listed in tests/adapters/conformance/board-fixture.ts; the laws run over all of them. */
export type StartFixture = () => Promise<BoardFixture>;
