import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { LineCounter, parseDocument } from 'yaml';
import { compile, OneOf, type Problem, SecretReference, toReason, wordReason } from '../../schemas/index.ts';
import { isHost } from '../kit/http/guarded-connect.ts';
import { readSecret } from '../relay/read-secret.ts';

const closed = { additionalProperties: false } as const;

const Names = Type.Optional(Type.Array(Type.String({ minLength: 1 })));

/** What the hub's configuration may use of this machine and its network. The hub cannot extend this list. */
const Allow = Type.Object(
  {
    /** Kinds of board: `board.adapter`. */
    adapters: Names,
    /** Names, addresses and networks (CIDR) that may be called. */
    hosts: Names,
    /** Secret references as in the configuration: `env:NAME`, `file:PATH`. */
    secrets: Type.Optional(Type.Array(SecretReference)),
    /** Absolute paths of files and folders. A folder includes everything below it. */
    paths: Names,
  },
  closed,
);
export type Allowed = Required<Static<typeof Allow>>;

/** The only configuration file of an agent. Everything else comes from the hub. */
export const AgentSettings = Type.Object(
  {
    /** The base address of the hub. */
    hub: Type.String({ format: 'uri', pattern: '^https?://' }),
    /** The folder of the spool, relative to this file. Each agent needs its own. */
    data: Type.String({ minLength: 1 }),
    /** Adapters from outside: names of npm packages, or paths of their folders relative to this file. */
    adapters: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    /** Absent: nothing is allowed, and no configuration can be used. */
    allow: Type.Optional(Allow),
    /** The reference of the enrolment token. It is needed until the agent is enrolled. */
    token: Type.Optional(SecretReference),
    /** Absent: HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment, read as curl reads them. */
    proxy: Type.Optional(
      Type.Object(
        {
          url: Type.String({ format: 'uri', pattern: '^https?://' }),
          user: Type.Optional(Type.String({ minLength: 1 })),
          password: Type.Optional(SecretReference),
          /** Hosts that are called without the proxy, as in NO_PROXY. */
          except: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
        },
        closed,
      ),
    ),
    /** A file of certificates (PEM) that are trusted for hub and proxy besides the well-known ones. */
    ca: Type.Optional(Type.String({ minLength: 1 })),
    logLevel: Type.Optional(
      OneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const, { default: 'info' }),
    ),
    /** The size of the data that waits for the hub, in MB, from which the log and the heartbeat warn. */
    warnAt: Type.Optional(Type.Number({ minimum: 1, default: 1024 })),
  },
  closed,
);
export type AgentSettings = Static<typeof AgentSettings>;

/** A problem that must be solved before the agent can work. The message says what and where. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const checkShape = compile(AgentSettings);

/** Reads the configuration file. Throws {@link SettingsError} with all problems together, each with its line. */
export function readAgentSettings(path: string): AgentSettings {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError(`${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    throw new SettingsError(document.errors.map(({ message }) => `${path}: ${message}`).join('\n'));
  const settings: unknown = document.toJS();
  const checked = checkShape(settings);
  const problems = checked.ok ? checkBeyondShape(checked.value) : checked.problems;
  if (!checked.ok || problems.length > 0) {
    const toLine = ({ pointer, reason }: Problem) => {
      const node = document.getIn(pointer.split('/').slice(1), true) as { range?: [number] } | undefined;
      const line = node?.range ? lines.linePos(node.range[0]).line : 1;
      return `${path}:${line}: ${pointer.slice(1).replaceAll('/', '.') || 'the file'} ${wordReason(reason, 'en')}`;
    };
    throw new SettingsError(problems.map(toLine).join('\n'));
  }
  const beside = (name: string) => resolve(dirname(path), name);
  const { data, ca, hub, ...rest } = checked.value;
  return { ...rest, hub: hub.replace(/\/+$/, ''), data: beside(data), ...(ca && { ca: beside(ca) }) };
}

function checkBeyondShape({ hub, proxy, allow }: AgentSettings): Problem[] {
  const problems: Problem[] = [];
  for (const [index, path] of (allow?.paths ?? []).entries())
    if (!isAbsolute(path))
      problems.push({ pointer: `/allow/paths/${index}`, reason: toReason('absolute_path') });
  for (const [index, host] of (allow?.hosts ?? []).entries())
    if (!isHost(host))
      problems.push({
        pointer: `/allow/hosts/${index}`,
        reason: toReason('host_or_network'),
      });
  const { protocol, hostname, username } = new URL(hub);
  if (protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))
    problems.push({ pointer: '/hub', reason: toReason('https_only') });
  if (username) problems.push({ pointer: '/hub', reason: toReason('credentials_in_address') });
  if (proxy && new URL(proxy.url).username)
    problems.push({ pointer: '/proxy/url', reason: toReason('credentials_beside_address') });
  if (proxy && (proxy.user === undefined) !== (proxy.password === undefined))
    problems.push({ pointer: '/proxy', reason: toReason('user_with_password') });
  return problems;
}

/** What the file allows. Anything that it does not name is not allowed. */
export const toAllowed = ({ allow = {} }: { allow?: AgentSettings['allow'] | undefined }): Allowed => ({
  adapters: [],
  hosts: [],
  secrets: [],
  paths: [],
  ...allow,
});

/** Reads a secret of this machine by its reference. Throws SecretError. */
export const readLocalSecret = (reference: string): string =>
  readSecret(reference, process.env, (path) => readFileSync(path, 'utf8'));

/** Reads the proxies from the environment as curl does: lower-case names come first. */
export function readEnvironmentProxies(environment: NodeJS.ProcessEnv = process.env) {
  const find = (name: string) => environment[name.toLowerCase()] ?? environment[name];
  return { https: find('HTTPS_PROXY'), http: find('HTTP_PROXY'), except: find('NO_PROXY') };
}
