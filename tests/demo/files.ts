/**
 * The files of the stories. Their content is derived from their names and is the same at every run, so that hashes can
 * be compared.
 */
import { createHash } from 'node:crypto';
import type { NewFile } from '../boards/file-storage.ts';

const size = 48 * 1024;

export function toFile(mark: string, name: string): NewFile {
  const chunks = [Buffer.from('%PDF-1.7\n')];
  for (let n = 0; n < size / 32; n++)
    chunks.push(createHash('sha256').update(`${mark} ${name} ${n}`).digest());
  return { name, content: Buffer.concat(chunks) };
}

/** The file as a fact in a board's storage. `of`: the post itself, a reply or a question. */
export const fileFact = (file: { of: string; name: string; sha256: string }): string =>
  `file of the ${file.of}: ${file.name} ${file.sha256.slice(0, 16)}`;

export function expectedFile(mark: string, of: string, name: string): string {
  const { content } = toFile(mark, name);
  return fileFact({ of, name, sha256: createHash('sha256').update(content).digest('hex') });
}
