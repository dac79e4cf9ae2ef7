import type { BoardAdapter, ShapePlace } from '../contract.ts';
import { listCodeFields, listNamesRead } from '../kit/mapping/expression-names.ts';
import { namesBelow, shapeOfValues } from '../kit/mapping/shape.ts';
import { toBoardError } from '../kit/outcome/call-error.ts';
import { SqlError } from '../kit/sql-errors.ts';
import type { SqlSettings } from './config.ts';
import type { SqlSession } from './dialects/dialect.ts';
import { listNeededRights } from './files/rights.ts';
import { readPage } from './rows/read.ts';
import type { ConnectedParts as Parts } from './rows/work.ts';

/** The tables in use (`minwon`) and all their columns (`minwon.subject`), from the database's own catalogue. */
export function createSqlShape(parts: Parts): Required<Pick<BoardAdapter, 'shape' | 'usesOf'>> {
  let uses: ReturnType<typeof listUses> | undefined;
  return {
    async shape(signal) {
      try {
        const places = await parts.client.use(signal, (session) => describe(parts, session));
        return withCodes(places, await findUnmapped(parts, signal));
      } catch (error) {
        throw toBoardError(error);
      }
    },
    usesOf(place) {
      // Most adapters are never asked for this.
      uses ??= listUses(parts.settings);
      return [...(uses.get(place) ?? [])];
    },
  };
}

async function describe({ settings, dialect }: Parts, session: SqlSession): Promise<ShapePlace[]> {
  const places: ShapePlace[] = [];
  for (const table of listNeededRights(settings).keys()) {
    const shape = await dialect.describe(session, table);
    if (!shape) continue;
    places.push({ place: table, type: 'table' });
    for (const { name, type, nullable, characters, charset } of shape.columns.values())
      places.push({
        place: `${table}.${name}`,
        type,
        nullable,
        ...(characters !== undefined && { length: characters }),
        ...(charset && { charset }),
      });
  }
  return places;
}

const day = 86_400_000;

/** The unknown codes in the posts of the last day, by column. Empty if these posts can no longer be read. */
async function findUnmapped(parts: Parts, signal: AbortSignal): Promise<Map<string, string[]>> {
  const { pull, codes: tables = {}, normalise = '{}' } = parts.settings;
  const fields = listCodeFields(normalise);
  const found = new Map<string, string[]>();
  if (!pull || fields.length === 0) return found;
  const since = new Date(Date.now() - day).toISOString();
  try {
    const rows = await parts.client.use(signal, (session) =>
      readPage(parts, session, pull, parts.timeZone, { since, page: 1 }),
    );
    const places = shapeOfValues(
      'post',
      rows.map(({ raw }) => raw),
      { codes: { fields, tables } },
    );
    for (const { place, unmapped } of places)
      if (unmapped) found.set(toColumn(pull, namesBelow('post', place) ?? []), unmapped);
  } catch (error) {
    // A table or column is gone. The list of places shows it.
    if (!(error instanceof SqlError) || error.kind !== 'refused') throw error;
  }
  return found;
}

/** The column from which a field of a post, or of one of its children, comes. */
function toColumn({ table, children = {} }: NonNullable<SqlSettings['pull']>, names: string[]): string {
  const [first = '', second] = names;
  return second === undefined ? `${table}.${first}` : `${children[first]?.table ?? table}.${second}`;
}

const withCodes = (places: ShapePlace[], unmapped: Map<string, string[]>): ShapePlace[] =>
  places.map((one) => ({
    ...one,
    ...(unmapped.has(one.place) && { unmapped: unmapped.get(one.place) ?? [] }),
  }));

/** The pointers in the settings at which each table and column is named, by place. */
function listUses({
  pull,
  push = {},
  carries,
  normalise = '{}',
  files,
  filesIn,
}: SqlSettings): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  const add = (place: string, pointer: string) =>
    uses.set(place, (uses.get(place) ?? new Set()).add(pointer));
  /** Reports one group of settings with a single pointer, because one per column would be too many. */
  const addAll = (part: SqlSettings, pointer: string) => {
    for (const [table, rights] of listNeededRights(part)) {
      add(table, pointer);
      for (const columns of Object.values(rights))
        for (const column of columns) add(`${table}.${column}`, pointer);
    }
  };
  const only = (part: Partial<SqlSettings>) => part as SqlSettings;
  if (pull) {
    addAll(only({ pull }), '/pull');
    const read = listNamesRead(normalise);
    const sources = [pull, ...Object.values(pull.children ?? {})];
    for (const { table, columns } of sources)
      for (const column of columns) if (read.has(column)) add(`${table}.${column}`, '/normalise');
  }
  for (const [type, steps] of Object.entries(push))
    if (!carries || carries.some((carried) => carried === type))
      addAll(only({ push: { [type]: steps } }), `/push/${type}`);
  if (files && filesIn !== undefined) addAll(only({ files, filesIn }), '/files');
  return uses;
}
