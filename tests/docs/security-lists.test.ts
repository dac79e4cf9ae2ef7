import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../hub/settings.ts';
import { levelOne, levelTwo } from './asvs-ids.ts';
import { readGuide } from './guides.ts';
import { weaknessNames } from './weakness-names.ts';

const root = new URL('../../', import.meta.url).pathname;

/** One line of a list: what is asked, whether it holds, and where that is shown or why not. */
interface Line {
  id: string;
  /** The level, or the English name. */
  second: string;
  state: string;
  shown: string;
}

/** Lines of the tables: `| id | level | in our words | state | where shown, or why |`. */
const readLines = (file: string): Line[] =>
  readGuide(file)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (id|약점|state) \|/.test(line))
    .map((line) => {
      const [id = '', second = '', , state = '', ...shown] = line.slice(2, -2).split(' | ');
      return { id, second, state, shown: shown.join(' | ') };
    });

const states = ['holds', 'by construction', 'not applicable', 'operator', 'missing'] as const;
const asvs = readLines('docs/security/asvs.md');
const weaknesses = readLines('docs/security/weaknesses.md');
const all = [...asvs, ...weaknesses];

/** `tests/…/a.test.ts` "words of a title", with more titles of the same file behind a comma. */
const citation = /`(tests\/[^`]+\.test\.ts)`((?:,? "[^"]+")+)/g;
const cite = ({ shown }: Line) =>
  [...shown.matchAll(citation)].flatMap(([, file = '', quoted = '']) =>
    [...quoted.matchAll(/"([^"]+)"/g)].map(([, words = '']) => ({ file, words })),
  );

/** Titles of tests that are run: first arguments of `it`, `test`, `describe`, also behind `each`, and names of its rows. */
function listTitles(file: string): string[] {
  const source = readFileSync(root + file, 'utf8').replace(/^\s*\/\/.*$/gm, '');
  const titles =
    /(?:(?<![\w.])(?:it|test|describe)(?:\.(?:each|for|concurrent)\b)*(?:<[^(]*>)?\(|\)\()\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`)/g;
  const rows = /^\s*\[\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"),/gm;
  return [...source.matchAll(titles), ...source.matchAll(rows)].map(([, a, b, c]) =>
    (a ?? b ?? c ?? '').replace(/\\(.)/g, '$1'),
  );
}

describe('the list of OWASP ASVS 5.0.0', () => {
  it('has the 70 requirements of level 1 and the 183 of level 2, each once, with its level', () => {
    expect([levelOne.length, levelTwo.length]).toEqual([70, 183]);
    const asked = [...levelOne.map((id) => `${id} 1`), ...levelTwo.map((id) => `${id} 2`)];
    expect(new Set(asked).size).toBe(253);
    expect(asvs.map(({ id, second }) => `${id} ${second}`).sort()).toEqual(asked.sort());
  });
});

describe('the list of weaknesses', () => {
  it('has the 49 of the guideline in their order and groups, each once', () => {
    const asked = Object.values(weaknessNames).flat();
    expect(asked).toHaveLength(49);
    expect(weaknesses.map(({ id }) => id)).toEqual(asked);
    const headings = [...readGuide('docs/security/weaknesses.md').matchAll(/^## (.+)$/gm)];
    expect(headings.map(([, title]) => title)).toEqual(Object.keys(weaknessNames));
  });
});

describe('a line of a list', () => {
  it('has one of the states', () => {
    expect(all.filter(({ state }) => !(states as readonly string[]).includes(state))).toEqual([]);
  });

  it('that holds names a test, which is there, by words of its title', () => {
    const held = all.filter(({ state }) => state === 'holds');
    expect(held.length).toBeGreaterThan(100);
    expect(held.filter((line) => cite(line).length === 0)).toEqual([]);
  });

  it('cites nothing that is not there, whatever its state', () => {
    const wrong = all.flatMap((line) => {
      const mentioned = [...line.shown.matchAll(/`(tests\/[^`]+\.test\.ts)`/g)].map(([, file]) => file);
      const cited = cite(line);
      const bare = mentioned.filter((file) => !cited.some((one) => one.file === file));
      const absent = cited.filter(
        ({ file, words }) =>
          !existsSync(root + file) || !listTitles(file).some((title) => title.includes(words)),
      );
      return [
        ...bare.map((file) => `${line.id}: ${file} without a title`),
        ...absent.map((one) => `${line.id}: ${one.file} "${one.words}"`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('that holds by construction says why and in which file', () => {
    const lines = all.filter(({ state }) => state === 'by construction');
    const files = ({ shown }: Line) =>
      [...shown.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`|\]\(([^)#\s]+)/g)]
        .map(([, named, linked]) => named ?? `docs/security/${linked}`)
        .filter((path) => existsSync(root + path));
    expect(lines.filter((line) => files(line).length === 0 || toReason(line).length < 20)).toEqual([]);
  });

  it('that is not applicable, missing or for the operator has a reason', () => {
    const lines = all.filter(({ state }) => ['not applicable', 'missing', 'operator'].includes(state));
    expect(lines.filter((line) => toReason(line).length < 20)).toEqual([]);
  });

  it('for the operator leads to where it is said', () => {
    const lines = all.filter(({ state }) => state === 'operator');
    expect(lines.filter(({ shown }) => !/\]\([\w./-]+\.md(#[\w-]+)?\)/.test(shown))).toEqual([]);
  });

  it('names settings that there are', () => {
    const known = Object.keys(settingsSchema.properties);
    const named = all.flatMap(({ shown }) => [...shown.matchAll(/`([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)`/g)]);
    expect(named.length).toBeGreaterThan(5);
    expect(named.map(([, name]) => name).filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });
});

/** What a line says in words, without what it cites. */
const toReason = ({ shown }: Line) =>
  shown
    .replace(citation, '')
    .replace(/`[^`]*`|\[[^\]]*\]\([^)]*\)/g, '')
    .trim();

it('the README counts the lines by state as they are', () => {
  const counted = [
    ...readGuide('docs/security/README.md').matchAll(/^\| `([a-z ]+)` \| (\d+) \| (\d+) \|/gm),
  ];
  const count = (lines: Line[], state: string) => lines.filter((line) => line.state === state).length;
  expect(counted.map(([, state, one, other]) => [state, Number(one), Number(other)])).toEqual(
    states.map((state) => [state, count(asvs, state), count(weaknesses, state)]),
  );
});

it('the inventories name every setting that holds a key or an address, and no other setting', () => {
  const text = readGuide('docs/security/inventories.md');
  const known = Object.keys(settingsSchema.properties);
  const asked = known.filter((name) =>
    /_(URL|KEY|SECRET|KEY_FILE|CERT_FILE|ENDPOINT|PORT)$|^PORT$/.test(name),
  );
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  const named = [...text.matchAll(/`([A-Z][A-Z0-9]+_[A-Z0-9_]+)`/g)].map(([, name]) => name ?? '');
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});
