import { createHash } from 'node:crypto';
import { toReason } from '../../schemas/reason.ts';
import { AttachmentError } from './attachment-error.ts';
import { getMediaType, sampleBytes } from './file-types.ts';
import { toSizeText } from './limits.ts';

/** What a content is. */
export interface Content {
  /** Lower-case hexadecimal. */
  sha256: string;
  /** Bytes. */
  size: number;
  mediaType: string;
}

/** The conditions for taking a file. */
export interface Expected {
  name: string;
  types: readonly string[];
  maxBytes: number;
  /** Size and digest, if the sender gave them. They must be right. */
  size?: number | undefined;
  sha256?: string | undefined;
}

export interface Measured {
  /** The same bytes. Throws AttachmentError as soon as the file cannot be taken, before a byte of it is passed on. */
  bytes: AsyncIterable<Uint8Array>;
  /** Call it after all bytes have been read. Errors: AttachmentError `damaged`. */
  content(): Content;
}

/** Counts, hashes and checks a stream while it passes. It holds back only the first bytes. */
export function measure(source: AsyncIterable<Uint8Array>, expected: Expected): Measured {
  const hash = createHash('sha256');
  let size = 0;
  let mediaType = '';

  async function* pass(): AsyncGenerator<Uint8Array> {
    const tooLarge = new AttachmentError(
      'too_large',
      toReason('file_too_large', { size: toSizeText(expected.maxBytes) }),
    );
    // A sender that announces too large a size is told at once, and reserves no quota meanwhile.
    if (expected.size !== undefined && expected.size > expected.maxBytes) throw tooLarge;
    let held: Uint8Array[] | undefined = [];
    for await (const chunk of source) {
      size += chunk.length;
      if (size > expected.maxBytes) throw tooLarge;
      hash.update(chunk);
      if (!held) {
        yield chunk;
        continue;
      }
      held.push(chunk);
      if (size < sampleBytes) continue;
      yield* await judge(held);
      held = undefined;
    }
    if (size === 0) throw new AttachmentError('empty', toReason('file_empty'));
    if (held) yield* await judge(held);
  }

  async function judge(held: Uint8Array[]): Promise<Uint8Array[]> {
    const sample = Buffer.concat(held).subarray(0, sampleBytes);
    mediaType = await getMediaType(expected.name, sample, expected.types);
    return held;
  }

  return {
    bytes: pass(),
    content() {
      const sha256 = hash.digest('hex');
      if (expected.size !== undefined && expected.size !== size)
        throw new AttachmentError('damaged', toReason('file_size', { n: size, announced: expected.size }));
      if (expected.sha256 !== undefined && expected.sha256 !== sha256)
        throw new AttachmentError('damaged', toReason('file_digest'));
      return { sha256, size, mediaType };
    },
  };
}
