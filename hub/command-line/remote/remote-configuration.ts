import { type Static, Type } from 'typebox';
import { compile, OneOf } from '../../../schemas/index.ts';
import { said } from '../../../schemas/reason.ts';
import type { DocumentChange } from '../../configuration/changes/difference.ts';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error.ts';
import { documentKinds, isName, keyOf } from '../../configuration/document.ts';
import { fileOf, writeDocuments } from '../../configuration/export.ts';
import { type ReadFolder, validateFolder } from '../../configuration/folder.ts';
import { UnavailableError, UsageError } from '../terminal/exit-codes.ts';
import { openRemoteHub, type RemoteHub, type RemoteOptions, type RemoteReply } from './remote-hub.ts';

// A newer hub may say more: these shapes are open.
const Kind = OneOf(documentKinds);
const Word = OneOf(['added', 'changed', 'removed'] as const);
const Changed = Type.Object({
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
const Refused = Type.Object({
  type: Type.String(),
  title: Type.String(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        pointer: Type.String(),
        message: Type.String(),
        document: Type.Optional(Type.Object({ kind: Kind, name: Type.String() })),
        line: Type.Optional(Type.Integer()),
      }),
    ),
  ),
});
const checkChanged = compile(Changed);
const checkWhole = compile(Whole);
const checkRefused = compile(Refused);

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
  if (reply.status >= 300) throw toError(reply, folder, new Map());
  const checked = checkWhole(reply.body);
  // A name becomes a path: one that is no name of a document could lead out of the folder.
  if (!checked.ok || checked.value.documents.some(({ kind, name }) => !isName(kind, name)))
    throw noHub(options);
  return writeDocuments(checked.value.documents, folder);
}

async function withHub(
  options: RemoteOptions,
  work: (hub: RemoteHub) => Promise<RemoteReply>,
): Promise<RemoteReply> {
  const hub = openRemoteHub(options);
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

const noHub = ({ remote }: RemoteOptions) =>
  new UnavailableError(`${remote} does not answer as a hub with an administration API does`);

function toError({ status, body }: RemoteReply, folder: string, files: ReadFolder['files']): Error {
  const checked = checkRefused(body);
  if (!checked.ok) return new UnavailableError(`the answer was ${status}, and no hub's`);
  const { type, title, detail, instance, errors = [] } = checked.value;
  const words = `${detail ?? title}${instance ? ` (${instance})` : ''}`;
  const code = type.split(':').at(-1);
  if (code === 'invalid-configuration')
    return new ConfigurationError('invalid', `${folder} is not usable`, toProblems(errors, files));
  if (code === 'in-use') return new ConfigurationError('in-use', detail ?? title);
  if (code === 'changed-meanwhile') return new ConfigurationError('moved', detail ?? title);
  return status === 429 || status >= 500 ? new UnavailableError(words) : new UsageError(words);
}

type Place = NonNullable<Static<typeof Refused>['errors']>[number];

/** With the files of this folder, as `hub config validate` tells them. */
function toProblems(errors: Place[], files: ReadFolder['files']): ConfigurationProblem[] {
  return errors.map(({ document, line, pointer, message }) => ({
    pointer,
    reason: said(message),
    ...(document && { document, file: files.get(keyOf(document)) ?? fileOf(document) }),
    ...(document && { line: line ?? 1 }),
  }));
}
