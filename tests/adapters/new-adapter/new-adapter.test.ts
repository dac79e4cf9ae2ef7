import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Certificate } from '../../../adapters/conformance/certificate.ts';
import { fillingOf } from './filling.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('../../..', import.meta.url));
let copy: string;

/** A copy of the repository: its own files, and the packages of this one. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'minwon-hub-copy-'));
  const parts = ['adapters', 'schemas', 'hub', 'tests', 'package.json', 'tsconfig.json', 'biome.json'];
  for (const part of [...parts, 'vitest.config.ts'])
    await cp(join(here, part), join(copy, part), { recursive: true });
  await symlink(join(here, 'node_modules'), join(copy, 'node_modules'));
  // Biome asks for the ignored files of a repository.
  await run('git', ['init', '--quiet', copy]);
  await writeFile(join(copy, '.gitignore'), 'node_modules\n');
}, 60_000);
afterAll(() => rm(copy, { recursive: true, force: true }));

async function newAdapter(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const main = join(copy, 'tests/adapters/new-adapter/main.ts');
    return { code: 0, ...(await run(process.execPath, [main, ...args], { cwd: copy })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

/** The certificate of an adapter of the copy; its fixture needs no server of the tests. */
async function certify(name: string, start: string): Promise<Certificate> {
  const file = join(copy, 'certify.ts');
  await writeFile(
    file,
    `import { certify } from './adapters/conformance/certificate.ts';
import { conformanceLaws as laws } from './adapters/conformance/conformance.ts';
import { adapterKinds } from './adapters/registry.ts';
import { ${start} as startFixture } from './tests/adapters/conformance/${name}-fixture.ts';
const of = { adapter: adapterKinds['${name}']?.name ?? 'not listed', version: '0', contract: 1 };
console.log(JSON.stringify(await certify({ laws, startFixture }, of)));
`,
  );
  const { stdout } = await run(process.execPath, [file], { cwd: copy, timeout: 120_000 });
  await rm(file);
  return JSON.parse(stdout);
}

const listed = [
  'adapters/parish-web',
  'tests/boards/parish-web-board',
  'tests/adapters/conformance/parish-web-fixture.ts',
  'adapters/kinds.ts',
  'tests/adapters/conformance/board-fixture.ts',
];

const lawsThat = ({ laws }: Certificate, result: string) => laws.filter((one) => one.result === result);

/** Whatever is wrong with the copy, as `npm run check` would tell it. */
async function check(): Promise<string> {
  const tools = [
    ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', ...listed],
    ['typescript/bin/tsc', '--noEmit'],
  ];
  const said = tools.map(([file = '', ...args]) =>
    run(process.execPath, [join(copy, 'node_modules', file), ...args], { cwd: copy }).then(
      () => '',
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    ),
  );
  return (await Promise.all(said)).join('');
}

test('a new adapter passes lint and types, and breaks only laws that wait for its author', async () => {
  const made = await newAdapter('parish-web');
  expect(made).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('npm run conformance -- parish-web'),
  });
  expect((await readdir(join(copy, 'adapters/parish-web'))).sort()).toEqual(
    ['README.md', 'client.ts', 'config.ts', 'index.ts', 'mapping.ts', 'not-filled-in.ts'].sort(),
  );
  expect(await check()).toBe('');

  const certificate = await certify('parish-web', 'startParishWebFixture');
  expect(certificate.adapter).toBe('parish-web');
  for (const { law, why } of lawsThat(certificate, 'broken'))
    expect(`${law}: ${why}`).toContain('is not filled in yet');
  expect(lawsThat(certificate, 'broken').length).toBeGreaterThan(30);
  expect(lawsThat(certificate, 'kept').map(({ law }) => law)).toEqual([
    'normalise never throws, whatever it is given',
    'a refusal carries a reason, and no reason a secret',
    'an event that needs a post which the board does not hold is refused, not sent',
    'no reason, report or error holds a secret or personal data, whatever goes wrong',
    'nothing is printed: what there is to say goes to the hub',
  ]);
}, 180_000);

test('filled in, it keeps every law that its board can be held to', async () => {
  for (const [file, changes] of Object.entries(fillingOf('parish-web'))) {
    let text = await readFile(join(copy, file), 'utf8');
    for (const [from, to] of changes) {
      expect(text).toMatch(from);
      text = text.replace(from, to);
    }
    await writeFile(join(copy, file), text);
  }
  await rm(join(copy, 'adapters/parish-web/not-filled-in.ts'));
  await run(
    process.execPath,
    [
      join(copy, 'node_modules/@biomejs/biome/bin/biome'),
      'check',
      '--write',
      ...['adapters/parish-web', 'tests/boards/parish-web-board'].map((folder) => join(copy, folder)),
    ],
    { cwd: copy },
  );
  expect(await check()).toBe('');
  const certificate = await certify('parish-web', 'startParishWebFixture');
  expect(lawsThat(certificate, 'broken')).toEqual([]);
  expect(lawsThat(certificate, 'kept').length).toBeGreaterThan(40);
  for (const { why } of lawsThat(certificate, 'not supported'))
    expect(why).toMatch(
      /Attachment|no read|no draft|names no title|always pages|shows all of a post|nobody comments|holds no parts/,
    );
}, 180_000);

test.each([
  ['', 'is no name for an adapter'],
  ['ParishWeb', 'is no name for an adapter: small letters, digits and single hyphens'],
  ['../kit', 'is no name for an adapter'],
  ['a--b', 'is no name for an adapter'],
  ['x'.repeat(41), '40 at the most'],
  ['kit', 'means something else below adapters/'],
  ['template', 'means something else below adapters/'],
  ['rest', 'adapters/rest exists already; nothing was changed'],
])('the name "%s" is refused', async (name, problem) => {
  const before = await readFile(join(copy, 'adapters/kinds.ts'), 'utf8');
  expect(await newAdapter(name)).toMatchObject({ code: 2, stderr: expect.stringContaining(problem) });
  expect(await readFile(join(copy, 'adapters/kinds.ts'), 'utf8')).toBe(before);
});

test('a folder of somebody else is left alone', async () => {
  await mkdir(join(copy, 'tests/boards/chapel-board'));
  expect(await newAdapter('chapel')).toMatchObject({ code: 0 });
  await rm(join(copy, 'adapters/chapel'), { recursive: true });
  expect(await newAdapter('chapel')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('tests/boards/chapel-board/index.ts exists already'),
  });
});
