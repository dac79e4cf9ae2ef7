import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { said, toReason } from '../../schemas/reason.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import { type ConfigurationDocument, checkDocument, checkReferences, type DocumentKind } from './document.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** What is wrong at one place of a folder. */
type FolderProblem = ConfigurationProblem & { file: string; line: number };

export interface ReadFolder {
  documents: ConfigurationDocument[];
  /** All problems together, in the order of files and lines. Empty: the documents are good. */
  problems: FolderProblem[];
}

interface Source {
  file: string;
  yaml: YamlSource;
  document: ConfigurationDocument;
}

/** Reads a folder of configuration (agencies/*.yaml, routing.yaml, clock.yaml) and checks all of it. */
export async function validateFolder(folder: string): Promise<ReadFolder> {
  const problems: FolderProblem[] = [];
  const sources: Source[] = [];
  for (const { file, kind, name } of await listFiles(folder, problems)) {
    const yaml = await readSource(join(folder, file));
    if (!yaml) {
      if (kind === 'routing') problems.push({ file, line: 1, pointer: '', reason: toReason('file_missing') });
      continue;
    }
    for (const { line, message } of yaml.errors)
      problems.push({ document: { kind, name }, file, line, pointer: '', reason: said(message) });
    const document = { kind, name, body: yaml.value };
    sources.push({ file, yaml, document });
    if (yaml.errors.length > 0) continue;
    for (const problem of checkDocument(document))
      problems.push({ document: { kind, name }, file, line: yaml.lineOf(problem.pointer), ...problem });
  }
  const documents = sources.map(({ document }) => document);
  for (const { document, problem } of checkReferences(documents)) {
    const { file, yaml } = sources.find((source) => source.document === document) as Source;
    const { kind, name } = document;
    problems.push({ document: { kind, name }, file, line: yaml.lineOf(problem.pointer), ...problem });
  }
  return { documents, problems: problems.sort(byPlace) };
}

async function listFiles(
  folder: string,
  problems: FolderProblem[],
): Promise<{ file: string; kind: DocumentKind; name: string }[]> {
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
  ];
}

async function readSource(path: string): Promise<YamlSource | undefined> {
  try {
    return readYaml(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function byPlace(a: FolderProblem, b: FolderProblem): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}
