import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import iconv from 'iconv-lite';

/**
 * Faults between a board and its adapter, for any protocol.
 *
 * - `cut`: half of the reply arrives, then the connection ends
 * - `stall`: half of the reply arrives, then nothing, while the connection stays open
 * - `drip`: one byte at a time, so slowly that the whole takes longer than anybody waits
 * - `crumbs`: the whole reply at once, in pieces of seven bytes that split characters and packets
 * - `garbage`: noise of the same length
 * - `wrong-charset`: Korean letters in another charset than the reply names
 * - `away`: nobody listens, and open connections are gone
 * - `late`: the first request with the characters of `after` waits in the line. The board gets it with the next call of
 *   `bend`, even if the adapter has left by then
 */
export type LineFault =
  | 'none'
  | 'cut'
  | 'stall'
  | 'drip'
  | 'crumbs'
  | 'garbage'
  | 'wrong-charset'
  | 'away'
  | 'late';

export interface FaultyLine {
  /** The port on 127.0.0.1 to which the adapter connects instead of the board's own port. */
  port: number;
  /**
   * Applies a fault from now on. With `after`, it waits until a connection has carried these ASCII
   * characters to the board. So a fault can wait for a certain call.
   */
  bend(fault: LineFault, after?: string): Promise<void>;
  close(): Promise<void>;
}

const dripMilliseconds = 100;
const crumb = 7;

/**
 * Opens a line to the board, with its own port on this machine. It uses real sockets, so every fault here can also
 * happen in a network.
 */
export async function openFaultyLine(boardPort: number): Promise<FaultyLine> {
  const open = new Set<Socket>();
  let bent: { fault: LineFault; after: string | undefined } = { fault: 'none', after: undefined };
  let held: { board: Socket; bytes: Buffer[] } | undefined;

  const server = createServer({ noDelay: true }, (adapter) => {
    const board = connect({ port: boardPort, host: '127.0.0.1', noDelay: true });
    let order = bent;
    let carried = '';
    open.add(adapter);
    adapter
      .on('error', () => board.destroy())
      .on('close', () => {
        if (held?.board !== board) board.destroy();
        open.delete(adapter);
      });
    // The reader of its replies, below, gets the error too.
    board.on('error', () => undefined);
    adapter.on('data', (bytes: Buffer) => {
      if (order !== bent) carried = '';
      order = bent;
      if (order.after) carried = carried.slice(-order.after.length) + bytes.toString('latin1');
      if (order.fault === 'late' && order.after && !held && carried.includes(order.after))
        held = { board, bytes: [] };
      if (held?.board === board) held.bytes.push(bytes);
      else board.write(bytes);
    });
    passReplies(board, adapter, () => (!bent.after || carried.includes(bent.after) ? bent.fault : 'none'));
  });

  const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  function letGo(): void {
    const { board, bytes = [] } = held ?? {};
    held = undefined;
    for (const one of bytes) board?.write(one);
  }
  async function leave(): Promise<void> {
    held?.board.destroy();
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise((done) => server.close(done));
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    bend: async (fault, after) => {
      bent = { fault, after };
      letGo();
      if (fault === 'away') await leave();
      else if (!server.listening) await listen(port);
    },
    close: leave,
  };
}

/** Passes on one piece after the other, so that bytes keep their order at any speed. */
async function passReplies(board: Socket, adapter: Socket, faultNow: () => LineFault): Promise<void> {
  let stalled = false;
  try {
    for await (const bytes of board as AsyncIterable<Buffer>) {
      const fault = faultNow();
      // A stalled stream never continues, because the bytes held back are lost.
      if (stalled) continue;
      const half = bytes.subarray(0, bytes.length >> 1);
      if (fault === 'cut') return void adapter.end(half);
      if (fault === 'stall') stalled = true;
      if (fault === 'drip') await inPieces(adapter, bytes, 1, () => pause(faultNow));
      else if (fault === 'crumbs') await inPieces(adapter, bytes, crumb, immediately);
      else adapter.write(stalled ? half : (replace[fault]?.(bytes) ?? bytes));
    }
    // An ended connection would tell that the reply is complete.
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
/** Ends the pause early when the fault is lifted. The line then passes the rest at once. */
const pause = (faultNow: () => LineFault) =>
  faultNow() === 'drip' ? new Promise<void>((done) => setTimeout(done, dripMilliseconds)) : immediately();

/**
 * Turns Hangul in UTF-8 into CP949, which is a byte shorter. Turns Hangul in CP949 into bytes that are a letter in no
 * charset.
 */
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
