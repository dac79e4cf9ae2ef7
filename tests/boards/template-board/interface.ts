import type { Storage } from './storage.ts';

export interface BoardCall {
  method: string;
  /** The path without the query. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  /** The body. Undefined: there is none. */
  json: Record<string, unknown> | undefined;
}

export interface BoardAnswer {
  status: number;
  json: unknown;
}

/** The board's interface as its makers documented it: how a call changes the storage, and the reply. */
export function answer(_call: BoardCall, _storage: Storage): BoardAnswer {
  return { status: 501, json: { error: 'interface.ts: answer is not filled in yet' } };
}
