import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Store } from '../store/database.ts';
import type { ConfigurationDocument } from './document.ts';
import { listInForce } from './versions.ts';

/**
 * Writes the documents in force as a folder that can be applied again. Comments of the applied files are lost. It never
 * overwrites: an existing file raises EEXIST. Returns the files, relative to the folder.
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
