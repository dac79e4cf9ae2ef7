import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startHub } from '../../../../hub/app.ts';
import { readSettings } from '../../../../hub/settings.ts';
import { toDoorTypes } from './to-door-types.ts';

/** `npm run client-types`: starts a hub of its own and writes down the types of what its REST door describes. */
const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-client-types-'));
const hub = await startHub(readSettings({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' }), {
  log: pino({ level: 'silent' }),
});
try {
  const document = await (await fetch(`${hub.url}/api/v1/openapi.json`)).text();
  const file = new URL('../../../../adapters/clients/typescript/src/door-types.ts', import.meta.url);
  await writeFile(file, await toDoorTypes(document));
} finally {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
}
