/** The file methods of a board that is described by expressions. */
import { toReason } from '../../../schemas/reason.ts';
import {
  type BoardAdapter,
  BoardError,
  type FetchedAttachment,
  type GivenAttachment,
  type Outcome,
  type WantedAttachment,
} from '../../contract.ts';
import type { BoardStream } from '../http/http.ts';
import { readContent } from '../http/read-content.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { toBoardError, toOutcome } from '../outcome/call-error.ts';
import { refusedBefore } from '../outcome/refused-before.ts';
import { toFileInput, toId } from '../reading/board-ref.ts';
import { ask, type MappedQuestion } from './mapped-board.ts';
import type { Send } from './prepare.ts';

type FileMethods = Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'>;

interface MappedFiles {
  /** Begins to read a file that a post named. */
  open?(wanted: WantedAttachment, signal: AbortSignal): Promise<Pick<BoardStream, 'content'>>;
  push?: {
    /** Reads the change with its `attachment`. Throws if the request cannot be built; nothing has been sent then. */
    prepare(
      input: Record<string, unknown>,
      file: Pick<GivenAttachment, 'attachment' | 'content'>,
    ): Promise<Send>;
    /** Reads the reply. Returns the board's id of the file. */
    partId?: Mapping;
  };
  find?: MappedQuestion;
}

/** Creates only the methods that are described. */
export function createMappedFiles({ open, push, find }: MappedFiles): FileMethods {
  return {
    ...(open && { fetchAttachment: (wanted, signal) => fetchFile(open, wanted, signal) }),
    ...(push && { pushAttachment: (given, call) => pushFile(push, given, call) }),
    ...(find && {
      findAttachment: (given, { key, signal }) => {
        const input = toFileInput(given, key);
        return ask(find, input, input, signal);
      },
    }),
  };
}

/** The address of a file of which the board tells nothing else. */
export function urlOf({ reference: { url } }: WantedAttachment): string {
  if (url !== undefined) return url;
  throw new BoardError('malformed', toReason('file_without_address'));
}

/** What expressions read of a file that is wanted: the reference as the post gave it, its id as `fileId`, the post. */
export const toWantedInput = ({ reference, ref }: WantedAttachment): Record<string, unknown> => ({
  ...ref,
  fileId: reference.id,
  attachment: reference,
});

/** Bytes at a time. A multiple of three, so that four letters of base64 give whole bytes. */
const portion = 3 * 64 * 1024;

/** The content of a file that a reply holds in base64 (RFC 4648, 4), with or without line ends. */
export async function openBase64(
  content: Mapping,
  told: Record<string, unknown>,
): Promise<Pick<BoardStream, 'content'>> {
  const text = await content.evaluate(told);
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/=\s]*$/.test(text))
    throw new BoardError('malformed', toReason('file_not_base64'));
  const bytes = Buffer.from(text, 'base64');
  async function* read() {
    for (let at = 0; at < bytes.length; at += portion) yield bytes.subarray(at, at + portion);
  }
  return { content: read() };
}

async function fetchFile(
  open: NonNullable<MappedFiles['open']>,
  wanted: WantedAttachment,
  signal: AbortSignal,
): Promise<FetchedAttachment> {
  try {
    return readContent(await open(wanted, signal));
  } catch (error) {
    throw toBoardError(error);
  }
}

async function pushFile(
  { prepare, partId: toPartId }: NonNullable<MappedFiles['push']>,
  { content, ...given }: GivenAttachment,
  { key, signal }: { key: string; signal: AbortSignal },
): Promise<Outcome> {
  let send: Send;
  try {
    send = await prepare(toFileInput(given, key), { attachment: given.attachment, content });
  } catch (error) {
    return refusedBefore(error, 'attachments.push');
  }
  try {
    const reply = await send(signal);
    const partId = toId(await toPartId?.evaluate(reply));
    if (toPartId && partId === undefined)
      return { kind: 'unknown', reason: toReason('no_file_named'), isOver: true };
    return { kind: 'done', ref: { externalId: given.ref.externalId, ...(partId && { partId }) } };
  } catch (error) {
    return toOutcome(error);
  }
}
