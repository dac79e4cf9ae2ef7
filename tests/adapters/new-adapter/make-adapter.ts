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
  const lists = ['adapters/kinds.ts', 'tests/adapters/conformance/board-fixture.ts'];
  await change(join(root, 'adapters/kinds.ts'), (text) => addToKinds(text, name));
  await change(join(root, 'tests/adapters/conformance/board-fixture.ts'), (text) =>
    addToFixtures(text, name),
  );
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
  return [...listed.flat(), 'tests/adapters/conformance/template-fixture.ts'];
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

function addToKinds(text: string, name: string): string {
  const listed = rename('templateAdapter', name);
  const load = `async () => (await import('./${name}/index.ts')).${listed}`;
  return addToRecord(text, 'const ownKinds', `${toKey(name)}: ${load}`);
}

function addToFixtures(text: string, name: string): string {
  const start = rename('startTemplateFixture', name);
  const imported = text.replace(
    /^import .*\n(?=\n)/m,
    (last) => `${last}import { ${start} } from './${name}-fixture.ts';\n`,
  );
  return addToRecord(imported, 'export const fixtures', `${toKey(name)}: ${start}`);
}

/** At the end of the record whose declaration begins so. */
function addToRecord(text: string, declaration: string, entry: string): string {
  const record = new RegExp(`^(${declaration}[^\\n]*\\n(?:.*\\n)*?)\\};`, 'm');
  return text.replace(record, (_all, upTo: string) => `${upTo}  ${entry},\n};`);
}

const toKey = (name: string): string => (name.includes('-') ? `'${name}'` : name);
