import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conditionNames } from '../../hub/alerts/conditions.ts';
import { guides, readGuide } from './guides.ts';

const root = new URL('../../', import.meta.url).pathname;
const documents = [...guides, 'hub/README.md'];
const folders = 'hub|adapters|schemas|tests|config|docs|\\.ci';
/** From the root, or from where the document lies: `hub/app.ts`, `exchange/sweep.ts` of hub/README.md. */
const namedPath = new RegExp(`\`((?:(?:${folders})/[^\`\\s<>*…:]+)|[\\w-]+/[\\w/-]+\\.ts)\``, 'g');
/** `hub/app.ts` (`startHub`, `topicsOf`) */
const namedFunctions = /`([\w/.-]+\.ts)`\s\(((?:`\w+`(?:,\s)?)+)\)/g;
const link = /\]\(([^)\s]+)\)/g;

const headingsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(documents)('%s', (file) => {
  const text = readGuide(file);
  const prose = text.replace(/<!-- rooms -->[\s\S]*<!-- end of rooms -->/, '');

  it('names files and folders that are there', () => {
    const named = [...prose.matchAll(namedPath)].map(([, path = '']) => path);
    const isThere = (path: string) =>
      [root, join(root, dirname(file))].some((from) => existsSync(join(from, path)));
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it('names functions that are in the file beside them', () => {
    const missing = [...prose.matchAll(namedFunctions)].flatMap(([, path = '', names = '']) => {
      const source = readFileSync(join(root, path), 'utf8');
      return [...names.matchAll(/\w+/g)]
        .filter(
          ([name]) => !new RegExp(`\\b(function|const|type|interface) ${name}\\b|\\b${name}\\(`).test(source),
        )
        .map(([name]) => `${path} has no ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('links to what is there', () => {
    const targets = [...text.matchAll(link)]
      .map(([, target = '']) => target)
      .filter((target) => !/^https?:/.test(target));
    const broken = targets.filter((target) => {
      const [path = '', anchor] = target.split('#');
      const there = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(root, there))) return true;
      return anchor !== undefined && !headingsOf(readGuide(there)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

it('docs/architecture.md names a function at most steps of the way', () => {
  expect([...readGuide('docs/architecture.md').matchAll(namedFunctions)].length).toBeGreaterThan(30);
});

it('docs/architecture.md says of each table what a row of it is', () => {
  const created = globSync('hub/store/migrations/*.sql', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^create (?:unlogged )?table (\w+)/gm)].map(
      ([, table]) => table,
    ),
  );
  const guide = readGuide('docs/architecture.md');
  expect(created.length).toBeGreaterThan(30);
  expect(created.filter((table) => !guide.includes(`\`${table}\``))).toEqual([]);
});

it('docs/operate.md says what each alert wants done', () => {
  const table = readGuide('docs/operate.md').split('## What each alert wants done')[1] ?? '';
  const rows = [...table.matchAll(/^\| `([a-z-]+)` \| (.+) \| (.+) \|$/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual([...conditionNames].sort());
});
