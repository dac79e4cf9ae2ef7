import { ok } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';
import { type BoardAdapter, BoardError, type PulledPost } from '../contract.ts';
import type { BoardFixture } from './board-fixture.ts';

/**
 * One law of adapters/contract.ts as a program. It tests on a real board what every adapter must do. It throws when the
 * law is broken. It throws {@link NotSupported} when the adapter or the fixture lacks the law's subject. The runner
 * starts a fresh fixture for each law.
 */
export interface Law {
  name: string;
  run(fixture: BoardFixture): Promise<void>;
}

/** The law does not apply to this adapter: it has no such method, or its fixture cannot try the law. */
export class NotSupported extends Error {}

/** Demands an optional part of the contract. If it is absent, the law is not supported. */
export function need<T>(part: T | undefined, lacking: string): asserts part is T {
  if (part === undefined) throw new NotSupported(lacking);
}

export const second = 1000;
export const noon = Date.parse('2026-11-20T03:00:00Z');

/** Instants from noon on, `step` apart, for the clock of a board. */
export function times(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, index) => noon + index * step);
}

/** Files one post at each of the instants. Returns their ids. */
export function fileAt(board: BoardFixture['board'], at: number[]): string[] {
  return at.map((time, index) => {
    board.setClock(new Date(time));
    return board.file(`민원 ${index + 1}`);
  });
}

/** Pulls until the board has no more, with an upper bound. */
export async function drain(
  adapter: BoardAdapter,
  from?: string,
): Promise<{ posts: PulledPost[]; cursor: string }> {
  need(adapter.pull, 'does not read its board (no pull)');
  const posts: PulledPost[] = [];
  let cursor = from;
  for (let round = 0; round < 50; round++) {
    const pulled = await adapter.pull(cursor, AbortSignal.timeout(5 * second));
    posts.push(...pulled.posts);
    cursor = pulled.cursor;
    if (pulled.failed) throw pulled.failed;
    if (!pulled.more) return { posts, cursor };
  }
  throw new Error('the board has more and more: the cursor does not move');
}

export function idsOf(posts: PulledPost[]): string[] {
  return posts.map((post) => post.externalId);
}

/** Returns the error of a call that must fail. */
export async function failure(work: () => Promise<unknown>): Promise<BoardError> {
  try {
    await work();
  } catch (error) {
    ok(error instanceof BoardError, `not a BoardError: ${error}`);
    return error;
  }
  throw new Error('the call should have failed');
}

/** Waits for a condition, by default for at most two seconds. */
export async function until(condition: () => boolean, milliseconds = 2 * second): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (condition()) return;
    await pause(10);
  }
  throw new Error('the condition did not come true');
}

/** Returns the result of the work, which must come in time. */
export async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const late = new AbortController();
  const bound = pause(milliseconds, undefined, { signal: late.signal }).then(() => {
    throw new Error(`did not end within ${milliseconds} ms`);
  });
  try {
    return await Promise.race([work(), bound]);
  } finally {
    bound.catch(() => undefined);
    late.abort();
  }
}
