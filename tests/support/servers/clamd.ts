import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClamdScan } from '../../../hub/attachments/scan.ts';
import { waitFor } from '../wait-for.ts';

/**
 * The test file of the anti-virus industry (eicar.org). It is in two halves, so that no scanner reports this source
 * file.
 */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface Clamd {
  url: string;
  /** Ends it at once, with everything that it was doing. */
  kill(): Promise<void>;
  /** Starts it on the same port. Resolves when it answers scans. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Prepares a real clamd with one signature, not yet started. If none is installed, it says so loudly and returns
 * undefined.
 */
export async function prepareClamd(): Promise<Clamd | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-clamd-'));
  const port = await freePort();
  const url = `tcp://127.0.0.1:${port}`;
  await writeFile(join(folder, 'test.ndb'), `Test.File:0:*:${Buffer.from(eicar).toString('hex')}\n`);
  const lines = [
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `DatabaseDirectory ${folder}`,
    'Foreground yes',
    'StreamMaxLength 1M',
  ];
  await writeFile(join(folder, 'clamd.conf'), `${lines.join('\n')}\n`);
  if (!(await isInstalled())) return undefined;
  let child: ReturnType<typeof spawn> | undefined;
  const kill = async () => {
    const ended = child && child.exitCode === null && child.signalCode === null && once(child, 'exit');
    child?.kill('SIGKILL');
    await ended;
  };
  return {
    url,
    kill,
    async start() {
      child = spawn('clamd', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
      const scan = createClamdScan(url);
      const answers = () =>
        scan([Buffer.from('x')] as never).then(
          () => true,
          () => false,
        );
      await waitFor('clamd', answers, 50_000);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isInstalled(): Promise<boolean> {
  const child = spawn('clamd', ['--version'], { stdio: 'ignore' });
  const isThere = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false)).once('exit', () => resolve(true));
  });
  if (isThere) return true;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('clamd is required and not installed');
  console.warn('clamd is not installed: scanning is NOT tested here');
  return false;
}
