import { type Static, Type } from 'typebox';
import { compile, OneOf } from '../../../schemas/index.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { type DocumentKey, documentKinds } from '../../configuration/document.ts';
import { RemoteChange, type RemoteChanged } from './remote-configuration.ts';
import type { RemoteOptions, RemoteReply } from './remote-hub.ts';
import { noHub, RemoteProblems, toError, toProblems, withHub } from './remote-refusal.ts';

// A newer hub may say more: these shapes are open.
const Version = Type.Object({
  kind: OneOf(documentKinds),
  name: Type.String(),
  version: Type.Integer(),
  author: Type.String(),
  appliedAt: Type.String(),
  note: Type.String(),
  removal: Type.Boolean(),
});
export type RemoteVersion = Static<typeof Version>;
const checkVersions = compile(Type.Object({ versions: Type.Array(Version) }));

const Plan = Type.Object({
  problems: RemoteProblems,
  inForce: Type.Optional(Type.Object({ version: Type.Integer() })),
  places: Type.Array(
    Type.Object({
      path: Type.String(),
      change: Type.String(),
      before: Type.Optional(Type.String()),
      after: Type.Optional(Type.String()),
    }),
  ),
  lines: Type.Array(Type.Object({ kind: Type.String() })),
});
const checkPlan = compile(Plan);
const checkChange = compile(RemoteChange);

/** What going back would do at another hub. */
export interface RemoteRollback {
  /** The versions that it undoes, newest first. */
  undone: RemoteVersion[];
  places: Static<typeof Plan>['places'];
  /** False: what is in force is that version already. */
  isChange: boolean;
  /** The version in force, on which this was told. 0: there is none. */
  inForce: number;
}

/** A template's name has a slash, for which ~ stands in an address. */
const pathOf = ({ kind, name }: DocumentKey) =>
  `/documents/${kind}/${encodeURIComponent(kind === 'template' ? name.replaceAll('/', '~') : name)}`;

/** The versions of a document at another hub, newest first. Errors: UsageError, UnavailableError. */
export async function listVersionsRemotely(
  options: RemoteOptions,
  key: DocumentKey,
  most: number,
  isWanted: (version: RemoteVersion) => boolean = () => true,
): Promise<RemoteVersion[]> {
  return withHub(options, async (hub) => {
    const found: RemoteVersion[] = [];
    for (let path: string | undefined = `${pathOf(key)}/versions`; path && found.length < most; ) {
      const reply: RemoteReply = await hub.call('GET', path);
      if (reply.status >= 300) throw toError(reply, `${key.kind} ${key.name}`);
      const checked = checkVersions(reply.body);
      if (!checked.ok) throw noHub(options);
      const { versions } = checked.value;
      found.push(...versions.filter(isWanted));
      path = versions.every(isWanted) ? reply.next : undefined;
    }
    return found.slice(0, most);
  });
}

/** The most versions that are named as undone. */
const mostUndone = 1_000;

/**
 * Tells what bringing a version back would undo at another hub; nothing is changed. Errors: those of `hub config
 * rollback` here (ConfigurationError `invalid` also where the version cannot come back), UsageError, UnavailableError.
 */
export async function planRollbackRemotely(
  options: RemoteOptions,
  { version, ...key }: DocumentKey & { version: number },
): Promise<RemoteRollback> {
  const what = `version ${version} of ${key.kind} ${key.name}`;
  const reply = await withHub(options, (hub) => hub.call('GET', `${pathOf(key)}/versions/${version}/plan`));
  if (reply.status >= 300) throw toError(reply, what);
  const checked = checkPlan(reply.body);
  if (!checked.ok) throw noHub(options);
  const { problems, places, lines, inForce } = checked.value;
  if (problems.length > 0)
    throw new ConfigurationError(
      'invalid',
      `${key.kind} ${key.name} would not be usable`,
      toProblems(problems),
    );
  const undone = await listVersionsRemotely(options, key, mostUndone, (one) => one.version > version);
  const isChange = places.length > 0 || lines.some(({ kind }) => kind !== 'same');
  return { undone, places, isChange, inForce: inForce?.version ?? 0 };
}

/**
 * Brings it back, if what is in force is still what was told. Errors: those of {@link planRollbackRemotely}, and
 * ConfigurationError `moved`, `in-use`.
 */
export async function rollBackRemotely(
  options: RemoteOptions,
  { version, ...key }: DocumentKey & { version: number },
  { inForce, note }: { inForce: number; note: string },
): Promise<RemoteChanged> {
  const condition: Record<string, string> =
    inForce > 0 ? { 'if-match': `"${inForce}"` } : { 'if-none-match': '*' };
  const path = `${pathOf(key)}/versions/${version}/rollback`;
  const reply = await withHub(options, (hub) => hub.call('POST', path, note ? { note } : {}, condition));
  if (reply.status >= 300) throw toError(reply, `version ${version} of ${key.kind} ${key.name}`);
  const checked = checkChange(reply.body);
  if (!checked.ok) throw noHub(options);
  return checked.value;
}
