import {
  type AgentAnswer,
  type AgentAsk,
  mostLogLines,
  reasonOf,
  toReason,
  wordReason,
} from '../../../schemas/index.ts';
import { BoardError, type Fingerprint, type PulledPost } from '../../contract.ts';
import { createIdleLimit } from '../../relay/bring-file.ts';
import { pause } from '../hub/bell.ts';
import { HubError } from '../hub/hub-error.ts';
import type { AgentParts } from '../parts.ts';
import { findNewestVersion } from '../spool/configurations.ts';
import { isTaken } from '../spool/posts.ts';
import type { Board } from './board.ts';
import { findSecret } from './find-secret.ts';
import type { BoardReader } from './read-board.ts';
import { createInsist } from './until-taken.ts';

/** The time limit for one question to the board, in milliseconds. */
const limit = 60_000;
const pageSize = 500;

type Said = Omit<AgentAnswer, 'page' | 'last'>;

/**
 * Answers questions that only the board, or the agent itself, can answer. Nothing is stored: the hub repeats a question that got no answer.
 * The agent gives up a question for which nobody waits any more (404).
 */
export function createAnswering(parts: AgentParts, reader: BoardReader) {
  const { hub, log, stop } = parts;
  const insist = createInsist(parts);
  const underWay = new Set<string>();
  const say = (ask: AgentAsk, answer: AgentAnswer) => insist((signal) => hub.answer(ask.id, answer, signal));

  async function answer(ask: AgentAsk): Promise<void> {
    let page = 1;
    try {
      if (ask.what === 'file') return await sendFile(parts, ask);
      for await (const said of listAnswers(parts, reader, ask)) {
        await say(ask, { page, last: said.last, ...said.answer });
        page += 1;
      }
    } catch (error) {
      if (error instanceof HubError) throw error;
      const kind = error instanceof BoardError ? error.kind : 'unreachable';
      await say(ask, { page, last: true, error: { kind, reason: reasonOf(error) } });
    }
  }

  /** False: an answer is already being prepared. */
  return function begin(ask: AgentAsk): boolean {
    if (underWay.has(ask.id)) return false;
    underWay.add(ask.id);
    answer(ask)
      .catch((error: unknown) => {
        const isOver = error instanceof HubError && error.status === 404;
        if (!stop.aborted && !isOver)
          log.warn({ ask: ask.what, reason: wordReason(reasonOf(error), 'en') }, 'not answered');
      })
      .finally(() => underWay.delete(ask.id));
    return true;
  };
}

function boardOf({ board, spool }: AgentParts): Board {
  const current = board.current();
  if (current) return current;
  const hasFetched = findNewestVersion(spool.db) !== undefined;
  const code = hasFetched ? 'agent_without_configuration' : 'agent_awaits_configuration';
  throw new BoardError('unreachable', toReason(code));
}

async function* listAnswers(
  parts: AgentParts,
  reader: BoardReader,
  ask: AgentAsk,
): AsyncGenerator<{ answer: Said; last: boolean }> {
  if (ask.what === 'fingerprints') return yield* listFingerprints(parts, ask);
  yield { answer: await answerOnce(parts, reader, ask), last: true };
}

async function answerOnce(parts: AgentParts, reader: BoardReader, ask: AgentAsk): Promise<Said> {
  if (ask.secrets) return { secrets: ask.secrets.map((one) => findSecret(parts.allowed, one)) };
  if (ask.what === 'logs')
    return { logs: parts.recentLog.list(ask.logs ?? { level: 'info', most: mostLogLines }) };
  const { adapter } = boardOf(parts);
  const signal = AbortSignal.any([parts.stop, AbortSignal.timeout(limit)]);
  switch (ask.what) {
    case 'check':
      return { report: await adapter.check(signal) };
    case 'read': {
      if (!adapter.read) throw new BoardError('malformed', toReason('posts_not_read_singly'));
      const post = await adapter.read(ask.externalId ?? '', signal);
      return { posts: post ? [post] : [] };
    }
    case 'shape': {
      if (!adapter.shape) throw new BoardError('malformed', toReason('shape_not_seen'));
      return { places: await adapter.shape(signal) };
    }
    case 'sample':
      return { posts: await sample(boardOf(parts), ask.limit ?? 10, signal) };
    default:
      await poll(parts, reader, ask.anew ?? false);
      return {};
  }
}

async function sample({ adapter }: Board, most: number, signal: AbortSignal): Promise<PulledPost[]> {
  const posts: PulledPost[] = [];
  let cursor: string | undefined;
  for (let more = true; more && posts.length < most; ) {
    const pulled = await adapter.pull?.(cursor, signal);
    if (!pulled) throw new BoardError('malformed', toReason('board_not_read'));
    posts.push(...pulled.posts);
    ({ cursor, more } = pulled);
  }
  return posts.slice(0, most);
}

/** Resolves when the board was read to its end and the hub has taken all posts. */
async function poll({ spool, stop }: AgentParts, reader: BoardReader, anew: boolean): Promise<void> {
  const last = await reader.readNow(anew);
  while (!stop.aborted && !isTaken(spool.db, last)) await pause(50, stop);
}

async function* listFingerprints(
  parts: AgentParts,
  { since }: AgentAsk,
): AsyncGenerator<{ answer: Said; last: boolean }> {
  const { adapter } = boardOf(parts);
  if (!adapter.fingerprints) throw new BoardError('malformed', toReason('board_not_compared'));
  let page: Fingerprint[] = [];
  for await (const print of adapter.fingerprints(since ? new Date(since) : undefined, parts.stop)) {
    page.push(print);
    if (page.length < pageSize) continue;
    yield { answer: { fingerprints: page }, last: false };
    page = [];
  }
  yield { answer: { fingerprints: page }, last: true };
}

async function sendFile(
  parts: AgentParts,
  { id, reference, externalId = '', partId }: AgentAsk,
): Promise<void> {
  const { adapter, limits } = boardOf(parts);
  if (!adapter.fetchAttachment || !reference)
    throw new BoardError('malformed', toReason('board_gives_no_files'));
  const idle = createIdleLimit(limits.timeout, parts.stop);
  try {
    const ref = { externalId, ...(partId && { partId }) };
    const { content } = await adapter.fetchAttachment({ reference, ref }, idle.signal);
    await parts.hub.sendFile(id, idle.watch(content), parts.stop);
  } finally {
    idle.end();
  }
}
