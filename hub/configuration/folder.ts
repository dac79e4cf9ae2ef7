import { isUtf8 } from 'node:buffer';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toReason } from '../../schemas/reason.ts';
import { checkWhole } from './changes/check-together.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import { type ConfigurationDocument, type DocumentKey, keyOf } from './document.ts';
import { readDocument } from './read-document.ts';

/** What is wrong at one place of a folder. */
type FolderProblem = ConfigurationProblem & { file: string; line: number };

export interface ReadFolder {
  documents: ConfigurationDocument[];
  /** All problems together, in the order of files and lines. Empty: the documents are good. */
  problems: FolderProblem[];
  /** The file of each document, by its key ({@link keyOf}). */
  files: ReadonlyMap<string, string>;
}

type FileOf = DocumentKey & { file: string };

/**
 * Reads a folder of configuration (agencies/*.yaml, routing.yaml, clock.yaml, templates/<language>/*.liquid) and checks
 * all of it.
 */
export async function validateFolder(folder: string): Promise<ReadFolder> {
  const problems: FolderProblem[] = [];
  const documents: ConfigurationDocument[] = [];
  const files = new Map<string, string>();
  const inFile = (file: string, problem: ConfigurationProblem) => ({
    ...problem,
    file,
    line: problem.line ?? 1,
  });
  for (const { file, kind, name } of await listFiles(folder, problems)) {
    const bytes = await readBytes(join(folder, file));
    if (bytes && !isUtf8(bytes)) {
      problems.push({ document: { kind, name }, file, line: 1, pointer: '', reason: toReason('not_utf8') });
      continue;
    }
    if (bytes === undefined) {
      if (kind === 'routing') problems.push({ file, line: 1, pointer: '', reason: toReason('file_missing') });
      continue;
    }
    // A byte order mark stays: what is exported is what was applied.
    const read = readDocument({ kind, name }, bytes.toString('utf8'));
    documents.push(read.document);
    files.set(keyOf(read.document), file);
    problems.push(...read.problems.map((problem) => inFile(file, problem)));
  }
  for (const problem of checkWhole(documents)) {
    const file = problem.document && files.get(keyOf(problem.document));
    // A template that comes with the hub does not fit the folder's own.
    problems.push(inFile(file ?? `templates/${problem.document?.name}.liquid`, problem));
  }
  return { documents, problems: problems.sort(byPlace), files };
}

async function listFiles(folder: string, problems: FolderProblem[]): Promise<FileOf[]> {
  const agencies = await readdir(join(folder, 'agencies')).catch(() => undefined);
  if (!agencies)
    problems.push({ file: 'agencies', line: 1, pointer: '', reason: toReason('folder_missing') });
  const files = (agencies ?? []).filter((name) => /\.ya?ml$/.test(name)).sort();
  const seen = new Map<string, string>();
  for (const file of files) {
    const code = basename(file).replace(/\.ya?ml$/, '');
    const first = seen.get(code);
    if (first)
      problems.push({
        document: { kind: 'agency', name: code },
        file: `agencies/${file}`,
        line: 1,
        pointer: '',
        reason: toReason('second_file', { code, file: first }),
      });
    else seen.set(code, file);
  }
  return [
    ...[...seen].map(([name, file]) => ({ file: `agencies/${file}`, kind: 'agency' as const, name })),
    { file: 'routing.yaml', kind: 'routing', name: 'routing' },
    { file: 'clock.yaml', kind: 'clock', name: 'clock' },
    ...(await listTemplates(folder)),
  ];
}

/** The templates of every language folder. A name that cannot be is reported by its document. */
async function listTemplates(folder: string): Promise<FileOf[]> {
  const found = await readdir(join(folder, 'templates'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.liquid'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, 'templates').length + 1))
    .sort()
    .map((path) => ({
      file: `templates/${path}`,
      kind: 'template',
      name: path.replaceAll('\\', '/').replace(/\.liquid$/, ''),
    }));
}

async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function byPlace(a: FolderProblem, b: FolderProblem): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}
