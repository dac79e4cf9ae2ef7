import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildGsoapClient } from './clients/build-gsoap.ts';
import { type OpenSoapDoor, openSoapDoor } from './open-soap-door.ts';

/** Programs that are not ours, with what the usual ones leave out: MTOM, WS-Addressing, xsi:nil. */

const run = promisify(execFile);
const fileOf = (name: string) => fileURLToPath(new URL(`clients/${name}`, import.meta.url));

let doors: OpenSoapDoor;
let folder: string;
let line: Server;
let url: string;
/** The media types that went over the wire: of each call, and of each reply. */
let heard: { call: string; action: boolean; reply: string }[];

beforeAll(async () => {
  doors = await openSoapDoor();
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-mtom-'));
  line = createServer((request, response) => {
    const onward = send(new URL(request.url ?? '/', doors.url), {
      method: request.method,
      headers: request.headers,
    });
    let head = '';
    request.on('data', (chunk) => {
      if (head.length < 5000) head += chunk.toString('latin1');
    });
    request.pipe(onward).on('response', (reply) => {
      response.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(response);
      const typeOf = (text: string | undefined) => text?.split(';')[0] ?? '';
      if (request.method !== 'POST') return;
      const call = typeOf(request.headers['content-type']);
      heard.push({
        call,
        action: /<[^>]*:?MessageID/.test(head),
        reply: typeOf(reply.headers['content-type']),
      });
    });
  });
  await new Promise<void>((done) => line.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(line.address() as AddressInfo).port}/soap/v1`;
});
beforeEach(() => {
  heard = [];
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await new Promise((done) => line.close(done));
  await doors.close();
  await rm(folder, { recursive: true, force: true });
});

interface Needed {
  name: string;
  probe: string;
  /** A tool chain of some hundred MB: tested where it is installed, and never a reason to fail. */
  isLarge?: true;
}

async function needInstalled({ name, probe, isLarge }: Needed, skip: () => void): Promise<void> {
  try {
    await run('sh', ['-c', probe], { timeout: 20_000 });
  } catch {
    if (process.env.REQUIRE_SERVICES === '1' && !isLarge) throw new Error(`${name} is not installed`);
    console.warn(`NOT TESTED: ${name} is not installed`);
    skip();
  }
}

const related = 'multipart/related';

test.for(['HubSoap11', 'HubSoap12'] as const)(
  'gSOAP sends a file by MTOM and reads one, %s',
  { timeout: 300_000 },
  async (port, { skip }) => {
    await needInstalled(
      { name: 'gSOAP', probe: 'command -v wsdl2h && command -v soapcpp2 && command -v g++' },
      skip,
    );
    const wsdl = `${doors.url}?wsdl${port === 'HubSoap12' ? '12' : ''}`;
    const program = await buildGsoapClient(folder, wsdl, port, 'mtom.cpp');
    const { stdout } = await run(program, [url, doors.keys.alpha, `gsoap-mtom-${port}`], { timeout: 50_000 });
    expect(JSON.parse(stdout)).toEqual({ sent: 3_000_000, same: true });
    expect(heard[0]?.call).toBe(related);
    expect(heard.at(-1)?.reply).toBe(related);
  },
);

test('JAX-WS demands MTOM and WS-Addressing, and gets both', { timeout: 200_000 }, async ({ skip }) => {
  await needInstalled(
    { name: 'JAX-WS', probe: 'command -v wsimport && command -v javac', isLarge: true },
    skip,
  );
  const classes = '/usr/share/jaxws/lib/*:/usr/share/java/jaxws-rt.jar:/usr/share/java/*';
  const commands = [
    'wsimport -keep -Xnocompile -d . "$wsdl"',
    `javac -encoding UTF-8 -nowarn -cp '${classes}' -d classes ${fileOf('Mtom.java')} $(find hub -name '*.java')`,
    `java -Dfile.encoding=UTF-8 -cp 'classes:${classes}' Mtom "$url" "$key" java-mtom`,
  ];
  const cwd = await mkdtemp(join(folder, 'java-'));
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    LANG: 'C.UTF-8',
    wsdl: `${doors.url}?wsdl`,
    url,
    key: doors.keys.alpha,
  };
  const { stdout } = await run('sh', ['-ec', commands.join('\n')], { cwd, env, timeout: 190_000 });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
    sent: 9_000_000,
    same: true,
    supplied: 'held',
    batch: 'applied',
    balanced: true,
    days: 1,
  });
  expect(new Set(heard.map(({ call }) => call))).toEqual(new Set([related]));
  expect(heard.every(({ action }) => action)).toBe(true);
  expect(heard.map(({ reply }) => reply)).toContain(related);
});

test.for(['1.1', '1.2'])(
  'SOAP::Lite writes what it does not say as nil, SOAP %s',
  async (version, { skip }) => {
    await needInstalled({ name: 'SOAP::Lite', probe: '/usr/bin/perl -MSOAP::Lite -e 1' }, skip);
    const given = [fileOf('client.pl'), url, version, doors.keys.alpha, `perl-${version}`];
    const { stdout } = await run('/usr/bin/perl', given, { timeout: 50_000 });
    expect(JSON.parse(stdout)).toEqual({
      outcome: 'applied',
      size: '265',
      followed: 'applied',
      found: 1,
      balanced: 'true',
      empty: 'true',
      wrong: 'invalid',
    });
  },
);
