import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createApiKey } from '../../hub/access/api-keys.ts';
import { applyConfiguration } from '../../hub/configuration/apply.ts';
import { openStore } from '../../hub/store/database.ts';
import { migrate } from '../../hub/store/migrate.ts';
import type { Agency, Routing } from '../../schemas/index.ts';

/** Two agencies: `src` sends by REST, everything goes to `dst`, which has a board and one officer to tell. */
function toDocuments(boardUrl: string): Record<string, Agency | Routing> {
  const settings = {
    endpoint: boardUrl,
    auth: { kind: 'none' },
    normalise: '{ "receiptNumber": ref }',
    push: {
      registered: {
        method: 'POST',
        path: 'posts',
        body: `event.data.content.{
          "ref": $$.receiptNumber, "title": title, "body": body, "name": complainant.name
        }`,
        externalId: 'id',
      },
    },
    find: { path: 'posts/{receiptNumber}', ref: 'reply.{ "externalId": id }' },
  };
  return {
    'agencies/src.yaml': {
      code: 'src',
      name: { ko: '보내는 기관' },
      officers: [{ name: '송신담당' }],
    },
    'agencies/dst.yaml': {
      code: 'dst',
      name: { ko: '처리하는 기관' },
      officers: [{ name: '처리담당', email: 'officer@dst.example', notifyBy: 'email', language: 'ko' }],
      board: { adapter: 'rest', settings, pollEvery: 86_400, concurrency: 16 },
    },
    'routing.yaml': { rules: [], default: 'dst' },
  };
}

/** Makes a fresh database ready for the hub. Returns the API key of `src`. */
export async function prepareHub(databaseUrl: string, boardUrl: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-bench-config-'));
  const store = openStore(databaseUrl, 2);
  try {
    await mkdir(join(folder, 'agencies'));
    for (const [file, document] of Object.entries(toDocuments(boardUrl)))
      await writeFile(join(folder, file), stringify(document));
    await migrate(store.pool);
    await applyConfiguration(store, folder, 'bench');
    return (await createApiKey(store, 'src')).key;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
