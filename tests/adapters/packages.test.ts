import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { samples, toChange } from '../../adapters/conformance/samples.ts';
import { AdapterPackageError, loadAdapterPackage } from '../../adapters/packages.ts';
import { adapterKinds, checkBoardSettings, createAdapter, loadAdapters } from '../../adapters/registry.ts';
import { afterOutcome, bringEvent, settleUnknown } from '../../adapters/relay/bring-event.ts';
import { wordReason } from '../../schemas/reason.ts';
import { runHub } from '../hub/command-line/run-hub.ts';
import { inWords } from '../support/in-words.ts';
import {
  installInProject,
  jsonlAdapter,
  jsonlFixture,
  makeFolder,
  removeFolder,
  writePackage,
} from '../support/processes/small-package.ts';
import { startTestHub } from '../support/test-hub.ts';
import { waitFor } from '../support/wait-for.ts';

// npm and whole processes, on machines with other things to do.
vi.setConfig({ testTimeout: 120_000 });

const folders: string[] = [];
afterAll(() => Promise.all(folders.map(removeFolder)));
const kept = async (folder: Promise<string>) => {
  folders.push(await folder);
  return folder;
};
const packaged = (...given: Parameters<typeof writePackage>) => kept(writePackage(...given));

const agency = (file: string) => ({
  code: 'village',
  name: { ko: '마을회' },
  officers: [{ name: '김담당' }],
  board: { adapter: 'jsonl', pollEvery: 0.2, settings: { file } },
});

async function boardWith(...titles: string[]): Promise<string> {
  const lines = titles.map((title, index) =>
    JSON.stringify({ no: index + 1, title, name: '홍길동', at: '2026-11-20 09:30:00' }),
  );
  const file = join(await kept(makeFolder()), 'board.jsonl');
  await writeFile(file, lines.join('\n'));
  return file;
}

describe('a package that npm installed from its folder', () => {
  test('serves config validate and adapter check, by its name', async () => {
    const project = await kept(installInProject(await packaged({ 'index.js': jsonlAdapter })));
    await mkdir(join(project, 'config/agencies'), { recursive: true });
    const village = join(project, 'config/agencies/village.yaml');
    await writeFile(village, stringify(agency(await boardWith('가로등이 고장났습니다'))));
    await writeFile(join(project, 'config/routing.yaml'), 'rules: []\ndefault: village\n');
    const env = { ADAPTER_PACKAGES: 'minwon-adapter-jsonl' };

    const check = ['adapter', 'check', 'village', '--config', 'config'];
    expect(await runHub(check, { env, cwd: project })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ok +map the posts +all 1 can be mapped/),
    });
    expect(await runHub(['config', 'validate', 'config'], { cwd: project })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no adapter "jsonl"; known: '),
    });
    await writeFile(village, stringify(agency('')));
    expect(await runHub(['config', 'validate', 'config'], { env, cwd: project })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/board/settings/file'),
    });
  });

  test('brings posts into a running hub, by the path of its folder', async () => {
    const folder = await packaged({ 'index.js': jsonlAdapter });
    const file = await boardWith('가로등이 고장났습니다', '버스가 오지 않습니다');
    const routing = { rules: [], default: 'village' };
    const hub = await startTestHub([agency(file)], routing, { ADAPTER_PACKAGES: folder });
    try {
      const titles = await waitFor('two complaints', async () => {
        const { rows } = await hub.store.pool.query(
          `select content->>'title' as title from complaints order by title`,
        );
        return rows.length === 2 && rows.map(({ title }) => title);
      });
      expect(titles).toEqual(['가로등이 고장났습니다', '버스가 오지 않습니다']);
    } finally {
      await hub.stop();
    }
  });

  test('must ship JavaScript where it is installed', async () => {
    const source = await packaged(
      { 'index.ts': 'export const adapter: object = {};' },
      { name: 'minwon-adapter-ts', version: '1.0.0', type: 'module', exports: './index.ts' },
    );
    const project = await kept(installInProject(source));
    const env = { ADAPTER_PACKAGES: 'minwon-adapter-ts' };
    expect(await runHub(['config', 'validate'], { env, cwd: project })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'ships TypeScript, which Node runs nowhere below node_modules; it must ship JavaScript',
      ),
    });
  });
});

