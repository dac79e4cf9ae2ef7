/**
 * Bundles the agent into one program: `node bundle.ts <folder>` writes it there. Its files are loaded when needed. The
 * bundle contains the notices of all npm packages in it.
 *
 * An agent that reads a database would load seven hundred modules, which take 25 MB of heap. As one program they take
 * 17 MB. The code is not minified: that would save nothing more, and an agency can read what it installs.
 *
 * It runs in its own process, because building takes 330 MB.
 */
import { writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputOptions, type Plugin, rolldown } from 'rolldown';
import { toNotices } from './third-party-notices.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** The program, and the code of its threads. */
const entries = ['adapters/agent/main', 'adapters/kit/expressions/worker'];

/** Modules that npm packages try to load and can do without. */
const optional = ['cardinal', 'pg-native', 'supports-color'];

/** Inside a `try`, the bundler ignores a name that it cannot resolve. The agency would then miss that module. */
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
 * `charset` does not change comments. With one character beyond ASCII, V8 holds the whole file in two bytes per
 * character. An ä in an author's name costs an agent 2 MB.
 */
const escapeComments: Plugin = {
  name: 'escape-comments',
  renderChunk: (code) =>
    code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`),
};

const layout: OutputOptions = {
  format: 'esm',
  entryFileNames: '[name].js',
  /**
   * A chunk stays at the path of its first module. So modules find the files that they read beside them or two folders
   * up.
   */
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
    // Removes types as Node does, whatever a tsconfig.json says, and also if there is none.
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
