import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Store } from '../store/database.ts';
import type { ConfigurationDocument } from './document.ts';
import { listInForce } from './versions.ts';

/**
 * Write what is in force as a folder that can be applied again; comments of the files once applied are not kept.
 * Never overwrites: a file that exists raises EEXIST. Returns the files, relative to the folder.
 */
export async function exportConfiguration(store: Store, folder: string): Promise<string[]> {
  const files: string[] = [];
  await mkdir(join(folder, 'agencies'), { recursive: true });
  for (const document of await listInForce(store.db)) {
    const file = fileOf(document);
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, stringify(document.body, { lineWidth: 110 }), { flag: 'wx' });
    files.push(file);
  }
  return files;
}

function fileOf({ kind, name }: ConfigurationDocument): string {
  return kind === 'agency' ? `agencies/${name}.yaml` : `${kind}.yaml`;
}
