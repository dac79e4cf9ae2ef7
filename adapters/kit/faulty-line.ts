import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import iconv from 'iconv-lite';

/**
 * What becomes of the bytes of a reply between a board and its adapter, whatever protocol they speak.
 *
 * - `cut`: half of what the board said arrives, then the connection ends
 * - `stall`: half arrives, and then nothing, while the connection stays open
 * - `drip`: a byte at a time, so slowly that the whole takes longer than anybody waits
 * - `crumbs`: all of it, at once, in pieces of seven bytes that break characters and packets in two
 * - `garbage`: noise of the same length
 * - `wrong-charset`: Korean letters in another charset than the one that the reply names, in as many bytes
 * - `away`: nobody listens, and open connections are gone
 */
export type LineFault = 'none' | 'cut' | 'stall' | 'drip' | 'crumbs' | 'garbage' | 'wrong-charset' | 'away';

export interface FaultyLine {
  /** Where the adapter connects in place of the board's own port, on 127.0.0.1. */
  port: number;
  /**
   * From now on replies are bent so. With `after`, only on a connection that has carried these letters (ASCII) to
   * the board since: so a fault waits for the call that it is meant for.
   */
  bend(fault: LineFault, after?: string): Promise<void>;
  close(): Promise<void>;
}

const dripMilliseconds = 100;
const crumb = 7;

/** A line to the board that listens on this port of this machine. Real sockets: what is bent here, a network can bend. */
export async function openFaultyLine(boardPort: number): Promise<FaultyLine> {
  const open = new Set<Socket>();
  let bent: { fault: LineFault; after: string | undefined } = { fault: 'none', after: undefined };

  const server = createServer({ noDelay: true }, (adapter) => {
    const board = connect({ port: boardPort, host: '127.0.0.1', noDelay: true });
    let order = bent;
    let carried = '';
    open.add(adapter);
    adapter
      .on('error', () => board.destroy())
      .on('close', () => {
        board.destroy();
        open.delete(adapter);
      });
    // Told to who reads its replies, below.
    board.on('error', () => undefined);
    adapter.on('data', (bytes: Buffer) => {
      if (order !== bent) carried = '';
      order = bent;
      if (order.after) carried = carried.slice(-order.after.length) + bytes.toString('latin1');
      board.write(bytes);
    });
    passReplies(board, adapter, () => (!bent.after || carried.includes(bent.after) ? bent.fault : 'none'));
  });

  const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  async function leave(): Promise<void> {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise((done) => server.close(done));
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    bend: async (fault, after) => {
      bent = { fault, after };
      if (fault === 'away') await leave();
      else if (!server.listening) await listen(port);
    },
    close: leave,
  };
}

/** One piece after the other, so that bytes keep their order however slowly they go. */
async function passReplies(board: Socket, adapter: Socket, faultNow: () => LineFault): Promise<void> {
  let stalled = false;
  try {
    for await (const bytes of board as AsyncIterable<Buffer>) {
      const fault = faultNow();
      // What was held back once cannot be made up for: the stream stays behind.
      if (stalled) continue;
      const half = bytes.subarray(0, bytes.length >> 1);
      if (fault === 'cut') return void adapter.end(half);
      if (fault === 'stall') stalled = true;
      if (fault === 'drip') await inPieces(adapter, bytes, 1, () => pause(faultNow));
      else if (fault === 'crumbs') await inPieces(adapter, bytes, crumb, immediately);
      else adapter.write(stalled ? half : (replace[fault]?.(bytes) ?? bytes));
    }
    // A board that closes after its reply would tell that this was all of it.
    if (!stalled) adapter.end();
  } catch {
    adapter.destroy();
  }
}

const replace: Partial<Record<LineFault, (bytes: Buffer) => Buffer>> = {
  garbage: (bytes) => Buffer.from(bytes.map((byte) => byte ^ 0xa5)),
  'wrong-charset': toWrongCharset,
};

async function inPieces(to: Socket, bytes: Buffer, size: number, wait: () => Promise<void>): Promise<void> {
  for (let at = 0; at < bytes.length && !to.destroyed; at += size) {
    to.write(bytes.subarray(at, at + size));
    await wait();
  }
}

const immediately = () => new Promise<void>((done) => setImmediate(done));
/** A line that was mended meanwhile passes the rest at once. */
const pause = (faultNow: () => LineFault) =>
  faultNow() === 'drip' ? new Promise<void>((done) => setTimeout(done, dripMilliseconds)) : immediately();

/** Hangul of UTF-8 becomes CP949, which is a byte shorter; that of CP949 becomes what is a letter in no charset. */
function toWrongCharset(bytes: Buffer): Buffer {
  const bent = Buffer.from(bytes);
  const isTrail = (byte = 0) => byte >= 0x80 && byte <= 0xbf;
  for (let at = 0; at + 1 < bent.length; at++) {
    const [lead = 0, next = 0] = bent.subarray(at, at + 2);
    if (lead >= 0xea && lead <= 0xed && isTrail(next) && isTrail(bent[at + 2])) {
      const letter = bent.toString('utf8', at, at + 3);
      bent.set(Buffer.concat([iconv.encode(letter, 'cp949'), Buffer.from(' ')]).subarray(0, 3), at);
      at += 2;
    } else if (lead >= 0xb0 && lead <= 0xc8 && next >= 0xa1) {
      bent.fill(0xff, at, at + 2);
      at += 1;
    }
  }
  return bent;
}
