/**
 * A sealed file: the head (`MINWON1` and a line feed, the id of its data key, 32 random bytes), and then frames of 64 KiB,
 * each encrypted by itself with its tag after it. The key is derived for this one file from the data key and the random
 * bytes (HKDF, RFC 5869). The nonce of a frame is its number and whether it is the last (STREAM, Hoang et al., 2015): a frame
 * that is missing, comes twice or in another place does not open, nor does a file that was cut between two frames.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { toReason } from '../../schemas/reason.ts';
import { type DataKey, keyIdLength, type SealAlgorithm } from '../store/sealing/sealed-text.ts';
import { AttachmentError } from './attachment-error.ts';

const magic = Buffer.from('MINWON1\n', 'latin1');
const saltLength = 32;
const headLength = magic.length + keyIdLength + saltLength;
const frameLength = 64 * 1024;
const tagLength = 16;
const tagged = { authTagLength: tagLength };

interface FileKey {
  algorithm: SealAlgorithm;
  key: KeyObject;
  head: Buffer;
}

function toFileKey({ algorithm, key }: DataKey, head: Buffer): FileKey {
  const salt = head.subarray(-saltLength);
  const derived = hkdfSync('sha256', key, salt, 'minwon-hub file', 32);
  return { algorithm, key: createSecretKey(Buffer.from(derived)), head };
}

/** The first byte says whether it is the last frame; the number of the frame ends the nonce. */
function toNonce(frame: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce[0] = isLast ? 1 : 0;
  nonce.writeUInt32BE(frame, 8);
  return nonce;
}

function sealFrame({ algorithm, key, head }: FileKey, bytes: Buffer, frame: number, isLast: boolean): Buffer {
  const cipher = createCipheriv(algorithm as 'aes-256-gcm', key, toNonce(frame, isLast), tagged);
  cipher.setAAD(head);
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function openFrame({ algorithm, key, head }: FileKey, bytes: Buffer, frame: number, isLast: boolean): Buffer {
  try {
    const decipher = createDecipheriv(algorithm as 'aes-256-gcm', key, toNonce(frame, isLast), tagged);
    decipher.setAAD(head);
    decipher.setAuthTag(bytes.subarray(-tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagLength)), decipher.final()]);
  } catch (cause) {
    throw new AttachmentError('missing', toReason('content_changed'), { cause });
  }
}

/** Cuts a stream into pieces of one length. Only the last one is shorter, and may be empty. */
async function* cut(
  source: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of source) {
    parts.push(chunk);
    held += chunk.length;
    // A full piece waits until it is known that more follows.
    if (held <= length) continue;
    let rest: Buffer = Buffer.concat(parts);
    for (; rest.length > length; rest = rest.subarray(length))
      yield { bytes: rest.subarray(0, length), isLast: false };
    parts = [rest];
    held = rest.length;
  }
  yield { bytes: Buffer.concat(parts), isLast: true };
}

/** Seals a stream. Only one frame of it is in memory at a time. */
export async function* sealStream(source: AsyncIterable<Uint8Array>, key: DataKey): AsyncGenerator<Buffer> {
  const head = Buffer.concat([magic, Buffer.from(key.id, 'latin1'), randomBytes(saltLength)]);
  const own = toFileKey(key, head);
  yield head;
  let frame = 0;
  for await (const { bytes, isLast } of cut(source, frameLength)) {
    yield sealFrame(own, bytes, frame, isLast);
    frame += 1;
  }
}

/**
 * Opens a stream that {@link sealStream} made. One that does not begin as such is from before, and passes as it is. Nothing of
 * a frame comes out before its tag was checked. Errors: AttachmentError `missing` if it was changed or cut, or its key is
 * not there.
 */
export async function* openStream(
  source: AsyncIterable<Uint8Array>,
  find: (id: string) => DataKey | undefined,
): AsyncGenerator<Uint8Array> {
  const reading = source[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  try {
    for (let next = await reading.next(); !next.done; next = await reading.next()) {
      start = Buffer.concat([start, next.value]);
      if (start.length >= headLength) break;
    }
    const rest = follow(start, reading);
    if (!start.subarray(0, magic.length).equals(magic)) yield* rest;
    else yield* openFrames(rest, find);
  } finally {
    await reading.return?.();
  }
}

async function* follow(start: Buffer, reading: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (start.length > 0) yield start;
  for (let next = await reading.next(); !next.done; next = await reading.next()) yield next.value;
}

async function* openFrames(
  source: AsyncIterable<Uint8Array>,
  find: (id: string) => DataKey | undefined,
): AsyncGenerator<Buffer> {
  let own: FileKey | undefined;
  let frame = 0;
  for await (const { bytes, isLast } of cut(
    afterHead(source, (head) => (own = toOwnKey(head, find))),
    frameLength + tagLength,
  )) {
    if (!own) throw new AttachmentError('missing', toReason('content_changed'));
    yield openFrame(own, bytes, frame, isLast);
    frame += 1;
  }
}

/** Gives the head to `take`, and passes on what follows it. */
async function* afterHead(
  source: AsyncIterable<Uint8Array>,
  take: (head: Buffer) => void,
): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined;
  for await (const chunk of source) {
    if (head) {
      yield chunk;
      continue;
    }
    // The first chunk holds the whole head, if there is one.
    head = Buffer.from(chunk.subarray(0, headLength));
    if (head.length < headLength) throw new AttachmentError('missing', toReason('content_changed'));
    take(head);
    yield chunk.subarray(headLength);
  }
}

function toOwnKey(head: Buffer, find: (id: string) => DataKey | undefined): FileKey {
  const id = head.subarray(magic.length, magic.length + keyIdLength).toString('latin1');
  const key = find(id);
  if (!key) throw new AttachmentError('missing', toReason('content_without_key', { key: id }));
  return toFileKey(key, head);
}
