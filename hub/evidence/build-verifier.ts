/**
 * Bundles the verifier's script for browsers: `node build-verifier.ts <file>` writes it there. It runs in its own process,
 * because the bundler takes much memory. What verifies in a browser is the code that verifies in the hub.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('name the file to write to');
const build = await rolldown({
  input: fileURLToPath(new URL('verifier/page.js', import.meta.url)),
  platform: 'browser',
  tsconfig: false,
  transform: { typescript: { onlyRemoveTypeImports: true } },
  onLog: (level, log, handle) => handle(level === 'warn' ? 'error' : level, log),
});
const { output } = await build.generate({
  format: 'iife',
  minify: true,
  comments: { legal: true, annotation: false, jsdoc: false },
});
await build.close();
await writeFile(file, output[0].code);
