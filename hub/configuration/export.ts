import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Store } from '../store/database.ts';
import type { DocumentKey } from './document.ts';
import { listInForce } from './versions.ts';

/**
 * Writes the documents in force as a folder that can be applied again. Each file is the text that was
 * applied, byte for byte. It never overwrites: an existing file raises EEXIST. Returns the files, relative to the folder.
 */
export async function exportConfiguration(store: Store, folder: string): Promise<string[]> {
  return writeDocuments(await listInForce(store.db), folder);
}

/** Writes these documents as a folder. It never overwrites: an existing file raises EEXIST. Returns the files. */
export async function writeDocuments(
  documents: readonly (DocumentKey & { source: string })[],
  folder: string,
): Promise<string[]> {
  const files: string[] = [];
  await mkdir(join(folder, 'agencies'), { recursive: true });
  for (const document of documents) {
    const file = fileOf(document);
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, document.source, { flag: 'wx' });
    files.push(file);
  }
  return files;
}

/** The file of a document, relative to its folder. */
export function fileOf({ kind, name }: DocumentKey): string {
  if (kind === 'agency') return `agencies/${name}.yaml`;
  return kind === 'template' ? `templates/${name}.liquid` : `${kind}.yaml`;
}
