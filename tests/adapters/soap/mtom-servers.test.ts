import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import type { BoardAdapter, GivenAttachment } from '../../../adapters/contract.ts';
import { inWords } from '../../support/in-words.ts';
import { connect } from '../conformance/soap-fixture.ts';

/** The adapter's files against servers that are not ours, by MTOM and in base64. */

const run = promisify(execFile);
const fileOf = (name: string) => fileURLToPath(new URL(`servers/${name}`, import.meta.url));
const soon = () => AbortSignal.timeout(20_000);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

async function start(cwd: string, program: string, args: string[]): Promise<ChildProcess> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  ends.push(() => child.kill());
  await once(child.stdout, 'data', { signal: AbortSignal.timeout(60_000) });
  return child;
}

/** A board that listens at a port: the place of its WSDL. */
interface Board {
  name: string;
  probe: string;
  /** A tool chain of some hundred MB: tested where it is installed, and never a reason to fail. */
  isLarge?: true;
  start(folder: string, port: number): Promise<string>;
  /** What the id of a sent file tells, after its name and size. */
  says: Record<'mtom' | 'base64', string>;
}

const jaxWs = '/usr/share/jaxws/lib/*:/usr/share/java/jaxws-rt.jar:/usr/share/java/*';
const boards: Board[] = [
  {
    name: 'gSOAP',
    probe: 'command -v soapcpp2 && command -v gcc',
    says: { mtom: 'application/pdf', base64: 'base64' },
    async start(folder, port) {
      for (const file of ['file-board.h', 'file-board.c']) await cp(fileOf(file), join(folder, file));
      await run('soapcpp2', ['-S', '-c', '-L', '-x', 'file-board.h'], { cwd: folder, timeout: 60_000 });
      const sources = ['file-board.c', 'soapC.c', 'soapServer.c'];
      await run('gcc', ['-O0', '-o', 'board', ...sources, '-lgsoap'], { cwd: folder, timeout: 100_000 });
      await start(folder, join(folder, 'board'), [String(port)]);
      return join(folder, 'FileBoard.wsdl');
    },
  },
  {
    name: 'JAX-WS',
    probe: 'command -v wsimport && command -v javac',
    isLarge: true,
    says: { mtom: 'multipart/related', base64: 'text/xml' },
    async start(folder, port) {
      await run(
        'javac',
        ['-encoding', 'UTF-8', '-nowarn', '-cp', jaxWs, '-d', '.', fileOf('FileBoard.java')],
        {
          cwd: folder,
          timeout: 100_000,
        },
      );
      // Debian's JAX-WS cannot make these classes while it runs.
      await run('wsgen', ['-d', '.', '-cp', '.', 'FileBoard'], { cwd: folder, timeout: 100_000 });
      const opens = ['--add-opens', 'java.base/java.lang=ALL-UNNAMED', '-Dfile.encoding=UTF-8'];
      await start(folder, 'java', [...opens, '-cp', `.:${jaxWs}`, 'FileBoard', String(port)]);
      return `http://127.0.0.1:${port}/?wsdl`;
    },
  },
];

function open(wsdl: string, port: number, mtom: boolean): BoardAdapter {
  const adapter = connect({
    wsdl,
    endpoint: `http://127.0.0.1:${port}/`,
    auth: { kind: 'none' },
    normalise: '{"status": "received"}',
    attachments: {
      fetch: {
        by: 'operation',
        operation: 'getFile',
        request: '{"fileId": attachment.id}',
        content: 'content',
      },
      push: {
        operation: 'putFile',
        request: '{"name": attachment.name, "content": content}',
        partId: 'fileId',
        mtom,
      },
    },
  });
  ends.push(() => adapter.close());
  return adapter;
}

async function push(adapter: BoardAdapter, name: string, bytes: Buffer) {
  async function* content() {
    for (let at = 0; at < bytes.length; at += 50_001) yield bytes.subarray(at, at + 50_001);
  }
  const given = {
    event: { type: 'registered', data: {} },
    complaint: {},
    role: 'assignee',
    ref: { externalId: '7' },
    attachment: { id: 'a', name, mediaType: 'application/pdf', size: bytes.length, sha256: '' },
    content: content(),
  } as unknown as GivenAttachment;
  return adapter.pushAttachment?.(given, { key: 'k', signal: soon() });
}

async function fetchFile(adapter: BoardAdapter, id: string): Promise<Buffer> {
  const fetched = await adapter.fetchAttachment?.(
    { reference: { id, name: 'a.pdf' }, ref: { externalId: '7' } },
    soon(),
  );
  const chunks: Uint8Array[] = [];
  for await (const chunk of fetched?.content ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test.each(boards)('$name takes and gives out files', { timeout: 200_000 }, async (board) => {
  try {
    await run('sh', ['-c', board.probe], { timeout: 20_000 });
  } catch {
    if (process.env.REQUIRE_SERVICES === '1' && !board.isLarge)
      throw new Error(`${board.name} is not installed`);
    console.warn(`NOT TESTED: ${board.name} is not installed`);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-files-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const wsdl = await board.start(folder, port);
  for (const way of ['base64', 'mtom'] as const) {
    const adapter = open(wsdl, port, way === 'mtom');
    const bytes = randomBytes(3_000_001);
    expect(inWords(await push(adapter, '계획서.pdf', bytes))).toEqual({
      kind: 'done',
      ref: { externalId: '7', partId: `계획서.pdf 3000001 ${board.says[way]}` },
    });
    expect((await fetchFile(adapter, way)).equals(bytes)).toBe(true);
    expect((await push(adapter, 'refuse.pdf', randomBytes(10)))?.kind).toBe(
      board.name === 'gSOAP' ? 'refused' : 'unknown',
    );
  }
});
