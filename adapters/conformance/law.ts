import { ok } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';
import { type BoardAdapter, BoardError, type PulledPost } from '../contract.ts';
import type { BoardFixture } from './board-fixture.ts';

/**
 * One law of adapters/contract.ts as a program: what every adapter must do, shown on a board that is really
 * there. It throws when the law is broken, and {@link NotSupported} when the adapter or its fixture lacks what the
 * law is about. The runner starts a fresh fixture for each.
 */
export interface Law {
  name: string;
  run(fixture: BoardFixture): Promise<void>;
}

/** A law that says nothing about this adapter: its contract leaves the method out, or its fixture cannot try it. */
export class NotSupported extends Error {}

/** What the contract lets an adapter leave out: where it is absent, the law is not supported. */
export function need<T>(part: T | undefined, lacking: string): asserts part is T {
  if (part === undefined) throw new NotSupported(lacking);
}

export const second = 1000;
export const noon = Date.parse('2026-11-20T03:00:00Z');

/** Moments from noon on, for the clock of a board. */
export function times(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, index) => noon + index * step);
}

/** File one post at each of the moments; returns their ids. */
export function fileAt(board: BoardFixture['board'], at: number[]): string[] {
  return at.map((time, index) => {
    board.setClock(new Date(time));
    return board.file(`민원 ${index + 1}`);
  });
}

/** Pull until the board has no more, in bounds. */
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
    if (!pulled.more) return { posts, cursor };
  }
  throw new Error('the board has more and more: the cursor does not move');
}

export function idsOf(posts: PulledPost[]): string[] {
  return posts.map((post) => post.externalId);
}

/** The error of a call that must fail. */
export async function failure(work: () => Promise<unknown>): Promise<BoardError> {
  try {
    await work();
  } catch (error) {
    ok(error instanceof BoardError, `not a BoardError: ${error}`);
    return error;
  }
  throw new Error('the call should have failed');
}

/** Wait for a condition, for two seconds at most where nothing else is said. */
export async function until(condition: () => boolean, milliseconds = 2 * second): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (condition()) return;
    await pause(10);
  }
  throw new Error('the condition did not come true');
}

/** The result of the work, which must come in time. */
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
