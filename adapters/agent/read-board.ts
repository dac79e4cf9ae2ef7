import { BoardError } from '../contract.ts';
import { messageOf } from '../relay/bring-event.ts';
import { withTimeLimit } from '../relay/call-limit.ts';
import { pauseAfter, spread, toPauses } from '../relay/policy.ts';
import { createBell } from './bell.ts';
import { type Board, isMaintained } from './board.ts';
import type { AgentParts } from './parts.ts';
import { findFact, forgetFact, setFacts } from './spool/facts.ts';
import { findLastPost, savePosts } from './spool/posts.ts';

export interface BoardReader {
  run(): Promise<void>;
  /** There may be another board to read. */
  nudge(): void;
  /**
   * Look at the board now, from its beginning with `anew`. Resolves when it was read to its end, with the number of the
   * last post in the spool then. Throws BoardError.
   */
  readNow(anew: boolean): Promise<number>;
}

interface Asked {
  anew: boolean;
  resolve(lastPost: number): void;
  reject(error: unknown): void;
}

/** Looks at the board for new and changed posts, from where the last look ended. The hub need not be there. */
export function createBoardReader(parts: AgentParts): BoardReader {
  const { spool, board: installed, situation, stop } = parts;
  const bell = createBell();
  let asked: Asked[] = [];
  let failures = 0;

  /** Milliseconds until the next look. */
  async function look(board: Board): Promise<number> {
    const { limits, adapter } = board;
    const now = asked;
    asked = [];
    try {
      if (!adapter.pull) throw new BoardError('malformed', 'this board is not read (no pull)');
      if (now.some(({ anew }) => anew)) await spool.write((tx) => forgetFact(tx, 'boardCursor'));
      const isWhole = await readOn(parts, board);
      const last = findLastPost(spool.db);
      for (const { resolve, reject } of now)
        isWhole ? resolve(last) : reject(new BoardError('busy', 'the board is left alone now'));
      if (isWhole) situation.note('reading', undefined);
      failures = 0;
      return spread(limits.pollEvery * 1000);
    } catch (error) {
      for (const { reject } of now) reject(error);
      if (stop.aborted) return 0;
      situation.note('reading', messageOf(error));
      const after = error instanceof BoardError ? error.after : undefined;
      board.breaker.leaveAlone(after);
      failures += 1;
      const wait = pauseAfter(failures, toPauses(limits.breaker));
      return Math.max(wait, board.breaker.closedUntil() - Date.now());
    }
  }

  return {
    async run() {
      while (!stop.aborted) {
        const board = installed.current();
        const isRead = board && (board.adapter.pull || asked.length > 0);
        await bell.wait(isRead ? await look(board) : 60_000, stop);
      }
    },
    nudge: bell.ring,
    readNow(anew) {
      return new Promise((resolve, reject) => {
        asked.push({ anew, resolve, reject });
        bell.ring();
      });
    },
  };
}

/** Page after page to the end; false: it has to be left alone before. Posts and cursor share a commit. */
async function readOn({ spool, board: installed, bells, stop }: AgentParts, board: Board): Promise<boolean> {
  const { adapter, limits } = board;
  for (let more = true; more; ) {
    const isHeld = isMaintained(board) || installed.current() !== board;
    if (isHeld || !(await board.pace(stop))) return false;
    const cursor = findFact(spool.db, 'boardCursor');
    const readAt = new Date().toISOString();
    const pulled = await withTimeLimit(limits.pollTimeout, stop, async (signal) =>
      adapter.pull?.(cursor, signal),
    );
    if (!pulled) return false;
    await spool.write((tx) => {
      savePosts(tx, pulled.posts, readAt);
      setFacts(tx, { boardCursor: pulled.cursor, readAt });
    });
    if (pulled.posts.length > 0) bells.posts.ring();
    more = pulled.more;
  }
  return true;
}
