import { toReason } from '../../schemas/reason.ts';
import type { AdapterContext, BoardRef } from '../contract.ts';
import { type BoardRequest, createBoardHttp } from '../kit/http/http.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { parseJson } from '../kit/text/json.ts';
import type { TemplateSettings } from './config.ts';
import type { Operation } from './mapping.ts';
import { notFilledIn } from './not-filled-in.ts';

/** Every method throws HttpError for any failure. An odd reply never counts as success. */
export interface TemplateClient {
  /**
   * Returns a page (counted from 1) of posts that changed at or after `since` (absent: all), the oldest change first.
   */
  listChanged(since: string | undefined, page: number, signal: AbortSignal): Promise<unknown[]>;
  /** Carries out the operation once for each key. Returns the board's ids. */
  bring(operation: Operation, key: string, signal: AbortSignal): Promise<BoardRef | undefined>;
  /** Finds what the board holds of what this key delivered. */
  find(key: string, signal: AbortSignal): Promise<BoardRef | undefined>;
  close(): Promise<void>;
}

/** The transport. It knows nothing of the meaning of fields. */
export function createTemplateClient(settings: TemplateSettings, context: AdapterContext): TemplateClient {
  const http = createBoardHttp(settings, context);
  const { pageSize = 100 } = settings;

  async function call(request: BoardRequest, signal: AbortSignal): Promise<unknown> {
    const reply = await http.send(request, signal);
    if (reply.status < 200 || reply.status > 299) throw http.refuse(reply);
    try {
      return parseJson(reply.text);
    } catch {
      throw http.refuse(reply, 'malformed');
    }
  }

  return {
    async listChanged(since, page, signal) {
      const reply = await call(toListRequest(since, page, pageSize), signal);
      const posts = (reply as { posts?: unknown } | null)?.posts;
      if (!Array.isArray(posts)) throw new HttpError('malformed', toReason('no_posts_in_reply'));
      return posts;
    },
    bring: async (operation, key, signal) => toRefOf(await call(toBringRequest(operation, key), signal)),
    async find(key, signal) {
      try {
        return toRefOf(await call(toFindRequest(key), signal));
      } catch (error) {
        if (error instanceof HttpError && error.status === 404) return undefined;
        throw error;
      }
    },
    close: http.close,
  };
}

/** The request for a page of posts, with times as the board writes them (kit/text/board-time.ts). */
function toListRequest(_since: string | undefined, _page: number, _size: number): BoardRequest {
  throw notFilledIn('client.ts: toListRequest');
}

/** The request that carries out an operation. It includes the key if the board can store it. */
function toBringRequest(_operation: Operation, _key: string): BoardRequest {
  throw notFilledIn('client.ts: toBringRequest');
}

/** The request that asks what a key delivered. If the board has none, remove `find` here and in index.ts. */
function toFindRequest(_key: string): BoardRequest {
  throw notFilledIn('client.ts: toFindRequest');
}

/** The board's id of the post and, if there is one, of the part; see kit/reading/board-ref.ts. */
function toRefOf(_reply: unknown): BoardRef | undefined {
  throw notFilledIn('client.ts: toRefOf');
}
