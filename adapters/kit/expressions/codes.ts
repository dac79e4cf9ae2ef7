import { ReasonError, toReason } from '../../../schemas/reason.ts';

/** Code tables of one agency, from the board's code to the hub's word. An agency's codes are data. */
export type CodeTables = Record<string, Record<string, string>>;

/** A code that its table does not have. An error for an administrator, never a silent default. */
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
  /** The hub's word for a board's code; throws {@link CodeError}. */
  fromBoard(table: string, code: string): string;
  /** The board's code for a hub's word: the first that maps onto it; throws {@link CodeError}. */
  toBoard(table: string, word: string): string;
}

/** Both directions of the tables. Maps, so that a code such as "constructor" finds nothing. */
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
