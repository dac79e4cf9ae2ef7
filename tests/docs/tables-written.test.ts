import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { findWrites } from '../rules/find-writes.ts';
import { readGuide } from './guides.ts';

const root = new URL('../../', import.meta.url).pathname;
const read = (file: string) => readFileSync(join(root, file), 'utf8');
/** What lies in `hub/store/shadow` writes copies of the tables, which hold nothing real. */
const sources = globSync('hub/**/*.ts', { cwd: root, exclude: ['hub/store/shadow/**'] }).sort();

const tables = [...globSync('hub/store/migrations/*.sql', { cwd: root }), 'hub/store/migrate.ts'].flatMap(
  (file) =>
    [...read(file).matchAll(/\bcreate (?:unlogged )?table (?:if not exists )?(\w+)/g)].map(
      ([, table = '']) => table,
    ),
);
const writes = sources.map((file) => ({ file, tables: findWrites(read(file), tables) }));

/** A file by its path, or by its name if no other file of the hub has that name. */
function findFile(name: string): string {
  const found = sources.filter((file) => file === name || basename(file) === name);
  return found.length === 1 ? String(found[0]) : `${name}: names ${found.length} files`;
}

const quoted = (cell: string, pattern: RegExp) => [...cell.matchAll(pattern)].map(([, name = '']) => name);

/** The rows of the guide: their tables, and the files that it says to write them. */
const rows = readGuide('docs/architecture.md')
  .split('\n## ')
  .filter((section) => section.startsWith('The tables\n'))
  .flatMap((section) => [...section.matchAll(/^\| (`.+?) \| .+ \| (.+) \|$/gm)])
  .map(([, names = '', written = '']) => ({
    tables: quoted(names, /`(\w+)`/g),
    files: quoted(written, /`([\w/-]+\.ts)`/g).map(findFile),
  }));

it('the guide has every table once', () => {
  expect(tables.length).toBeGreaterThan(30);
  expect(rows.flatMap((row) => row.tables).sort()).toEqual([...tables].sort());
});

it.each(rows)('the guide names the files that write $tables', (row) => {
  const writing = writes.filter((file) => file.tables.some((table) => row.tables.includes(table)));
  expect(row.files.toSorted()).toEqual(writing.map(({ file }) => file));
});
