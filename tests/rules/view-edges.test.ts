import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Texts } from '../../hub/web/texts.ts';
import { listWords } from '../../hub/words/vocabulary.ts';

const root = new URL('../../', import.meta.url).pathname;
const find = (pattern: string) => globSync(pattern, { cwd: root });
const frame = 'hub/console';
const shared = 'hub/web';
const viewsOf = (room: string) => find(`${room}/views/*.liquid`);
const namesOf = (room: string) => viewsOf(room).map((file) => basename(file, '.liquid'));
const areas = find(`${frame}/*/views`).map(dirname);

const listMatches = (source: string, pattern: RegExp) =>
  [...source.matchAll(pattern)].map(([, name = '']) => name);
const listRendered = (source: string) => listMatches(source, /\{%-? *(?:render|layout) '([^']+)'/g);
/** Keys are written out, or begin with a word and go on with a variable. */
const listKeys = (source: string) => [
  ...listMatches(source, /'([a-z_]+\.[a-z_]+)' \| t\b/g),
  ...listMatches(source, /\b(?:label|hint|choose|none): '([a-z_]+\.[a-z_]+)'/g),
  ...listMatches(source, /'([a-z_]+\.)' \| append/g),
  ...listMatches(source, /\bwords?: '([a-z_]+)'/g).map((area) => `${area}.`),
];

async function listTexts(room: string): Promise<string[]> {
  const modules = await Promise.all(
    find(`${room}/**/*-texts.ts`).map((file) => import(root + file) as Promise<Record<string, Texts>>),
  );
  return modules.flatMap((module) => Object.values(module).flatMap((texts) => Object.keys(texts)));
}

/** What each view of a room names, without what it may name: `file: name`. */
const findForeign = (room: string, list: (source: string) => string[], may: (name: string) => boolean) =>
  viewsOf(room).flatMap((file) =>
    list(readFileSync(root + file, 'utf8')).flatMap((name) => (may(name) ? [] : [`${file}: ${name}`])),
  );

/** Areas that are built on another one: they may use its views and its texts. */
const builtOn: Record<string, string[]> = { 'hub/console/desk': ['hub/console/complaints'] };
const within = (area: string) => [area, ...(builtOn[area] ?? [])];

const words = Object.keys(listWords());
const defines = (keys: string[]) => (name: string) =>
  name.endsWith('.') ? keys.some((key) => key.startsWith(name)) : keys.includes(name);

it('the rules see the views of every area, and what they name', () => {
  expect(areas.map((area) => basename(area)).sort()).toEqual([
    'agencies',
    'catalogue',
    'complaints',
    'configuration',
    'desk',
    'engineer',
    'insight',
    'oversight',
    'people',
    'rehearsal',
    'repairs',
    'rules',
    'workbench',
  ]);
  const source =
    "{%- render 'field', label: 'a.b', words: 'c' %}{% layout 'd' %}{{ 'e.f' | t: 1 }}{{ x | word: 'g' }}";
  expect(listRendered(source)).toEqual(['field', 'd']);
  expect(listKeys(source).sort()).toEqual(['a.b', 'c.', 'e.f', 'g.']);
});

it('each view has a name of its own: all are found by name alone', () => {
  const names = [...areas, frame, shared].flatMap(namesOf);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

describe.each(areas)('the views of %s', (area) => {
  it('render only their own, those of the frame and the shared ones', () => {
    const names = [...within(area), frame, shared].flatMap(namesOf);
    expect(findForeign(area, listRendered, (name) => names.includes(name))).toEqual([]);
  });

  it('use texts of their own, shared ones and words of the vocabulary', async () => {
    const own = await Promise.all(within(area).map(listTexts));
    const keys = [...own.flat(), ...(await listTexts(shared)), ...words];
    expect(findForeign(area, listKeys, defines(keys))).toEqual([]);
  });
});

describe('the shared views', () => {
  it('render only each other', () => {
    const names = namesOf(shared);
    expect(findForeign(shared, listRendered, (name) => names.includes(name))).toEqual([]);
  });

  it('use shared texts and words of the vocabulary', async () => {
    expect(findForeign(shared, listKeys, defines([...(await listTexts(shared)), ...words]))).toEqual([]);
  });
});
