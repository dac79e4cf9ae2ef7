import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { type Inside, toInside, unseen } from './inside.ts';
import { isReadable } from './read-texts.ts';

/**
 * Looks for numbers inside a content. It resolves with undefined if it could not begin, which says nothing of the file: it is
 * looked at later. Errors: those of the source.
 */
export type ReadInside = (source: Readable, mediaType: string) => Promise<Inside | undefined>;

export interface ReadingLimits {
  /** Milliseconds for one file. */
  longest: number;
  /** Megabytes that its process may write to. */
  memory: number;
  /** Files of this process of the hub that are read at once. */
  atOnce: number;
}

const defaultLimits: ReadingLimits = { longest: 20_000, memory: 1_000, atOnce: 2 };
/** What the reader is made of. Not the whole folder of the program: data and keys may lie in it. */
const parts = ['hub', 'adapters', 'schemas', 'node_modules', 'package.json'].map((path) =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url)),
);
const program = fileURLToPath(new URL('./reader.ts', import.meta.url));

/**
 * Files come from anybody, and parsers of documents are large. So each is read by a process of its own, which sees what it
 * is made of and no other file, starts nothing, gets none of the hub's environment, and ends at a limit of memory, processor
 * time or time (`ulimit`; Node's permission model).
 */
export function createReadInside(log: Logger, limits: ReadingLimits = defaultLimits): ReadInside {
  const turn = pLimit(limits.atOnce);
  return async (source, mediaType) => {
    if (!isReadable(mediaType)) {
      source.destroy();
      return unseen('no_reader');
    }
    return turn(() => read(log, limits, source, mediaType));
  };
}

async function read(
  log: Logger,
  { longest, memory }: ReadingLimits,
  source: Readable,
  mediaType: string,
): Promise<Inside | undefined> {
  const child = start(mediaType, memory, Math.ceil(longest / 1000));
  let end: 'too_long' | Error | undefined;
  child.on('error', (error) => {
    end = error;
  });
  const timer = setTimeout(() => {
    end = 'too_long';
    child.kill('SIGKILL');
  }, longest);
  try {
    const ended = new Promise((resolve) => child.once('close', resolve));
    const said = text(child.stdout).catch(() => '');
    const problem = await give(source, child);
    await ended;
    if (problem) throw problem;
    if (end instanceof Error) {
      log.error({ err: end }, 'a file could not be looked into: its reader did not start');
      return undefined;
    }
    return end === 'too_long' ? unseen('too_long') : (toInside(await said) ?? unseen('broken'));
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

function start(mediaType: string, megabytes: number, seconds: number) {
  const limited = 'ulimit -d "$1" && ulimit -t "$2" && shift 2 && exec "$@"';
  const node = [
    ...[process.execPath, '--permission', '--max-old-space-size=300'],
    ...parts.map((part) => `--allow-fs-read=${part}`),
  ];
  return spawn(
    'sh',
    ['-c', limited, 'sh', String(megabytes * 1024), String(seconds), ...node, program, mediaType],
    { env: {}, stdio: ['pipe', 'pipe', 'ignore'] },
  );
}

/** Resolves with what is wrong with the source. A reader that ends before it has all is no fault of it. */
async function give(source: Readable, { stdin }: Pick<ChildProcess, 'stdin'>): Promise<Error | undefined> {
  if (!stdin) return undefined;
  let problem: Error | undefined;
  source.once('error', (error) => {
    problem = error;
  });
  await pipeline(source, stdin).catch(() => undefined);
  return problem && (problem as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE'
    ? problem
    : undefined;
}
