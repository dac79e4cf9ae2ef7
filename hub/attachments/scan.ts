import { connect } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { type Reason, ReasonError, toReason } from '../../schemas/reason.ts';
import { AttachmentError } from './attachment-error.ts';

/** The name of the virus found in a file. Undefined: none. Errors: AttachmentError `scanner`. */
export type Scan = (source: AsyncIterable<Uint8Array>) => Promise<string | undefined>;

const longestReply = 4096;

/**
 * Asks a clamd by its INSTREAM command (clamd(8)): chunks, each after its length in four bytes, ended by a zero.
 * `patience`: milliseconds without a byte either way.
 */
export function createClamdScan(url: string, patience = 60_000): Scan {
  const { hostname, port } = new URL(url);
  return async (source) => {
    try {
      const reply = await ask({ host: hostname, port: Number(port || 3310), patience }, source);
      if (reply.endsWith('OK')) return undefined;
      const [, found] = /^stream: (.+) FOUND$/.exec(reply) ?? [];
      if (found) return found;
      throw reply ? new Error(reply) : new ReasonError(toReason('scanner_hung_up'));
    } catch (cause) {
      // A content that cannot be read is no fault of clamd.
      if (cause instanceof AttachmentError) throw cause;
      throw new AttachmentError('scanner', toReason('file_not_scanned', { detail: toDetail(cause) }), {
        cause,
      });
    }
  };
}

/** A code of Node, if there is one: its message would show callers the address of clamd. */
function toDetail(error: unknown): string | Reason {
  if (error instanceof ReasonError) return error.reason;
  const { code, message = String(error) } = error as Partial<NodeJS.ErrnoException>;
  return (code ?? message).slice(0, 200);
}

/**
 * clamd's reply ends the scan, whether all bytes were sent or not. clamd may hang up in the middle (its
 * StreamMaxLength), or die while the source has nothing to send.
 */
async function ask(
  { host, port, patience }: { host: string; port: number; patience: number },
  source: AsyncIterable<Uint8Array>,
): Promise<string> {
  const socket = connect({ host, port });
  socket.setTimeout(patience, () =>
    socket.destroy(new ReasonError(toReason('timed_out', { n: patience / 1000 }))),
  );
  const answered = new AbortController();
  const sent = pipeline(frame(source), socket, { end: false, signal: answered.signal });
  // A failure destroys the socket, and its reader gets the error.
  sent.catch(() => undefined);
  return readAll(socket).finally(() => answered.abort());
}

async function* frame(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const chunk of source) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    yield Buffer.concat([length, chunk]);
  }
  yield Buffer.alloc(4);
}

async function readAll(socket: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.includes('\0') || text.length > longestReply) break;
  }
  return text.replace(/\0.*$/s, '');
}
