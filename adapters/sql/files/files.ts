import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { toReason } from '../../../schemas/reason.ts';
import {
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type CheckReport,
  type FetchedAttachment,
  type GivenAttachment,
  type Outcome,
  type WantedAttachment,
} from '../../contract.ts';
import { toBoardError, toOutcome } from '../../kit/outcome/call-error.ts';
import { toFileInput, toRef } from '../../kit/reading/board-ref.ts';
import type { FilesSettings } from '../config.ts';
import type { SqlSession } from '../dialects/dialect.ts';
import { toFixed } from '../rows/read.ts';
import { type Conditions, selectRows } from '../rows/statements.ts';
import type { ConnectedParts, Job } from '../rows/work.ts';
import { bring, findBrought, lookAhead } from '../rows/write.ts';
import { readStored, tryFolder, writeStored } from './folder.ts';

/** The files of an agency: its settings, and their path on this machine. */
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

/** Creates only the methods that the settings describe. Without the folder there are none. */
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

/** Checks that the folder exists and allows what the settings demand. */
export async function checkFiles(parts: ConnectedParts, signal: AbortSignal): Promise<CheckReport['lines']> {
  const place = toPlace(parts);
  if (!place) return [];
  const { files, folder } = place;
  const wrong = await tryFolder(folder, files.push !== undefined, signal);
  const detail = wrong ?? toReason(files.push ? 'folder_writable' : 'folder_readable');
  return [{ what: toReason('checked_folder', { folder }), ok: wrong === undefined, detail }];
}

function toPlace(parts: ConnectedParts): Place | undefined {
  const { files, filesIn } = parts.settings;
  if (!files || filesIn === undefined) return undefined;
  return { parts, files, folder: join(filesIn, files.folder ?? '') };
}

/** The file's name in the folder comes from the board's table, out of the rows of this very post. */
async function fetchFile(
  { parts, files, folder }: Place,
  { reference, ref }: WantedAttachment,
  signal: AbortSignal,
): Promise<FetchedAttachment> {
  const { id } = reference;
  if (id === undefined) throw new BoardError('malformed', toReason('file_without_id'));
  try {
    const stored = await parts.client.use(signal, (session) =>
      findStored(parts, session, files, { ref, id }),
    );
    if (stored === undefined)
      throw new BoardError('malformed', toReason('table_without_file', { table: files.table }));
    return { content: passOn(readStored(folder, stored, signal)) };
  } catch (error) {
    throw toBoardError(error);
  }
}

async function findStored(
  parts: ConnectedParts,
  session: SqlSession,
  { table, look = [], where, stored }: FilesSettings,
  { ref, id }: { ref: BoardRef; id: string },
): Promise<string | undefined> {
  const seen: Record<string, unknown> = { ...ref };
  const first = async (table: string, columns: string[], by: Conditions) => {
    const { sql, values } = selectRows(parts.dialect, table, columns, by);
    const [row] = await session.query(sql, values);
    return row;
  };
  for (const { select, as, columns, where } of look)
    seen[as] = await first(select, columns, await toFixed(parts, where, seen));
  const row = await first(table, [stored], [...(await toFixed(parts, where, seen)), [stored, id]]);
  return row && String(row[stored]);
}

async function* passOn(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    throw toBoardError(error);
  }
}

/**
 * Writes the file first, then its row. A crash between leaves a file without a row, and the next call writes it again.
 */
async function pushFile(
  place: Place,
  { content, ...given }: GivenAttachment,
  { key, signal }: Call,
): Promise<Outcome> {
  const { parts, folder } = place;
  const { client, settings } = parts;
  const job = toFileJob(place, given, key);
  const { size, sha256 } = given.attachment;
  const mode = Number.parseInt(settings.fileMode ?? '644', 8);
  try {
    const held = await client.use(signal, (session) => lookAhead(parts, session, job));
    if (held) return { kind: 'done', ref: held };
    await writeStored(folder, job.key, { size, sha256, content }, { mode, signal });
    const ref = await client.use(signal, (session) => bring(parts, session, job));
    return { kind: 'done', ref };
  } catch (error) {
    return toOutcome(error);
  }
}

async function findFile(
  place: Place,
  given: Omit<GivenAttachment, 'content'>,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  const { parts } = place;
  const job = toFileJob(place, given, key);
  try {
    return await parts.client.use(signal, (session) => findBrought(parts, session, job));
  } catch (error) {
    throw toBoardError(error);
  }
}

/** The mark of a file's row is the file's stored name. */
function toFileJob(
  { parts, files, folder: here }: Place,
  given: Omit<GivenAttachment, 'content'>,
  key: string,
): Job {
  const { event, complaint, role, ref } = given;
  const stored = toStoredName(given, key);
  const folder = parts.settings.filesAs ?? here;
  return {
    change: { event, complaint, role, ref },
    key: stored,
    steps: files.push ?? [],
    place: 'files.push',
    input: { ...toFileInput(given, key), stored, folder },
    refOf: () => toRef(ref.externalId, stored),
  };
}

/**
 * Documents and pictures. Boards often serve their folder by a web server, where a program would run. So no other
 * ending is kept.
 */
const harmless = /\.(pdf|hwpx?|docx?|xlsx?|pptx?|od[tsp]|jpe?g|png|gif|bmp|webp|tiff?|heic|zip|txt|csv)$/i;

/** The stored name. It is the same for one key, and nobody without the file can guess it. */
function toStoredName({ attachment }: Omit<GivenAttachment, 'content'>, key: string): string {
  const { id, sha256, name } = attachment;
  const digest = createHash('sha256')
    .update(JSON.stringify([key, id, sha256]))
    .digest('hex');
  return `minwon-hub-${digest.slice(0, 32)}${harmless.exec(name)?.[0].toLowerCase() ?? ''}`;
}
