/** `npm run new-adapter <name>`: the folder, the sample board and the fixture of one more kind of board. */
import { fileURLToPath } from 'node:url';
import { makeAdapter, NameError } from './make-adapter.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const [name = ''] = process.argv.slice(2);
try {
  const files = await makeAdapter(root, name);
  console.log(`${files.map((file) => `  ${file}`).join('\n')}

Fill in, in this order, what throws notFilledIn():
  1. tests/boards/${name}-board/interface.ts   what such a board does with a call
  2. adapters/${name}/client.ts                which requests the adapter sends it
  3. adapters/${name}/mapping.ts               its words and the hub's
  4. adapters/${name}/README.md
and ask again and again what is still broken:
  npm run conformance -- ${name}`);
} catch (error) {
  if (!(error instanceof NameError)) throw error;
  console.error(`new-adapter: ${error.message}`);
  process.exitCode = 2;
}
