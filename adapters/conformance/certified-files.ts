import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name of the certificate in the folder of an adapter. */
export const certificateFile = 'certificate.json';

/** What an adapter does not run on, so that a better document voids no certificate. */
const isBeside = (file: string) =>
  file === certificateFile || /\.(?:md|txt)$|^(?:presets|products)\//.test(file);

/** SHA-256 of each of these files by which an adapter does what it does. The paths are relative to its folder. */
export function digestFiles(folder: string, files: string[]): Record<string, string> {
  const certified = files.filter((file) => !isBeside(file)).sort();
  return Object.fromEntries(certified.map((file) => [file, digestFile(join(folder, file))]));
}

/** The files of a kind of this repository: its whole folder. */
export function listOwnFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length));
}

/** The first file that is not as it was certified. Undefined: all are. */
export function findChangedFile(folder: string, files: Record<string, string>): string | undefined {
  return Object.entries(files).find(([file, digest]) => readDigest(join(folder, file)) !== digest)?.[0];
}

function readDigest(path: string): string | undefined {
  try {
    return digestFile(path);
  } catch {
    return undefined;
  }
}

const digestFile = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