describe('npm run conformance', () => {
  const conformance = async (...args: string[]) => {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, [main, ...args])) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };

  test('tries a package by its own sample board, and writes its certificate', async () => {
    const folder = await packaged({ 'index.js': jsonlAdapter, 'conformance.js': jsonlFixture });
    const { code, stdout } = await conformance(folder, '--out', join(folder, 'out'));
    // A file knows no trouble, so what trouble means to this adapter cannot be shown.
    expect(code).toBe(1);
    expect(stdout).toContain('Conformance of adapter jsonl 2.1.0 with contract 1, ');
    expect(stdout).toContain(
      'kept           pull gives every post once, oldest change first, over several pages',
    );
    expect(stdout).toContain('does not write to its board (no push)');
    expect(stdout).toMatch(
      /broken +a large board comes in portions that do not grow with it: 120 of 120 posts/,
    );
    expect(await readFile(join(folder, 'out/jsonl.txt'), 'utf8')).toBe(stdout);
    const certificate = JSON.parse(await readFile(join(folder, 'out/jsonl.json'), 'utf8'));
    expect(certificate).toMatchObject({ adapter: 'jsonl', version: '2.1.0', contract: 1 });
    expect(certificate.laws).toContainEqual({
      law: 'normalise never throws, whatever it is given',
      result: 'kept',
    });
  });

  test('says what it cannot try', async () => {
    expect(await conformance('./nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not found'),
    });
    const folder = await packaged({ 'index.js': jsonlAdapter });
    expect(await conformance(folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('minwon-adapter-jsonl: its sample board cannot be loaded from'),
    });
  });
});

describe('what is wrong is told', () => {
  const kind = (changes: string) =>
    `export const adapter = { contractVersion: 1, name: 'x', settings: {}, checkSettings() {}, create() {}, ${changes} };`;
  test.each([
    ['nothing exported', 'export const other = 1;', 'exports no "adapter"'],
    ['another contract', kind('contractVersion: 99'), 'was written for contract 99, and this hub has 1'],
    ['no contract', kind('contractVersion: undefined'), 'was written for contract undefined'],
    ['a kind that is none', 'export const adapter = 42;', 'is no kind of board'],
    ['a kind without parts', kind('create: 1, settings: 1'), 'lacks settings (a JSON Schema), create()'],
    ['a name that is no word', kind("name: 'My Board'"), 'its name must be a word'],
    ['an error while loading', 'throw new Error("no licence");', 'cannot be loaded: no licence'],
    ['a mistake in the code', 'export const = 1;', 'cannot be loaded: '],
    [
      'a missing dependency',
      'import "no-such-package-7f3a"; export const adapter = 1;',
      'no-such-package-7f3a',
    ],
    [
      'a factory that throws',
      'export const adapter = () => { throw new Error("no"); };',
      'cannot be made: no',
    ],
  ])('%s', async (_what, source, problem) => {
    const folder = await packaged({ 'index.js': source });
    const error = await loadAdapterPackage(folder, '/').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AdapterPackageError);
    expect((error as Error).message).toContain(`adapter package ${folder}: `);
    expect((error as Error).message).toContain(problem);
  });

  test('what is not there, and a package.json that cannot be read', async () => {
    const folder = await packaged({}, '{ "name": ');
    await expect(loadAdapterPackage(folder, '/')).rejects.toThrow('its package.json cannot be read');
    await expect(loadAdapterPackage('./nowhere', folder)).rejects.toThrow('not found: there is no ');
    await expect(loadAdapterPackage('minwon-adapter-nowhere', folder)).rejects.toThrow(
      `not found: it is installed neither in ${folder} nor beside the hub`,
    );
  });

  test('all of it at once, and a clear end of every command', async () => {
    const folder = await packaged({ 'index.js': kind('contractVersion: 2') });
    const env = { ADAPTER_PACKAGES: `./nowhere, ${folder}` };
    const { code, stderr } = await runHub(['config', 'validate'], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/ADAPTER_PACKAGES: .*nowhere.*not found(.|\n)*ADAPTER_PACKAGES: .*contract 2/);
  });
});

