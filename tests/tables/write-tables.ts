import type { Kysely, TableMetadata } from 'kysely';
import { columnTypes, origins, plainTypes } from './known-types.ts';

type Column = TableMetadata['columns'][number];

/** What the hub declares of its tables (hub/store/tables/tables.ts), from those of a migrated database. */
export async function writeTables(db: Pick<Kysely<unknown>, 'introspection'>): Promise<string> {
  const found = await db.introspection.getTables();
  const tables = found.filter(({ schema, name }) => schema === 'public' && !isMonth.test(name));
  refuseUnknown(tables);
  const imports = Object.entries(origins).map(
    ([from, names]) => `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';`,
  );
  const members = tables.map(({ name }) => `  ${name}: ${toTypeName(name)};`);
  return `// biome-ignore-all lint/style/noExcessiveLinesPerFile: one table, written by \`npm run tables\` from a migrated database.
import type { Generated } from 'kysely';
${imports.join('\n')}

/**
 * The tables of migrations/, which say what each column means. Ids are UUIDv7, times are Dates (UTC inside), a bigint is
 * text.
 */
export interface Tables {
${members.join('\n')}
}

${tables.map(toInterface).join('\n\n')}
`;
}

/** The part of a table that holds one month: it is reached through the whole table. */
const isMonth = /_\d{4}_\d{2}$/;

/** `raw_items`: RawItems. */
const toTypeName = (table: string) =>
  table.replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());

function toInterface({ name, columns }: TableMetadata): string {
  const members = columns.map((column) => `  ${column.name}: ${toType(name, column)};`);
  return `interface ${toTypeName(name)} {\n${members.join('\n')}\n}`;
}

function toType(table: string, { name, dataType, isNullable, hasDefaultValue }: Column): string {
  const known = columnTypes[`${table}.${name}`] ?? plainTypes[dataType];
  if (known === undefined)
    throw new Error(`${table}.${name} is ${dataType}: give it a type in known-types.ts`);
  const type = isNullable && known !== 'unknown' ? `${known} | null` : known;
  return hasDefaultValue ? `Generated<${type}>` : type;
}

/** A type for a column that is gone would stay for ever. */
function refuseUnknown(tables: TableMetadata[]): void {
  const there = new Set(
    tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)),
  );
  const gone = Object.keys(columnTypes).filter((column) => !there.has(column));
  if (gone.length > 0) throw new Error(`known-types.ts has types for what is not there: ${gone.join(', ')}`);
}
