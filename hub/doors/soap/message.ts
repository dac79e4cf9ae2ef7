import type { FastifyRequest } from 'fastify';
import {
  isRelated,
  RelatedError,
  type RelatedMessage,
  readRelated,
} from '../../../adapters/kit/http/multipart-related.ts';
import { readCid } from '../../../adapters/kit/http/xop.ts';
import { toReason } from '../../../schemas/reason.ts';
import { startDigestCheck } from '../../access/keys/content-digest.ts';
import { toContent } from '../../http/body-stream.ts';
import { Refusal } from '../../http/problem.ts';

/** What came with a call: the envelope, and with MTOM the files beside it, which are not read yet. */
export interface Message {
  bytes: Buffer;
  contentType: string | undefined;
  enclosed: Enclosed | undefined;
}

/** The parts of a message beside its envelope. Each call names one at the most. Errors: RelatedError, Refusal. */
export interface Enclosed {
  /**
   * The bytes that a href names. They end when the whole message is read and nothing else was in it. So whoever takes
   * them has taken nothing before its Content-Digest is known to be right.
   */
  take(href: string): AsyncGenerator<Uint8Array>;
  /** For a call without a file: reads the rest of the message. */
  finish(): Promise<void>;
  /** Stops reading. What is left of the message is dropped. */
  close(): Promise<void>;
}

/** Parts of a message, with the envelope. A call has one file; a few more may be refused in words. */
const mostParts = 5;

/** Reads the envelope of a call. `most`: bytes of it. Errors: RelatedError, Refusal. */
export async function readMessage(request: FastifyRequest, most: number): Promise<Message> {
  const contentType = request.headers['content-type'];
  if (contentType === undefined || !isRelated(contentType)) {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return { bytes, contentType, enclosed: undefined };
  }
  const { body, mustFit } = digested(request);
  const related = await readRelated(body, contentType, { rootBytes: most, parts: mostParts });
  const { bytes, contentType: rootType } = related.root;
  return { bytes, contentType: rootType, enclosed: createEnclosed(related, mustFit) };
}

/** An HTTP signature (RFC 9421) covers Content-Digest, so the body must match it. */
function digested(request: FastifyRequest): { body: AsyncIterable<Uint8Array>; mustFit(): void } {
  const header = request.headers['content-digest'];
  if (typeof header !== 'string') return { body: toContent(request), mustFit: () => undefined };
  const check = startDigestCheck(header);
  if (typeof check === 'string') throw new Refusal('malformed', check);
  async function* body(digest: typeof check & object) {
    for await (const chunk of toContent(request)) {
      digest.update(chunk);
      yield chunk;
    }
  }
  return {
    body: body(check),
    mustFit() {
      const problem = check.findProblem();
      if (problem) throw new Refusal('malformed', problem);
    },
  };
}

function createEnclosed({ parts }: RelatedMessage, mustFit: () => void): Enclosed {
  async function finish(): Promise<void> {
    const next = await parts.next();
    if (!next.done) throw new RelatedError(toReason('mtom_unnamed_part', { id: next.value.id }));
    mustFit();
  }
  return {
    finish,
    close: async () => void (await parts.return(undefined)),
    async *take(href) {
      const id = readCid(href);
      const next = await parts.next();
      if (next.done) throw new RelatedError(toReason('mtom_missing_part', { id }));
      if (next.value.id !== id) throw new RelatedError(toReason('mtom_unnamed_part', { id: next.value.id }));
      yield* next.value.content;
      await finish();
    },
  };
}
