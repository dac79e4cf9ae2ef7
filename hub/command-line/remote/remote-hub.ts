import { readFileSync } from 'node:fs';
import { Agent, type Dispatcher, request } from 'undici';
import { readSecret } from '../../settings.ts';
import { UnavailableError, UsageError } from '../terminal/exit-codes.ts';

/** How a command reaches another hub. The key is never an argument: others on the machine could read it. */
export interface RemoteOptions {
  remote: string;
  keyFile?: string | undefined;
  keyEnv?: string | undefined;
  /** PEM file of who signed the hub's certificate. */
  ca?: string | undefined;
}

export interface RemoteReply {
  status: number;
  body: unknown;
  /** Where the next page is, below /api/v1/admin. Absent: there is none. */
  next?: string | undefined;
}

/** The administration API of a hub that runs elsewhere. */
export interface RemoteHub {
  /** `path`: below /api/v1/admin. Errors: UnavailableError. */
  call(
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    value?: unknown,
    conditions?: Record<string, string>,
  ): Promise<RemoteReply>;
  close(): Promise<void>;
}

/** Checking a whole configuration may take the hub a while. */
const milliseconds = 120_000;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Errors: UsageError for an address, a key or an authority that cannot be used. */
export function openRemoteHub({ remote, keyFile, keyEnv, ca }: RemoteOptions): RemoteHub {
  const base = toBase(remote);
  const key = readKey(keyFile, keyEnv);
  const agent = new Agent({ connect: ca === undefined ? {} : { ca: readFile(ca) } });
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json', 'user-agent': 'hub config' };
  return {
    async call(method, path, value, conditions = {}) {
      const body = value === undefined ? null : JSON.stringify(value);
      const typed = {
        ...headers,
        ...conditions,
        ...(body !== null && { 'content-type': 'application/json' }),
      };
      const signal = AbortSignal.timeout(milliseconds);
      // A reply that sends the caller elsewhere is not followed: the key is for this hub.
      const options = { method, headers: typed, body, signal, dispatcher: agent };
      try {
        return await read(await request(`${base}/api/v1/admin${path}`, options));
      } catch (error) {
        throw new UnavailableError(`${base} cannot be reached: ${reasonOf(error)}`, { cause: error });
      }
    },
    close: () => agent.close(),
  };
}

function toBase(remote: string): string {
  const url = URL.canParse(remote) ? new URL(remote) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search)
    throw new UsageError(`${remote} is no address of a hub, such as https://hub.example.go.kr`);
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    throw new UsageError('http:// would send the key in the clear: use https://');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function readKey(keyFile: string | undefined, keyEnv: string | undefined): string {
  if ((keyFile === undefined) === (keyEnv === undefined))
    throw new UsageError('say by --key-file or by --key-env where the key is');
  const reference = keyFile === undefined ? `env:${keyEnv}` : `file:${keyFile}`;
  const key = readSecret(reference, process.env, readFile).trim();
  if (!/^mwa_[A-Za-z0-9_-]{43}$/.test(key))
    throw new UsageError(`${reference} holds no key of an administrator; hub user key makes one`);
  return key;
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read`, { cause: error });
  }
}

async function read({ statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<RemoteReply> {
  const text = await body.text();
  try {
    const [, next] = /^<\/api\/v1\/admin([^>]*)>; rel="next"$/.exec(String(headers.link ?? '')) ?? [];
    return { status, body: JSON.parse(text) as unknown, ...(next && { next }) };
  } catch {
    // A proxy in front answers with a page.
    return { status, body: undefined };
  }
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
