import { fromGiven, reasonOf, toReason, wordReason } from '../../../schemas/index.ts';
import { BoardError } from '../../contract.ts';
import { withTimeLimit } from '../../relay/call-limit.ts';
import { pauseAfter, policy, spread, toPauses } from '../../relay/policy.ts';
import type { AgentParts } from '../parts.ts';
import { findFact, forgetFact, setFacts } from '../spool/facts.ts';
import { findLastPost, savePosts } from '../spool/posts.ts';
import { type Board, isMaintained } from './board.ts';

export interface BoardReader {
  run(): Promise<void>;
  /**
   * Polls the board now; with `anew`, from its beginning. Resolves after the last page with the number of the newest
   * post in the spool. Throws BoardError.
   */
  readNow(anew: boolean): Promise<number>;
}

interface Asked {
  anew: boolean;
  resolve(lastPost: number): void;
  reject(error: unknown): void;
}

/** Polls the board for new and changed posts from its cursor. It does not need the hub. */
export function createBoardReader(parts: AgentParts): BoardReader {
  const { spool, board: installed, situation, bells, stop } = parts;
  let asked: Asked[] = [];
  let failures = 0;

  async function read(board: Board, now: Asked[]): Promise<void> {
    if (!board.adapter.pull) throw new BoardError('malformed', toReason('board_not_read'));
    if (now.some(({ anew }) => anew)) await spool.write((tx) => forgetFact(tx, 'boardCursor'));
    const reached = await readOn(parts, board);
    if (reached === 'held') {
      const held = new BoardError('busy', toReason('board_left_alone'));
      for (const { reject } of now) reject(held);
      return;
    }
    // Who asked waits until a look has come to the end.
    if (reached === 'cut') asked.push(...now.map((one) => ({ ...one, anew: false })));
    const last = findLastPost(spool.db);
    for (const { resolve } of reached === 'end' ? now : []) resolve(last);
    situation.note('reading', undefined);
    failures = 0;
  }

  /** Milliseconds until the next poll. */
  function afterFailure({ breaker, limits }: Board, error: unknown): number {
    const { after, kind } = error instanceof BoardError ? error : {};
    situation.note('reading', reasonOf(error), kind);
    breaker.leaveAlone(after);
    failures += 1;
    const wait = pauseAfter(
      failures,
      kind === 'unauthorised' ? policy.unauthorised : toPauses(limits.breaker),
    );
    return Math.max(wait, breaker.closedUntil() - Date.now());
  }

  async function look(board: Board): Promise<number> {
    const now = asked;
    asked = [];
    try {
      await read(board, now);
      return spread(board.limits.pollEvery * 1000);
    } catch (error) {
      for (const { reject } of now) reject(error);
      return stop.aborted ? 0 : afterFailure(board, error);
    }
  }

  return {
    async run() {
      while (!stop.aborted) {
        const board = installed.current();
        const isRead = board && (board.adapter.pull || asked.length > 0);
        await bells.board.wait(isRead ? await look(board) : 60_000, stop);
      }
    },
    readNow(anew) {
      return new Promise((resolve, reject) => {
        asked.push({ anew, resolve, reject });
        bells.board.ring();
      });
    },
  };
}

/**
 * Reads page after page. Posts and cursor share a commit. `held`: the board must be left alone before the end. `cut`:
 * the next look goes on (policy.mostPulls).
 */
async function readOn(
  { spool, board: installed, bells, stop, log }: AgentParts,
  board: Board,
): Promise<'end' | 'held' | 'cut'> {
  const { adapter, limits } = board;
  for (let pulls = 0; pulls < policy.mostPulls; pulls++) {
    const isHeld = isMaintained(board) || installed.current() !== board;
    if (isHeld || !(await board.pace(stop))) return 'held';
    const cursor = findFact(spool.db, 'boardCursor');
    const readAt = new Date().toISOString();
    const pulled = await withTimeLimit(limits.pollTimeout, stop, async (signal, hold) =>
      adapter.pull?.(cursor, signal, () => hold(() => board.pace(signal))),
    );
    if (!pulled) return 'held';
    await spool.write((tx) => {
      savePosts(tx, pulled.posts, readAt);
      setFacts(tx, { boardCursor: pulled.cursor, readAt });
    });
    if (pulled.posts.length > 0) bells.posts.ring();
    if (pulled.failed) throw pulled.failed;
    if (pulled.more) continue;
    const notice = pulled.notice === undefined ? null : fromGiven(pulled.notice);
    if (notice) log.warn({ notice: wordReason(notice, 'en') }, 'the board was read');
    if (JSON.stringify(findFact(spool.db, 'boardNotice') ?? null) !== JSON.stringify(notice))
      await spool.write((tx) => setFacts(tx, { boardNotice: notice }));
    return 'end';
  }
  return 'cut';
}
