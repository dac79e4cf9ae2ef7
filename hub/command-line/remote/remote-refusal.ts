import { type Static, Type } from 'typebox';
import { compile, OneOf } from '../../../schemas/index.ts';
import { said } from '../../../schemas/reason.ts';
import { ConfigurationError, type ConfigurationProblem } from '../../configuration/configuration-error.ts';
import { documentKinds, keyOf } from '../../configuration/document.ts';
import { fileOf } from '../../configuration/export.ts';
import type { ReadFolder } from '../../configuration/folder.ts';
import { UnavailableError, UsageError } from '../terminal/exit-codes.ts';
import { openRemoteHub, type RemoteHub, type RemoteOptions, type RemoteReply } from './remote-hub.ts';

// A newer hub may say more: these shapes are open.
/** What is wrong, with its places. */
export const RemoteProblems = Type.Array(
  Type.Object({
    pointer: Type.String(),
    message: Type.String(),
    document: Type.Optional(Type.Object({ kind: OneOf(documentKinds), name: Type.String() })),
    line: Type.Optional(Type.Integer()),
  }),
);
const Refused = Type.Object({
  type: Type.String(),
  title: Type.String(),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String()),
  errors: Type.Optional(RemoteProblems),
});
const checkRefused = compile(Refused);

/** Calls a hub, and lets it go. */
export async function withHub<Result>(
  options: RemoteOptions,
  work: (hub: RemoteHub) => Promise<Result>,
): Promise<Result> {
  const hub = openRemoteHub(options);
  try {
    return await work(hub);
  } finally {
    await hub.close();
  }
}

export const noHub = ({ remote }: RemoteOptions) =>
  new UnavailableError(`${remote} does not answer as a hub with an administration API does`);

/** The error of the local command. `what`: what is not usable. `files`: where the documents stand here. */
export function toError(
  { status, body }: RemoteReply,
  what: string,
  files: ReadFolder['files'] = new Map(),
): Error {
  const checked = checkRefused(body);
  if (!checked.ok) return new UnavailableError(`the answer was ${status}, and no hub's`);
  const { type, title, detail, instance, errors = [] } = checked.value;
  const words = `${detail ?? title}${instance ? ` (${instance})` : ''}`;
  const code = type.split(':').at(-1);
  if (code === 'invalid-configuration')
    return new ConfigurationError('invalid', `${what} is not usable`, toProblems(errors, files));
  if (code === 'in-use') return new ConfigurationError('in-use', detail ?? title);
  if (code === 'changed-meanwhile') return new ConfigurationError('moved', detail ?? title);
  return status === 429 || status >= 500 ? new UnavailableError(words) : new UsageError(words);
}

type Place = Static<typeof RemoteProblems>[number];

/** With the files of this folder, as `hub config validate` tells them. */
export function toProblems(errors: Place[], files: ReadFolder['files'] = new Map()): ConfigurationProblem[] {
  return errors.map(({ document, line, pointer, message }) => ({
    pointer,
    reason: said(message),
    ...(document && { document, file: files.get(keyOf(document)) ?? fileOf(document) }),
    ...(document && { line: line ?? 1 }),
  }));
}
