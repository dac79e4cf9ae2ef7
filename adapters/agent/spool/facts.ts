import type { DatabaseSync } from 'node:sqlite';
import type { Reason } from '../../../schemas/index.ts';
import type { SpoolTransaction } from './database.ts';

/** What a spool keeps one of. Times are instants as text. */
export interface Facts {
  agency: string;
  key: string;
  renewAt: string;
  keySince: string;
  /** Ed25519 public key (SPKI, base64) of the hub. */
  hubKey: string;
  /** Where reading the board stands, and the last change taken from the hub. */
  boardCursor: string;
  changeCursor: string;
  /** When the board was last read, and written to, with success; when the hub last answered. */
  readAt: string;
  writtenAt: string;
  hubAt: string;
  /** What is wrong now, at the board and with the hub; null for nothing. An agent of an earlier version kept words. */
  boardProblem: Reason | string | null;
  hubProblem: Reason | string | null;
  /** The hub takes reasons as data, as it said last. */
  hubTakesReasons: boolean;
}

export function findFact<Name extends keyof Facts>(
  db: Pick<DatabaseSync, 'prepare'>,
  name: Name,
): Facts[Name] | undefined {
  const row = db.prepare('select value from facts where name = ?').get(name) as { value: string } | undefined;
  return row && (JSON.parse(row.value) as Facts[Name]);
}

export function setFacts(tx: SpoolTransaction, facts: Partial<Facts>): void {
  const set = tx.prepare(
    'insert into facts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  for (const [name, value] of Object.entries(facts)) set.run(name, JSON.stringify(value));
}

export function forgetFact(tx: SpoolTransaction, name: keyof Facts): void {
  tx.prepare('delete from facts where name = ?').run(name);
}
