import { Type } from 'typebox';
import { compile, OneOf } from '../../../schemas/index.ts';
import type { DocumentChange } from '../../configuration/changes/difference.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { documentKinds, isName } from '../../configuration/document.ts';
import { writeDocuments } from '../../configuration/export.ts';
import { validateFolder } from '../../configuration/folder.ts';
import type { RemoteOptions } from './remote-hub.ts';
import { noHub, toError, withHub } from './remote-refusal.ts';

// A newer hub may say more: these shapes are open.
const Kind = OneOf(documentKinds);
const Word = OneOf(['added', 'changed', 'removed'] as const);
export const RemoteChange = Type.Object({
  changes: Type.Array(
    Type.Object({
      kind: Kind,
      name: Type.String(),
      change: Word,
      paths: Type.Array(Type.Object({ path: Type.String(), change: Word })),
    }),
  ),
  proposal: Type.Optional(Type.String()),
});
const Whole = Type.Object({
  documents: Type.Array(Type.Object({ kind: Kind, name: Type.String(), source: Type.String() })),
});
const checkChanged = compile(RemoteChange);
const checkWhole = compile(Whole);

/** What became of a folder at a hub elsewhere. */
export interface RemoteChanged {
  changes: Pick<DocumentChange, 'kind' | 'name' | 'change' | 'paths'>[];
  /** It waits for a second person under this id. */
  proposal?: string | undefined;
}

/**
 * Brings the folder into force at another hub, or only tells what would change. It is checked here first, so that
 * mistakes are told without a call. Errors: those of `hub config apply` here, UsageError where the key opens nothing,
 * UnavailableError.
 */
export async function applyRemotely(
  options: RemoteOptions,
  folder: string,
  { note, dryRun }: { note: string; dryRun: boolean },
): Promise<RemoteChanged> {
  const read = await validateFolder(folder);
  if (read.problems.length > 0)
    throw new ConfigurationError('invalid', `${folder} is not usable`, read.problems);
  const documents = read.documents.map(({ kind, name, source }) => ({ kind, name, source }));
  const path = `/configuration${dryRun ? '?dryRun=true' : ''}`;
  const reply = await withHub(options, (hub) => hub.call('PUT', path, { documents, ...(note && { note }) }));
  if (reply.status >= 300) throw toError(reply, folder, read.files);
  const checked = checkChanged(reply.body);
  if (!checked.ok) throw noHub(options);
  return checked.value;
}

/** Writes what is in force at another hub into a folder. Returns the files. Never overwrites: raises EEXIST. */
export async function exportRemotely(options: RemoteOptions, folder: string): Promise<string[]> {
  const reply = await withHub(options, (hub) => hub.call('GET', '/configuration'));
  if (reply.status >= 300) throw toError(reply, folder);
  const checked = checkWhole(reply.body);
  // A name becomes a path: one that is no name of a document could lead out of the folder.
  if (!checked.ok || checked.value.documents.some(({ kind, name }) => !isName(kind, name)))
    throw noHub(options);
  return writeDocuments(checked.value.documents, folder);
}
