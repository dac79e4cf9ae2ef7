import { type Reason, said, toReason } from '../../schemas/reason.ts';
import type { CheckReport } from '../contract.ts';
import { SqlError } from '../kit/sql-errors.ts';
import { toBoardTime, toInstant } from '../kit/text/board-time.ts';
import { defaultPattern } from './config.ts';
import type { SqlSession, TableShape } from './dialects/dialect.ts';
import { listNeededRights, type RightKind, rightKinds, type TableRights } from './files/rights.ts';
import { isLatin1, readsAsKorean } from './rows/latin1.ts';
import type { Parts } from './rows/work.ts';

type Line = CheckReport['lines'][number];

/**
 * Checks that tables and columns exist, and checks engines, charsets and rights. It reports missing rights and
 * excessive ones.
 */
export async function checkTables(parts: Parts, session: SqlSession, timeZone: string): Promise<Line[]> {
  const { settings, dialect } = parts;
  const answers = toReason('database_answers', { database: settings.database });
  const lines: Line[] = [{ what: toReason('checked_database'), ok: true, detail: answers }];
  for (const [table, needed] of listNeededRights(settings)) {
    const shape = await dialect.describe(session, table);
    const what = toReason('checked_table', { table });
    if (!shape) {
      lines.push({ what, ok: false, detail: toReason('table_unseen') });
      continue;
    }
    lines.push(
      describeTable(what, shape, needed),
      ...(await checkLatin1(parts, session, { table, shape, needed })),
    );
    for (const kind of rightKinds) {
      const line = await checkRight(parts, session, table, kind, needed[kind]);
      if (line) lines.push(line);
    }
  }
  if (lines.every(({ ok }) => ok)) lines.push(...(await checkPattern(parts, session, timeZone)));
  const excess = (await dialect.listRights(session)).filter((right) => broad.test(right));
  if (excess.length > 0)
    lines.push({
      what: toReason('checked_excess'),
      ok: true,
      detail: toReason('rights_excess', { rights: excess.map(withoutSecret).join('; ') }),
    });
  return lines;
}

function describeTable(
  what: Reason,
  { columns, engine, transactional }: TableShape,
  needed: TableRights,
): Line {
  const named = new Set(rightKinds.flatMap((kind) => [...needed[kind]]));
  const missing = [...named].filter((column) => !columns.has(column));
  if (missing.length > 0) {
    const detail = toReason('table_lacks', { columns: missing.join(', ') });
    return { what, ok: false, detail };
  }
  const charsets = new Set([...columns.values()].flatMap(({ charset }) => charset ?? []));
  const order = toReason(transactional ? 'table_with_transactions' : 'table_without_transactions');
  const detail = toReason('table_fits', { engine, order });
  if (charsets.size === 0) return { what, ok: true, detail };
  return {
    what,
    ok: true,
    detail: toReason('table_of_charset', { detail, charsets: [...charsets].join(', ') }),
  };
}

/** Rows to examine. A board that stores Korean in this way does so in all rows. */
const sample = 200;

/** Korean text that the server takes for latin1 would be read as `¹Î¿ø`. */
async function checkLatin1(
  { dialect, settings }: Parts,
  session: SqlSession,
  { table, shape, needed }: { table: string; shape: TableShape; needed: TableRights },
): Promise<Line[]> {
  const narrow = [...needed.select].filter((name) => isLatin1(shape.columns.get(name) ?? {}));
  if (settings.charset || narrow.length === 0) return [];
  const sql = `select ${narrow.map(dialect.quote).join(', ')} from ${dialect.quote(table)} limit ${sample}`;
  const rows = await session.query(sql);
  const korean = narrow.filter((name) => rows.some((row) => readsAsKorean(String(row[name] ?? ''))));
  if (korean.length === 0) return [];
  const detail = toReason('table_latin1', { columns: korean.join(', ') });
  return [{ what: toReason('checked_charset', { table }), ok: false, detail }];
}

/** Asks the server to explain a statement that would touch no row. */
async function checkRight(
  { dialect }: Parts,
  session: SqlSession,
  table: string,
  kind: RightKind,
  columns: Set<string>,
): Promise<Line | undefined> {
  if (columns.size === 0) return undefined;
  const { quote } = dialect;
  const names = [...columns].map(quote).join(', ');
  const sql = {
    select: `select ${names} from ${quote(table)} where 1 = 0`,
    insert: `explain insert into ${quote(table)} (${names}) values (${[...columns].map(() => 'null').join(', ')})`,
    update: `explain update ${quote(table)} set ${[...columns].map((column) => `${quote(column)} = ${quote(column)}`).join(', ')} where 1 = 0`,
  }[kind];
  try {
    await session.query(sql);
    return undefined;
  } catch (error) {
    // A missing column was already reported with its table.
    if (error instanceof SqlError && error.kind === 'refused') return undefined;
    if (!(error instanceof SqlError) || error.kind !== 'unauthorised') throw error;
    const right = kind === 'insert' ? kind : `${kind} (${[...columns].join(', ')})`;
    const detail = toReason('right_missing', { right, table });
    return { what: toReason('checked_right', { right: kind }), ok: false, detail };
  }
}

/**
 * Times stored as text are compared as text. If `pattern` differs from the board's format, posts would be skipped
 * silently.
 */
async function checkPattern(parts: Parts, session: SqlSession, timeZone: string): Promise<Line[]> {
  const { dialect, settings, shapes } = parts;
  const { table, changed, pattern = defaultPattern } = settings.pull ?? { table: '', changed: [] };
  const lines: Line[] = [];
  for (const column of changed) {
    const { columns } = await shapes.get(session, table);
    if (!/char|text/.test(columns.get(column)?.type ?? '')) continue;
    const [name, from] = [dialect.quote(column), dialect.quote(table)];
    const [row] = await session.query(`select max(${name}) as newest from ${from}`);
    const newest = String(row?.newest ?? '').trim();
    if (!isWrittenAs(newest, pattern, timeZone)) {
      const detail = toReason('pattern_differs', { value: said(newest.slice(0, 40)), pattern });
      lines.push({ what: toReason('checked_pattern', { column }), ok: false, detail });
    }
  }
  return lines;
}

function isWrittenAs(text: string, pattern: string, timeZone: string): boolean {
  try {
    const instant = toInstant(text, timeZone);
    return instant === undefined || toBoardTime(instant, pattern, timeZone) === text;
  } catch {
    return false;
  }
}

/** Rights beyond reading and writing single tables. */
const broad =
  /\bALL PRIVILEGES\b|\bSUPER\b|\bGRANT OPTION\b|\bDELETE\b|\bDROP\b|\bALTER\b|\bFILE\b|\bTRUNCATE\b/i;

const withoutSecret = (right: string) => right.replace(/ IDENTIFIED BY PASSWORD '.*?'/i, '');
