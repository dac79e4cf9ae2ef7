import { explainExpression } from '../../../adapters/kit/mapping/explain.ts';
import type { Agency } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { listPlaces } from './places.ts';

/** One code table of an agency, with what boards gave for it. */
interface SeenTable {
  name: string;
  /** The fields of a post that it converts, as the expressions name them. */
  fields: string[];
  rows: SeenCode[];
  /** How many different codes are not shown. */
  more: number;
}

interface SeenCode {
  code: string;
  /** The hub's word. Absent: the table lacks the code. */
  word?: string;
  /** In how many of the items it stood; 0: in none. */
  seen: number;
}

export interface SeenCodes {
  tables: SeenTable[];
  /** How many items were looked at, and since when the oldest of these is here. */
  looked: number;
  since: Date | null;
  /** True: there are more items in these days than were looked at. */
  isPart: boolean;
}

const days = 90;
/** Items that are looked at, the newest first. A table of codes shows itself in far fewer. */
const mostItems = 5000;
const batch = 500;
/** Codes of one table, and characters of one. What is longer or more is no code. */
const mostCodes = 200;
const longestCode = 40;

/** The codes of an agency's tables in what its board gave in the last 90 days. */
export async function listSeenCodes(store: Pick<Store, 'pool'>, agency: Agency): Promise<SeenCodes> {
  const codes = toTables(agency);
  const fields = listPlaces(agency)
    .filter(({ reads }) => reads === 'post')
    .flatMap(({ source }) => explainExpression(source, { codes }).codes);
  const counts = new Map<string, Map<string, number>>();
  const { looked, since, isPart } = await eachItem(store, agency.code, (raw) => {
    for (const { table, path } of fields)
      for (const value of new Set(valuesAt(raw, path))) add(counts, table, value);
  });
  const tables = [...new Set([...Object.keys(codes), ...fields.map(({ table }) => table)])].map((name) =>
    toTable(name, {
      words: codes[name] ?? {},
      counts: counts.get(name) ?? new Map(),
      fields: fieldsOf(name),
    }),
  );
  return { tables, looked, since, isPart };

  function fieldsOf(name: string): string[] {
    return [...new Set(fields.filter(({ table }) => table === name).map(({ path }) => path.join('.')))];
  }
}

type Tables = Record<string, Record<string, string>>;

const toTables = ({ board }: Agency): Tables => (board?.settings.codes ?? {}) as Tables;

function add(counts: Map<string, Map<string, number>>, table: string, value: string): void {
  const known = counts.get(table) ?? new Map<string, number>();
  counts.set(table, known);
  if (known.has(value) || known.size < 10 * mostCodes) known.set(value, (known.get(value) ?? 0) + 1);
}

/** Unmapped codes first, then the most frequent. */
function toTable(
  name: string,
  { words, counts, fields }: { words: Record<string, string>; counts: Map<string, number>; fields: string[] },
): SeenTable {
  const rows = [...new Set([...counts.keys(), ...Object.keys(words)])].map((code): SeenCode => {
    const word = Object.hasOwn(words, code) ? words[code] : undefined;
    return { code, seen: counts.get(code) ?? 0, ...(word !== undefined && { word }) };
  });
  rows.sort(
    (a, b) =>
      Number(a.word !== undefined) - Number(b.word !== undefined) ||
      b.seen - a.seen ||
      (a.code < b.code ? -1 : 1),
  );
  return { name, fields, rows: rows.slice(0, mostCodes), more: Math.max(0, rows.length - mostCodes) };
}

/** Reads the items of these days by the index of the agency, in parts, so that memory does not grow with them. */
async function eachItem(
  { pool }: Pick<Store, 'pool'>,
  agency: string,
  take: (raw: unknown) => void,
): Promise<Omit<SeenCodes, 'tables'>> {
  let position: string | null = null;
  let since: Date | null = null;
  let looked = 0;
  while (looked < mostItems) {
    const { rows }: { rows: { id: string; body: string; receivedAt: Date }[] } = await pool.query(
      `select id, body, received_at as "receivedAt" from raw_items
       where agency = $1 and source = 'poll' and outcome in ('applied', 'parked') and body <> '' and ($2::uuid is null or id < $2)
       order by id desc limit ${batch}`,
      [agency, position],
    );
    const recent = rows.filter(({ receivedAt }) => receivedAt.getTime() > Date.now() - days * 86_400_000);
    for (const { body } of recent) take(JSON.parse(body));
    looked += recent.length;
    const last = recent.at(-1);
    since = last?.receivedAt ?? since;
    position = last?.id ?? position;
    if (recent.length < batch) return { looked, since, isPart: false };
  }
  return { looked, since, isPart: true };
}

/** The values whose path ends with these names, through lists. */
function valuesAt(raw: unknown, path: string[]): string[] {
  const found: string[] = [];
  visit(raw, []);
  return found;

  function visit(value: unknown, at: string[]): void {
    if (Array.isArray(value)) for (const item of value) visit(item, at);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) visit(item, [...at, name].slice(-path.length));
    else if (at.length === path.length && at.every((name, n) => name === path[n]) && isCode(value))
      found.push(String(value));
  }
}

const isCode = (value: unknown) =>
  (typeof value === 'string' && value !== '' && value.length <= longestCode) ||
  typeof value === 'number' ||
  typeof value === 'boolean';
