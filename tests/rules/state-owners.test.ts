import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findWrites } from './find-writes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const owners: Record<string, string> = {
  links: 'hub/store/states/link-state.ts',
  boards: 'hub/store/states/board-state.ts',
  notices: 'hub/store/states/notice-state.ts',
};
/** Writes the tables of a list of its own, which names them as `table: '…'`. */
const listed = 'hub/store/prune.ts';
/** Copies whole tables when a migration changed them. */
const copied = 'hub/store/shadow/shadow-tables.ts';
/** Seals anew what its owner wrote, and changes nothing else of a row; and the list of its tables. */
const resealed = 'hub/store/sealing/reseal.ts';
const resealedTables = 'hub/store/sealing/sealed-tables.ts';
const files = globSync('hub/**/*.ts', { cwd: root });
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');

const findStateWrites = (text: string) => findWrites(text, Object.keys(owners));

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
    ["'truncate complaints, links'", 'links'],
    ['\'truncate only events *, only public."notices" cascade\'', 'notices'],
    ["'update /* c */ links set held = 1'", 'links'],
    ['`update -- which it is\n  links set held = 1`', 'links'],
    ["'delete/**/from -- all\\n boards'", 'boards'],
    ['\'update"links"set held = 1\'', 'links'],
    [`\`update -- x\n /* y */ $\{table} set held = 1\``, '?'],
    [`\`update public.$\{table} set held = 1\``, '?'],
    [`\`$\{verb} links\``, '?'],
    [`\`$\{verb} links set held = 1\``, '?'],
    [`\`with gone as ($\{verb} only links returning id) select 1\``, '?'],
    ["'update ' + table + ' set held = 1'", '?'],
    ["'update '.concat(table)", '?'],
    ["verb + ' links set held = 1'", '?'],
    ['"select format(\'update %I set held = 1\', t)"', '?'],
  ])('the rule sees: %s', (text, table) => {
    expect(findStateWrites(text)).toEqual([table]);
  });

  it('each table of a list is seen', () => {
    expect(findStateWrites("'truncate notices, events, links'")).toEqual(['notices', 'links']);
  });

  it.each([
    'select * from links where id = $1 for update',
    'insert into replay_links (replay_id) values ($1) on conflict do update set begun_at = now()',
    "db.selectFrom('boards').selectAll()",
    'insert into feed_changes (agency) select agency from links',
    'insert into feed_changes (agency, position) values ($1, $2) -- links',
    `\`no more than $\{most} links are replayed\``,
    `\`$\{links} links\``,
    "select * from links for update' + rest",
  ])('the rule passes over: %s', (text) => {
    expect(findStateWrites(text)).toEqual([]);
  });

  it('nobody else writes them', () => {
    expect(files.length).toBeGreaterThan(300);
    const writes = files.flatMap((file) =>
      findStateWrites(read(file))
        .filter((table) => owners[table] !== file && file !== resealedTables)
        .filter((table) => !([listed, copied, resealed].includes(file) && table === '?'))
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
      expect(new Set(findStateWrites(text))).toEqual(new Set([table]));
      expect(named.length).toBeGreaterThan(3);
      expect(named.map(([, name]) => name).filter((name) => !head.includes(`\`${name}\``))).toEqual([]);
    },
  );
});
