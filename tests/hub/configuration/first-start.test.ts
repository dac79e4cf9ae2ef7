import { pino } from 'pino';
import { expect, it } from 'vitest';
import { configureFirstStart } from '../../../hub/configuration/first-start.ts';
import { listInForce } from '../../../hub/configuration/versions.ts';
import { openStore } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { agencyFile, goodFiles, writeFolder } from './example-folder.ts';

it('takes the folder once: at the first start that finds it usable', async () => {
  const store = openStore(await createFreshDatabase());
  const silent = pino({ level: 'silent' });
  const start = async (files: Record<string, string>) =>
    configureFirstStart(store, await writeFolder(files), silent);
  await start({ 'routing.yaml': 'rules: []\n' });
  expect(await listInForce(store.db)).toEqual([]);
  await start(goodFiles);
  expect(await listInForce(store.db)).toHaveLength(3);
  await start({ ...goodFiles, 'agencies/gamma.yaml': agencyFile('gamma') });
  expect(await listInForce(store.db)).toHaveLength(3);
  await store.close();
});