/** As packages did before reasons were data, and may still do. */
const wordy = `
export const adapter = (kit) => ({
  name: 'wordy',
  contractVersion: 1,
  settings: { type: 'object', additionalProperties: false, properties: { file: { type: 'string' } } },
  checkSettings: (given) => (given?.file ? [] : [{ pointer: '/file', message: '파일이 필요합니다' }]),
  create: () => ({
    carries: new Set(['registered']),
    normalise: async () => ({ ok: false, problems: [{ pointer: '/content/title', message: '제목이 없습니다' }] }),
    push: async () => ({
      kind: 'refused', reason: '받지 않습니다', fields: [{ pointer: '/content/body', message: '너무 깁니다' }],
    }),
    find: async () => { throw new kit.BoardError('unreachable', '점검 중입니다'); },
    fetchAttachment: async () => { throw kit.toBoardError(new kit.HttpError('refused', '파일이 없습니다')); },
    check: async (signal) => kit.checkReading(async () => [{ externalId: '1', version: '1', raw: {} }], async () =>
      ({ ok: false, problems: [{ pointer: '/content/title', message: '제목이 없습니다' }] })),
    close: async () => {},
  }),
});
`;

test('a package may say why in words, which are shown as they are', async () => {
  expect(await loadAdapters([await packaged({ 'index.js': wordy })], '/')).toEqual([]);
  const connection = { adapter: 'wordy', settings: {} };
  expect(checkBoardSettings(connection)).toEqual([
    { pointer: '/settings/file', reason: { code: 'said', said: '파일이 필요합니다' } },
  ]);

  const adapter = createAdapter(connection, { agency: 'a', timeZone: 'Asia/Seoul', secret: () => '' });
  const target = { adapter, connection, cut: new AbortController().signal };
  const sending = { change: toChange(samples.registered), key: 'k', tries: 0 };
  const parked = afterOutcome(await bringEvent(target, sending), 0);
  if (parked.kind !== 'parked') throw new Error(parked.kind);
  for (const language of ['ko', 'en'] as const)
    expect(wordReason(parked.reason, language)).toBe('받지 않습니다; /content/body: 너무 깁니다');

  const later = await settleUnknown(target, sending);
  if (later?.kind !== 'later') throw new Error(later?.kind);
  expect(later.reason.params).toEqual({ detail: { code: 'said', said: '점검 중입니다' } });
  expect(wordReason(later.reason, 'ko')).toBe('지금 게시판에 물어볼 수 없습니다: 점검 중입니다');

  const { signal } = new AbortController();
  await expect(adapter.fetchAttachment?.({} as never, signal)).rejects.toMatchObject({
    kind: 'malformed',
    reason: { code: 'said', said: '파일이 없습니다' },
  });
  const { lines } = await adapter.check(signal);
  expect(inWords(lines.at(-1))).toMatchObject({ detail: '/content/title 제목이 없습니다' });
});

test('a name is given once; a package that is named twice is loaded once', async () => {
  const like = (name: string) => jsonlAdapter.replace("name: 'jsonl'", `name: '${name}'`);
  const clash = await packaged({ 'index.js': like('rest') });
  expect(await loadAdapters([clash], '/')).toEqual([
    expect.stringContaining('there is an adapter "rest" already, of the hub itself'),
  ]);
  expect(adapterKinds.rest).not.toHaveProperty('contractVersion');

  const first = await packaged({ 'index.js': like('parish') });
  expect(await loadAdapters([first, first], '/')).toEqual([]);
  expect(checkBoardSettings({ adapter: 'parish', settings: {} })).toEqual([
    expect.objectContaining({ pointer: expect.stringContaining('/settings') }),
  ]);
  const second = await packaged({ 'index.js': like('parish') });
  expect(await loadAdapters([second], '/')).toEqual([
    expect.stringContaining('there is an adapter "parish" already, of minwon-adapter-jsonl'),
  ]);
});

test('the entry of a package is what import would take', async () => {
  const manifest = (exports: unknown) => ({ name: 'p', version: '1.0.0', type: 'module', exports });
  const targets = [
    './lib/entry.js',
    { '.': './lib/entry.js' },
    { '.': { types: './x.d.ts', import: './lib/entry.js' } },
  ];
  for (const target of targets) {
    const folder = await packaged({ 'index.js': jsonlAdapter }, manifest(target));
    await mkdir(join(folder, 'lib'));
    await rename(join(folder, 'index.js'), join(folder, 'lib/entry.js'));
    expect(await loadAdapterPackage('.', folder)).toMatchObject({ name: 'p', version: '1.0.0', folder });
  }
});
