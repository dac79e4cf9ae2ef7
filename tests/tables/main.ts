import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConfiguredStore } from '../../hub/store/open.ts';
import { writeTables } from './write-tables.ts';

/** `npm run tables`: migrates a database of its own and writes down what it then holds. */
const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-tables-'));
const { store, stop } = await openConfiguredStore({ DATA_DIR: folder });
try {
  await writeFile(new URL('../../hub/store/tables/tables.ts', import.meta.url), await writeTables(store.db));
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}
