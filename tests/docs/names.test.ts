import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conditionNames } from '../../hub/alerts/conditions.ts';
import { guides, readGuide } from './guides.ts';

const root = new URL('../../', import.meta.url).pathname;
const readmes = globSync('{hub,adapters,schemas,config,tests}/**/README.md', { cwd: root }).sort();
const security = globSync('docs/security/*.md', { cwd: root }).sort();
const documents = [...guides, ...security, ...readmes];
const folders = 'hub|adapters|schemas|tests|config|docs|\\.ci';
/** From the root, from the top folder, or from where the document lies: `hub/app.ts`, `exchange/sweep.ts` of hub/README.md. */
const namedPath = new RegExp(`\`((?:(?:${folders})/[^\`\\s<>*…:]+)|[\\w-]+/[\\w/-]+\\.ts)\``, 'g');
/** `gate.ts` of hub/doors/README.md: somewhere. */
const namedFile = /`([\w-]+\.ts)`/g;
/** What `npm run new-adapter` is told to make. */
const isMade = (path: string) => path.includes('parish-web');
/** `hub/app.ts` (`startHub`, `topicsOf`) */
const namedFunctions = /`([\w/.-]+\.ts)`\s\(((?:`\w+`(?:,\s)?)+)\)/g;
const link = /\]\(([^)\s]+)\)/g;

const sources = new Set(
  globSync('{hub,adapters,schemas,tests}/**/*.ts', { cwd: root }).map((path) => basename(path)),
);

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
    const [top = ''] = file.split('/');
    const from = ['', top === file ? '' : top, dirname(file)].map((folder) => join(root, folder));
    const isThere = (path: string) => from.some((folder) => existsSync(join(folder, path)));
    const named = [...prose.matchAll(namedPath)].map(([, path = '']) => path);
    expect(named.filter((path) => !isMade(path) && !isThere(path))).toEqual([]);
    const files = [...prose.matchAll(namedFile)].map(([, name = '']) => name);
    expect(files.filter((name) => !sources.has(name))).toEqual([]);
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
