import type { Readable } from 'node:stream';
import { BoardError } from '../../../adapters/contract.ts';
import type { AgentAnswer, AgentAsk } from '../../../schemas/index.ts';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import { AttachmentError } from '../../attachments/attachment-error.ts';
import type { ContentStore } from '../../attachments/content-store.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import { sealedJson } from '../../store/sealing/keyed.ts';
import type { FeedSignal } from '../../store/signals/feed-signal.ts';
import { agentPolicy } from './agent-policy.ts';

/** An answer as it is kept: what the agent said, or the result of the file that it sent. */
export type KeptAnswer = AgentAnswer & {
  /** SHA-256 of a content that the hub holds now. */
  content?: string;
  refused?: { kind: AttachmentError['kind']; reason: Reason };
};

/**
 * Questions that only a board behind an agent can answer. Errors: BoardError, as if the hub had asked the board
 * itself.
 */
export interface Asks {
  /** The pages of the answer. A caller that stops reading gets no more. `patience`: seconds for each page. */
  pages(
    agency: string,
    ask: Omit<AgentAsk, 'id'>,
    patience: number,
    signal: AbortSignal,
  ): AsyncGenerator<KeptAnswer>;
  /** The only page of the answer. */
  one(agency: string, ask: Omit<AgentAsk, 'id'>, patience: number, signal: AbortSignal): Promise<KeptAnswer>;
  /** Opens a content that an answer names. */
  open(sha256: string): Promise<Readable>;
}

/** Milliseconds between a waiting caller's own looks: the signal for a new page may have been lost. */
const lookEvery = 2_000;

export function createAsks(parts: {
  store: Store;
  feedSignal: FeedSignal;
  /** Absent: nobody here asks for files. */
  contents?: Pick<ContentStore, 'open'>;
}): Asks {
  const { store, feedSignal, contents } = parts;
  const { pool } = store;

  async function put(agency: string, ask: Omit<AgentAsk, 'id'>, patience: number): Promise<string> {
    const id = newId();
    // Asks of processes that ended stay behind. They are removed here.
    await pool.query('delete from agent_asks where agency = $1 and expires_at < now()', [agency]);
    await pool.query(
      'insert into agent_asks (id, agency, ask, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))',
      [id, agency, JSON.stringify(ask), patience],
    );
    feedSignal.changed(agency);
    return id;
  }

  async function take(id: string, page: number, patience: number): Promise<KeptAnswer | undefined> {
    const { rows } = await pool.query<{ body: KeptAnswer }>(
      `with taken as (delete from agent_answers where ask_id = $1 and page = $2 returning body),
         prolonged as (update agent_asks set expires_at = now() + make_interval(secs => $3)
           where id = $1 and exists (select from taken))
       select body from taken`,
      [id, page, patience],
    );
    return rows[0]?.body;
  }

  async function waitFor(id: string, page: number, patience: number, signal: AbortSignal) {
    const until = Date.now() + patience * 1000;
    for (;;) {
      signal.throwIfAborted();
      const left = until - Date.now();
      const waiting = feedSignal.next(id, Math.min(Math.max(left, 0), lookEvery), signal);
      try {
        const found = await take(id, page, patience);
        if (found) return found;
        if (!waiting) throw new BoardError('unreachable', toReason('hub_stopping'));
        if (left <= 0)
          throw new BoardError('unreachable', toReason('agent_gave_no_answer_in_time', { n: patience }));
        await waiting.heard;
      } finally {
        waiting?.cancel();
      }
    }
  }

  async function* pages(
    agency: string,
    ask: Omit<AgentAsk, 'id'>,
    patience: number,
    signal: AbortSignal,
  ): AsyncGenerator<KeptAnswer> {
    await mustBeHeardOf(store, agency);
    const id = await put(agency, ask, patience);
    try {
      for (let page = 1; ; page += 1) {
        const answer = await waitFor(id, page, patience, signal);
        const { error, refused } = answer;
        if (error) throw new BoardError(error.kind, error.reason);
        if (refused) throw new AttachmentError(refused.kind, refused.reason);
        yield answer;
        if (answer.last) return;
      }
    } finally {
      await pool.query('delete from agent_asks where id = $1', [id]);
    }
  }

  return {
    pages,
    async open(sha256) {
      if (!contents) throw new AttachmentError('away', toReason('no_store_here'));
      return contents.open(sha256);
    },
    async one(...asked) {
      for await (const answer of pages(...asked)) return answer;
      throw new BoardError('malformed', toReason('agent_gave_no_answer'));
    },
  };
}

/**
 * Keeps a page of an answer for the caller that waits; the same page again counts once. An ask that lasts
 * (store/states/lasting-asks.ts) has no such caller, and ends with a good answer. False: nobody waits (any
 * more). The caller of this function then wakes the waiting one by the ask's id.
 */
export async function keepAnswer(
  { pool }: Store,
  agency: string,
  ask: string,
  answer: KeptAnswer,
): Promise<boolean> {
  const { rows } = await pool.query<{ waits: boolean }>(
    `with waiting as (select id, expires_at = 'infinity' as lasts from agent_asks
         where id = $1 and agency = $2 and expires_at > now()),
       kept as (insert into agent_answers (ask_id, page, body) select id, $3, $4 from waiting where not lasts
         on conflict do nothing),
       done as (delete from agent_asks where $5 and id in (select id from waiting where lasts))
     select exists (select from waiting) as waits`,
    [ask, agency, answer.page, sealedJson(answer), answer.last && !answer.error],
  );
  return rows[0]?.waits ?? false;
}

/** Fails at once if the agent is silent, so that nobody waits in vain. Errors: BoardError `unreachable`. */
async function mustBeHeardOf({ pool }: Store, agency: string): Promise<void> {
  const { rows } = await pool.query<{ at: Date | null; silent: boolean | null }>(
    `select heartbeat_at as at, heartbeat_at < now() - make_interval(secs => $2) as silent from agents where agency = $1`,
    [agency, agentPolicy.silentAfter],
  );
  const { at = null, silent = null } = rows[0] ?? {};
  if (at === null) throw new BoardError('unreachable', toReason('agent_never_heard_of'));
  if (silent) throw new BoardError('unreachable', toReason('agent_silent_since', { at: at.toISOString() }));
}
