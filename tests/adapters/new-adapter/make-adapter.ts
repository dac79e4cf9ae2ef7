import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A name that cannot be given. */
export class NameError extends Error {}

/** Below adapters/ and no kind of board. */
const taken = ['agent', 'examples', 'kit', 'template'];
const word = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Copy the template (adapters/template, with its board and fixture, which `npm run check` keeps sound) under another
 * name into the repository at `root`, and list it. Nothing is ever overwritten. Returns the files, also the two that
 * were changed. Throws {@link NameError}.
 */
export async function makeAdapter(root: string, name: string): Promise<string[]> {
  if (!word.test(name) || name.length > 40)
    throw new NameError(
      `"${name}" is no name for an adapter: small letters, digits and single hyphens, as in parish-web, 40 at the most`,
    );
  if (taken.includes(name))
    throw new NameError(`"${name}" means something else below adapters/; take another name`);
  const copies = new Map<string, string>();
  for (const source of await listTemplate(root)) copies.set(rename(source, name), source);
  const existing = [`adapters/${name}`, ...copies.keys()].find((file) => existsSync(join(root, file)));
  if (existing) throw new NameError(`${existing} exists already; nothing was changed`);

  for (const [file, source] of copies) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), rename(await readFile(join(root, source), 'utf8'), name));
  }
  const lists = ['adapters/registry.ts', 'tests/adapters/board-fixture.ts'];
  await change(join(root, 'adapters/registry.ts'), (text) => addToRegistry(text, name));
  await change(join(root, 'tests/adapters/board-fixture.ts'), (text) => addToFixtures(text, name));
  const files = [...copies.keys(), ...lists];
  // Puts imports in order and breaks lines that the longer name made too long.
  const code = files.filter((file) => file.endsWith('.ts'));
  await run(
    process.execPath,
    [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--write', ...code],
    {
      cwd: root,
    },
  );
  return files;
}

async function listTemplate(root: string): Promise<string[]> {
  const folders = ['adapters/template', 'tests/boards/template-board'];
  const listed = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder))).sort().map((file) => `${folder}/${file}`),
    ),
  );
  return [...listed.flat(), 'tests/adapters/template-fixture.ts'];
}

/** The template's name in all its spellings: Template in types, template before a capital, template in texts. */
function rename(text: string, name: string): string {
  const pascal = name.replace(/(^|-)([a-z0-9])/g, (_all, _hyphen, letter: string) => letter.toUpperCase());
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  return text
    .replace(/TEMPLATE/g, name.toUpperCase().replaceAll('-', '_'))
    .replace(/Template/g, pascal)
    .replace(/template(?=[A-Z])/g, camel)
    .replace(/template/g, name);
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const edited = edit(text);
  if (edited === text) throw new Error(`${file}: the list to which the adapter is added was not found`);
  await writeFile(file, edited);
}

function addToRegistry(text: string, name: string): string {
  const listed = rename('templateAdapter', name);
  return text
    .replace(/^import .*\n(?=\n)/m, (last) => `${last}import { ${listed} } from './${name}/index.ts';\n`)
    .replace(
      /^const kinds = \[([^\]]*?),?\s*\];/m,
      (_all, list: string) => `const kinds = [${list}, ${listed}];`,
    );
}

function addToFixtures(text: string, name: string): string {
  const start = rename('startTemplateFixture', name);
  const key = name.includes('-') ? `'${name}'` : name;
  return text
    .replace(/^import .*\n(?=\n)/m, (last) => `${last}import { ${start} } from './${name}-fixture.ts';\n`)
    .replace(
      /^(export const fixtures[^\n]*\n(?:.*\n)*?)\};/m,
      (_all, list: string) => `${list}  ${key}: ${start},\n};`,
    );
}
