import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const owners: Record<string, string> = {
  links: 'hub/store/states/link-state.ts',
  boards: 'hub/store/states/board-state.ts',
  notices: 'hub/store/states/notice-state.ts',
};
/** Writes the tables of a list of its own, which names them as `table: '…'`. */
const listed = 'hub/store/prune.ts';
const files = globSync('hub/**/*.ts', { cwd: root });
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');

/** A table's name after a verb that writes it, or what TypeScript puts in its place, which hides it from this rule. */
const inSql =
  /\b(?:update|insert\s+into|delete\s+from|merge\s+into|truncate(?:\s+table)?|copy)\s+(?:only\s+)?(?:"?public"?\.)?(?:"?(links|boards|notices)\b|\$\{)/gi;
const inKysely =
  /\.(?:updateTable|insertInto|replaceInto|deleteFrom|mergeInto)\(\s*(?:\[\s*)?(?:['"`](links|boards|notices)\b|[^'"`[\s])/g;
const inList = /\btable:\s*['"`](links|boards|notices)\b/g;

/** The tables that a file's text writes; `?`: one that it does not name. */
function findWrites(text: string): string[] {
  const joined = text.replaceAll(/['"`]\s*\+\s*['"`]/g, '');
  return [inSql, inKysely, inList].flatMap((pattern) =>
    [...joined.matchAll(pattern)].map(([, table]) => table?.toLowerCase() ?? '?'),
  );
}

describe('tables links, boards and notices are written by their owner in hub/store/states alone', () => {
  it.each([
    ["await pool.query('update links set held = 1')", 'links'],
    ['await pool.query(`\n  INSERT INTO\n    boards (agency)\n  values ($1)`)', 'boards'],
    ['`with gone as (delete from notices n where n.id = $1 returning id) select * from gone`', 'notices'],
    ['`with a as (select 1), b as (update only links l set held = x.held from a x) select 1`', 'links'],
    ['sql`update public.boards set poll_at = now()`.execute(trx)', 'boards'],
    ['\'update "links" set held = 1\'', 'links'],
    ["'update ' +\n  'notices set tries = 0'", 'notices'],
    ["'truncate table links'", 'links'],
    [`\`update $\{table} set held = 1\``, '?'],
    ["db\n  .updateTable('links')\n  .set({ held: 1 })", 'links'],
    ["trx.insertInto( 'boards' ).values(row)", 'boards'],
    ["db.deleteFrom(['notices as n']).execute()", 'notices'],
    ['db.updateTable(table).set(row)', '?'],
    ["{ table: 'notices', where: 'created_at < now()' }", 'notices'],
  ])('the rule sees: %s', (text, table) => {
    expect(findWrites(text)).toEqual([table]);
  });

  it.each([
    'select * from links where id = $1 for update',
    'insert into replay_links (replay_id) values ($1) on conflict do update set begun_at = now()',
    "db.selectFrom('boards').selectAll()",
    'insert into feed_changes (agency) select agency from links',
  ])('the rule passes over: %s', (text) => {
    expect(findWrites(text)).toEqual([]);
  });

  it('nobody else writes them', () => {
    expect(files.length).toBeGreaterThan(300);
    const writes = files.flatMap((file) =>
      findWrites(read(file))
        .filter((table) => owners[table] !== file && !(file === listed && table === '?'))
        .map((table) => `${file}: ${table}`),
    );
    expect(writes, 'name the change as a transition in hub/store/states').toEqual([]);
  });

  it.each(Object.entries(owners))(
    'the owner of %s names each transition in the table at its head',
    (table, owner) => {
      const text = read(owner);
      const head = text.slice(0, text.indexOf('*/'));
      const named = [...text.matchAll(/^export (?:async function|function|const) (\w+)/gm)];
      expect(new Set(findWrites(text))).toEqual(new Set([table]));
      expect(named.length).toBeGreaterThan(3);
      expect(named.map(([, name]) => name).filter((name) => !head.includes(`\`${name}\``))).toEqual([]);
    },
  );
});
