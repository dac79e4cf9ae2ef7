import { toReason } from '../../schemas/reason.ts';
import {
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type FetchedAttachment,
  type GivenAttachment,
  type Outcome,
  type WantedAttachment,
} from '../contract.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { toBoardError } from '../kit/outcome/call-error.ts';
import { readPart } from './mime/read-mail.ts';
import type { TransferDecoder } from './mime/transfer-decoder.ts';
import { createTransferDecoder, isUuencoded } from './mime/transfer-encoding.ts';
import { createUuDecoder } from './mime/uuencode.ts';
import { findSent, type MailParts, sendLetter, toThreadKey } from './post.ts';
import { writeFileLetter } from './write-mail.ts';

interface Call {
  key: string;
  signal: AbortSignal;
}

/** Bytes of a mail that are fetched in one piece. */
const pieceSize = 256 * 1024;
const defaultMaxFileBytes = 15 * 1024 * 1024;

/** The file methods. Files are read from replies. Each file is delivered in its own mail. */
export function createMailFiles(
  parts: MailParts,
): Required<Pick<BoardAdapter, 'fetchAttachment' | 'pushAttachment' | 'findAttachment'>> {
  return {
    fetchAttachment: (wanted, signal) => fetchFile(parts, wanted, signal),
    pushAttachment: (given, call) => pushFile(parts, given, call),
    findAttachment: (given, call) => findFile(parts, given, call),
  };
}

async function fetchFile(
  { client }: MailParts,
  { reference }: WantedAttachment,
  signal: AbortSignal,
): Promise<FetchedAttachment> {
  const [, validity, uid, part = '', inside] =
    /^(\d+)\.(\d+)\/([\d.]+)(?:~(\d+))?$/.exec(reference.id ?? '') ?? [];
  if (!part) throw new BoardError('malformed', toReason('mail_file_unnamed'));
  const ended = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<AsyncGenerator<Uint8Array>>();
  const stop = new AbortController();
  // The session lasts as long as somebody reads.
  const reading = client.read(AbortSignal.any([signal, stop.signal]), async ({ client: session, box }) => {
    if (String(box.uidValidity) !== validity)
      throw new HttpError('malformed', toReason('mailbox_built_anew'));
    const place = { uid: Number(uid), part };
    const first = await readPart(session, { ...place, start: 0, length: pieceSize });
    const pieces = async function* () {
      const decoder = decoderOf(first.encoding, inside);
      let { bytes } = first;
      for (let start = bytes.length; ; start += bytes.length) {
        yield decoder.decode(bytes);
        if (bytes.length < pieceSize) break;
        ({ bytes } = await readPart(session, { ...place, start, length: pieceSize }));
      }
      yield decoder.end();
    };
    opened.resolve(pieces());
    await ended.promise;
  });
  reading.catch(opened.reject);
  const failed = reading.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined);
  async function* read(pieces: AsyncGenerator<Uint8Array>) {
    try {
      for (;;) {
        const next = await Promise.race([pieces.next(), failed]);
        if (next.done) return;
        if (next.value.length > 0) yield next.value;
      }
    } catch (error) {
      throw toBoardError(error);
    } finally {
      ended.resolve();
      stop.abort();
    }
  }
  try {
    return { content: read(await opened.promise) };
  } catch (error) {
    throw toBoardError(error);
  }
}

/** Decodes a file that is embedded in a text: first the text, then the file in it. */
function decoderOf(encoding: string, inside: string | undefined): TransferDecoder {
  if (inside === undefined) return createTransferDecoder(encoding);
  const outer = createTransferDecoder(isUuencoded(encoding) ? '' : encoding);
  const inner = createUuDecoder(Number(inside));
  return {
    decode: (piece) => inner.decode(outer.decode(piece)),
    end: () => Buffer.concat([inner.decode(outer.end()), inner.end()]),
  };
}

async function pushFile(
  parts: MailParts,
  { content, ...given }: GivenAttachment,
  { key, signal }: Call,
): Promise<Outcome> {
  const { attachment, complaint, ref } = given;
  const { receiptNumber } = complaint;
  const { maxFileBytes = defaultMaxFileBytes } = parts.settings;
  if (ref.externalId !== receiptNumber) return { kind: 'refused', reason: toReason('mail_not_held') };
  if (attachment.size > maxFileBytes) {
    const bounds = { size: attachment.size, limit: maxFileBytes };
    return { kind: 'refused', reason: toReason('mail_file_too_large', bounds) };
  }
  const { name, mediaType } = attachment;
  const letter = writeFileLetter(given);
  const threadKey = toThreadKey(receiptNumber);
  return sendLetter(
    parts,
    { key, letter, threadKey, receiptNumber, file: { name, mediaType, content } },
    signal,
  );
}

async function findFile(
  parts: MailParts,
  { complaint }: Omit<GivenAttachment, 'content'>,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  return (await findSent(parts, key, signal)) ? { externalId: complaint.receiptNumber } : undefined;
}
