/**
 * Makes one program of the agent: `node bundle.ts <folder>` writes it there, in files that are loaded when they are needed,
 * with the notices of the npm packages whose code is in them. An agent that reads a database would load seven hundred
 * modules, which take 25 MB of heap; as one program they take 17. It is not minified, which saves nothing more: an agency
 * can read what it installs.
 *
 * A process of its own, because building takes 330 MB.
 */
import { writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputOptions, type Plugin, rolldown } from 'rolldown';
import { toNotices } from './third-party-notices.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The program, and what runs in threads of it. */
const entries = ['adapters/agent/main', 'adapters/kit/expressions/worker'];

/** What npm packages look for inside a `try`, and do without. */
const optional = ['cardinal', 'pg-native', 'supports-color'];

/** Where a `try` is around it, a name that leads nowhere would be left in silence, and be missed at the agency. */
const failOnMissing: Plugin = {
  name: 'fail-on-missing',
  async resolveId(id, importer, options) {
    if (optional.includes(id)) return { id, external: true };
    if (importer === undefined || isBuiltin(id)) return null;
    if (!(await this.resolve(id, importer, options)))
      this.error(`${importer} needs ${id}, which is not here`);
    return null;
  },
};

/**
 * `charset` leaves comments alone. One character beyond ASCII, and the whole file is held in two bytes for each: an ä in an
 * author's name costs an agent 2 MB.
 */
const escapeComments: Plugin = {
  name: 'escape-comments',
  renderChunk: (code) =>
    code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
};

const layout: OutputOptions = {
  format: 'esm',
  entryFileNames: '[name].js',
  /** Where its first module lies, so that what modules read beside them, or two folders up, is found there. */
  chunkFileNames: ({ facadeModuleId }) =>
    facadeModuleId && !facadeModuleId.includes('node_modules')
      ? relative(root, facadeModuleId).replaceAll(sep, '/').replace(/\.ts$/, '.js')
      : 'adapters/shared/[name].js',
  charset: 'ascii',
  comments: { legal: true, annotation: false, jsdoc: false },
};

async function bundle(folder: string): Promise<void> {
  const build = await rolldown({
    cwd: root,
    input: Object.fromEntries(entries.map((entry) => [entry, join(root, `${entry}.ts`)])),
    platform: 'node',
    // Types are taken out as Node takes them out, whatever else a tsconfig.json says, or when there is none.
    tsconfig: false,
    transform: { typescript: { onlyRemoveTypeImports: true } },
    plugins: [failOnMissing, escapeComments],
    onLog: (level, log, handle) => handle(level === 'warn' ? 'error' : level, log),
  });
  const { output } = await build.write({ ...layout, dir: folder });
  await build.close();
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await toNotices(modules));
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder to write to');
await bundle(folder);
