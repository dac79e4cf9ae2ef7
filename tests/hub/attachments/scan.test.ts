import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClamdScan } from '../../../hub/attachments/scan.ts';
import { type Clamd, eicar, freePort, prepareClamd } from '../../support/servers/clamd.ts';

let clamd: Clamd | undefined;
let url: string;

beforeAll(async () => {
  clamd = await prepareClamd();
  await clamd?.start();
  url = clamd?.url ?? '';
}, 60_000);
afterAll(async () => clamd?.stop());

async function* inPieces(...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
}

it('names what clamd finds, also across pieces, and nothing in a clean file', async ({ skip }) => {
  if (!clamd) return skip();
  const scan = createClamdScan(url);
  expect(await scan(inPieces('hello ', 'world'))).toBeUndefined();
  expect(await scan(inPieces('before ', eicar.slice(0, 20), eicar.slice(20), ' after'))).toContain(
    'Test.File',
  );
});

it('gives no verdict where clamd gives none: too large for it, or not there', async ({ skip }) => {
  if (!clamd) return skip();
  const large = Array.from({ length: 30 }, () => 'x'.repeat(100_000));
  await expect(createClamdScan(url)(inPieces(...large))).rejects.toMatchObject({ kind: 'scanner' });
  const nobody = createClamdScan(`tcp://127.0.0.1:${await freePort()}`);
  await expect(nobody(inPieces('x'))).rejects.toMatchObject({ kind: 'scanner' });
});

describe('a clamd that dies while a file is on its way ends nothing else, and is told of at once', () => {
  /** Nothing but a socket: how a clamd dies cannot be timed. */
  async function openDying(die: (socket: Socket) => void): Promise<{ url: string; close(): void }> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => die(socket));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { url: `tcp://127.0.0.1:${port}`, close: () => server.close() };
  }

  /** A store that gives a first piece and nothing more, as long as anybody waits. */
  async function* stalled() {
    yield Buffer.from('x');
    await new Promise(() => undefined);
  }

  it.each([
    ['by a reset', (socket: Socket) => socket.resetAndDestroy()],
    ['by hanging up', (socket: Socket) => socket.end()],
  ])('%s', async (_how, die) => {
    const dying = await openDying(die);
    // A rejection that nobody looks at is told by vitest as a failure of the run.
    await expect(createClamdScan(dying.url)(stalled())).rejects.toMatchObject({ kind: 'scanner' });
    dying.close();
  });

  it('as data, which a Korean page says in Korean', async () => {
    const hung = await openDying((socket) => socket.end());
    await expect(createClamdScan(hung.url)(inPieces('x'))).rejects.toMatchObject({
      reason: { code: 'file_not_scanned', params: { detail: { code: 'scanner_hung_up' } } },
    });
    hung.close();
    const mute = await openDying(() => undefined);
    await expect(createClamdScan(mute.url, 100)(inPieces('x'))).rejects.toMatchObject({
      message: 'clamd gives no verdict: no reply within 0.1 s',
      reason: { params: { detail: { code: 'timed_out', params: { n: 0.1 } } } },
    });
    mute.close();
  });

  it('callers are not told where clamd stands', async () => {
    const nobody = createClamdScan(`tcp://127.0.0.1:${await freePort()}`)(inPieces('x'));
    await expect(nobody).rejects.toThrow(/^clamd gives no verdict: ECONNREFUSED$/);
  });
});
