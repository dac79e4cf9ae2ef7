import type { DatabaseSync } from 'node:sqlite';
import type { Reason } from '../../../schemas/index.ts';
import type { SpoolTransaction } from './database.ts';

/** Single values in the spool. Times are instants as text. */
export interface Facts {
  agency: string;
  key: string;
  renewAt: string;
  keySince: string;
  /** The hub's Ed25519 public key (SPKI, base64). */
  hubKey: string;
  /** The cursor for reading the board. The next field is the cursor of the last change taken from the hub. */
  boardCursor: string;
  changeCursor: string;
  /** When the board was last read and last written to successfully, and when the hub last answered. */
  readAt: string;
  writtenAt: string;
  hubAt: string;
  /** The current problems at the board and with the hub; null: none. An agent of an earlier version stored words. */
  boardProblem: Reason | string | null;
  hubProblem: Reason | string | null;
  /** What a person should know about the board although it was read to its end; null: nothing. */
  boardNotice: Reason | null;
  /** Whether the hub takes reasons as data, and notices, asks for logs, and tells of steps, by its last reply. */
  hubTakesReasons: boolean;
  hubTakesNotices: boolean;
  hubAsksLogs: boolean;
  hubTellsSteps: boolean;
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
