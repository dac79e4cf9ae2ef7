import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createApiKey } from '../../hub/access/keys/api-keys.ts';
import { applyConfiguration } from '../../hub/configuration/changes/apply.ts';
import { openStore } from '../../hub/store/database.ts';
import { migrate } from '../../hub/store/migrate.ts';
import type { Agency, Routing } from '../../schemas/index.ts';

export type Documents = Record<string, Agency | Routing>;

export const senderAgency: Agency = {
  code: 'src',
  name: { ko: '보내는 기관' },
  officers: [{ name: '송신담당' }],
};

/** The settings by which the hub writes to the receiver's board. */
export function toBoardSettings(boardUrl: string) {
  return {
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
}

/** Two agencies. `src` sends by REST. Everything goes to `dst`, which has a board and one officer to notify. */
export function toRelayDocuments(boardUrl: string): Documents {
  const settings = toBoardSettings(boardUrl);
  return {
    'agencies/src.yaml': senderAgency,
    'agencies/dst.yaml': {
      code: 'dst',
      name: { ko: '처리하는 기관' },
      officers: [{ name: '처리담당', email: 'officer@dst.example', notifyBy: 'email', language: 'ko' }],
      board: { adapter: 'rest', networks: ['127.0.0.0/8'], settings, pollEvery: 86_400, concurrency: 16 },
    },
    'routing.yaml': { rules: [], default: 'dst' },
  };
}

/** Prepares a fresh database for the hub. Returns the API key of `src`. */
export async function prepareHub(databaseUrl: string, documents: Documents): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-bench-config-'));
  const store = openStore(databaseUrl, 2);
  try {
    await mkdir(join(folder, 'agencies'));
    for (const [file, document] of Object.entries(documents))
      await writeFile(join(folder, file), stringify(document));
    await migrate(store.pool);
    await applyConfiguration(store, folder, 'bench');
    return (await createApiKey(store, senderAgency.code)).key;
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
