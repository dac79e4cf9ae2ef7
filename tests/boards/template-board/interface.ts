import type { Storage } from './storage.ts';

export interface BoardCall {
  method: string;
  /** Without the query. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  /** Of the body; undefined where there is none. */
  json: Record<string, unknown> | undefined;
}

export interface BoardAnswer {
  status: number;
  json: unknown;
}

/** The board's interface as its makers documented it: what a call does to the storage, and what is replied. */
export function answer(_call: BoardCall, _storage: Storage): BoardAnswer {
  return { status: 501, json: { error: 'interface.ts: answer is not filled in yet' } };
}
