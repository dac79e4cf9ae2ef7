import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type CheckReport,
  type FetchedAttachment,
  type GivenAttachment,
  type Outcome,
  type WantedAttachment,
} from '../contract.ts';
import { toFileInput, toRef } from '../kit/board-ref.ts';
import { SqlError, toSqlBoardError } from '../kit/sql-errors.ts';
import type { FilesSettings } from './config.ts';
import { readStored, tryFolder, writeStored } from './folder.ts';
import { toFailure } from './outcome.ts';
import { toFixed } from './read.ts';
import { selectRows } from './statements.ts';
import type { ConnectedParts, Job } from './work.ts';
import { bring, findBrought, lookAhead } from './write.ts';

/** Files of this agency: what its settings say of them, and where they lie on this machine. */
interface Place {
  parts: ConnectedParts;
  files: FilesSettings;
  folder: string;
}

interface Call {
  key: string;
  signal: AbortSignal;
}

type FileMethods = Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'>;

/** What the settings describe, and no more: without the folder there are no files. */
export function createSqlFiles(parts: ConnectedParts): FileMethods {
  const place = toPlace(parts);
  if (!place) return {};
  return {
    fetchAttachment: (wanted, signal) => fetchFile(place, wanted, signal),
    ...(place.files.push && {
      pushAttachment: (given: GivenAttachment, call: Call) => pushFile(place, given, call),
      findAttachment: (given: Omit<GivenAttachment, 'content'>, call: Call) => findFile(place, given, call),
    }),
  };
}

/** Is the folder there, and may we do in it what the settings ask for? */
export async function checkFiles(parts: ConnectedParts): Promise<CheckReport['lines']> {
  const place = toPlace(parts);
  if (!place) return [];
  const { files, folder } = place;
  const wrong = await tryFolder(folder, files.push !== undefined);
  const detail = wrong ?? (files.push ? 'can be read and written' : 'can be read');
  return [{ what: `folder ${folder}`, ok: wrong === undefined, detail }];
}

function toPlace(parts: ConnectedParts): Place | undefined {
  const { files, filesIn } = parts.settings;
  if (!files || filesIn === undefined) return undefined;
  return { parts, files, folder: join(filesIn, files.folder ?? '') };
}

/** The name under which the file lies comes from the board's table, in the rows of this very post. */
async function fetchFile(
  { parts, files, folder }: Place,
  { reference, ref }: WantedAttachment,
  signal: AbortSignal,
): Promise<FetchedAttachment> {
  const { id } = reference;
  if (id === undefined) throw new BoardError('malformed', 'the post names the file without an id');
  try {
    const conditions = await toFixed(parts, files.where, { ...ref });
    const named: typeof conditions = [...conditions, [files.stored, id]];
    const { sql, values } = selectRows(parts.dialect, files.table, [files.stored], named);
    const [row] = await parts.client.use(signal, (session) => session.query(sql, values));
    if (!row) throw new BoardError('malformed', `the board has no such file in ${files.table} any more`);
    return { content: passOn(readStored(folder, String(row[files.stored]), signal)) };
  } catch (error) {
    throw toSqlBoardError(error);
  }
}

async function* passOn(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw toSqlBoardError(error);
  }
}

/** First the file, then its row: what a crash leaves is a file that nothing names, and the next call writes it anew. */
async function pushFile(
  { parts, files, folder }: Place,
  { content, ...given }: GivenAttachment,
  { key, signal }: Call,
): Promise<Outcome> {
  const { client, settings } = parts;
  const job = toFileJob(files, given, key);
  const { size, sha256 } = given.attachment;
  const mode = Number.parseInt(settings.fileMode ?? '644', 8);
  try {
    const held = await client.use(signal, (session) => lookAhead(parts, session, job));
    if (held) return { kind: 'done', ref: held };
    await unlessGivenUp(signal, writeStored(folder, job.key, { size, sha256, content }, { mode, signal }));
    const ref = await client.use(signal, (session) => bring(parts, session, job));
    return { kind: 'done', ref };
  } catch (error) {
    return toFailure(error);
  }
}

async function findFile(
  { parts, files }: Place,
  given: Omit<GivenAttachment, 'content'>,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  const job = toFileJob(files, given, key);
  try {
    return await parts.client.use(signal, (session) => findBrought(parts, session, job));
  } catch (error) {
    throw toSqlBoardError(error);
  }
}

/** A file's row is marked by the name under which it lies. */
function toFileJob(files: FilesSettings, given: Omit<GivenAttachment, 'content'>, key: string): Job {
  const { event, complaint, role, ref } = given;
  const stored = toStoredName(given, key);
  return {
    change: { event, complaint, role, ref },
    key: stored,
    steps: files.push ?? [],
    place: 'files.push',
    input: { ...toFileInput(given, key), stored },
    refOf: () => toRef(ref.externalId, stored),
  };
}

/** Documents and pictures. Boards often serve their folder, where a program would run: no other ending is kept. */
const harmless = /\.(pdf|hwpx?|docx?|xlsx?|pptx?|od[tsp]|jpe?g|png|gif|bmp|webp|tiff?|heic|zip|txt|csv)$/i;

/** Always the same for one key, and for nobody to guess who does not have the file. */
function toStoredName({ attachment }: Omit<GivenAttachment, 'content'>, key: string): string {
  const { id, sha256, name } = attachment;
  const digest = createHash('sha256')
    .update(JSON.stringify([key, id, sha256]))
    .digest('hex');
  return `minwon-hub-${digest.slice(0, 32)}${harmless.exec(name)?.[0].toLowerCase() ?? ''}`;
}

/** A share that hangs keeps nobody waiting longer than the signal; what is written behind it stays without a row. */
async function unlessGivenUp<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new SqlError('no_reply', 'given up while it was written'));
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
