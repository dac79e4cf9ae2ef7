import { connect } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { AttachmentError } from './attachment-error.ts';

/** The name of what was found in a file; undefined: nothing. Errors: AttachmentError `scanner`. */
export type Scan = (source: AsyncIterable<Uint8Array>) => Promise<string | undefined>;

const patience = 60_000;
const longestReply = 4096;

/** Asks a clamd by its INSTREAM command (clamd(8)): chunks, each behind its length in four bytes, ended by a zero. */
export function createClamdScan(url: string): Scan {
  const { hostname, port } = new URL(url);
  return async (source) => {
    try {
      const reply = await ask(hostname, Number(port || 3310), source);
      if (reply.endsWith('OK')) return undefined;
      const [, found] = /^stream: (.+) FOUND$/.exec(reply) ?? [];
      if (found) return found;
      throw new Error(reply);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AttachmentError('scanner', `clamd gives no verdict: ${reason.slice(0, 200)}`, { cause });
    }
  };
}

async function ask(host: string, port: number, source: AsyncIterable<Uint8Array>): Promise<string> {
  const socket = connect({ host, port });
  socket.setTimeout(patience, () => socket.destroy(new Error(`no reply within ${patience / 1000} s`)));
  const reply = readAll(socket);
  // When clamd hangs up in the middle (its StreamMaxLength), its reply says why, not the broken pipe.
  await pipeline(frame(source), socket, { end: false }).catch(() => undefined);
  return reply;
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
