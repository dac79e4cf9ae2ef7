import { ReasonError, toReason } from '../../../schemas/reason.ts';

/** Code tables of one agency: from the board's code to the hub's word. They are data in the agency's configuration. */
export type CodeTables = Record<string, Record<string, string>>;

/** A code that is missing from its table. This is an error for an administrator; there is no silent default. */
export class CodeError extends ReasonError {
  readonly table: string;
  readonly value: string;
  readonly known: string[];
  constructor(table: string, value: string, known: string[]) {
    super(toReason('unknown_code', { table, value, known: known.join(', ') || toReason('none') }));
    this.name = 'CodeError';
    this.table = table;
    this.value = value;
    this.known = known;
  }
}

export interface CodeBook {
  /** Returns the hub's word for a board's code. Throws {@link CodeError}. */
  fromBoard(table: string, code: string): string;
  /** Returns the first board's code that maps to the hub's word. Throws {@link CodeError}. */
  toBoard(table: string, word: string): string;
}

/** Creates both directions of the tables. It uses Maps, so that a code such as "constructor" finds nothing. */
export function createCodeBook(tables: CodeTables): CodeBook {
  const forward = new Map(
    Object.entries(tables).map(([name, codes]) => [name, new Map(Object.entries(codes))]),
  );
  const backward = new Map([...forward].map(([name, codes]) => [name, reverse(codes)]));
  return {
    fromBoard: (table, code) => look(forward, table, code),
    toBoard: (table, word) => look(backward, table, word),
  };
}

function reverse(codes: Map<string, string>): Map<string, string> {
  const words = new Map<string, string>();
  for (const [code, word] of codes) if (!words.has(word)) words.set(word, code);
  return words;
}

function look(tables: Map<string, Map<string, string>>, table: string, value: string): string {
  const entries = tables.get(table) ?? new Map<string, string>();
  const found = entries.get(value);
  if (found === undefined) throw new CodeError(table, value, [...entries.keys()]);
  return found;
}
