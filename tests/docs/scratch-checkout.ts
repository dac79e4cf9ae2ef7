import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../bench/free-port.ts';
import { waitFor } from '../support/wait-for.ts';

const root = new URL('../../', import.meta.url).pathname;
/** What is only read is the repository's own. */
const linked = ['hub', 'adapters', 'schemas', 'tests', 'node_modules'];
/** What is asked for where a command asks for a password. */
const password = 'a long enough password\n';
const startsHub = /\bnpm start$/;

/** A folder in which commands run as in a checkout of the repository, with data and ports of its own. */
export async function openScratchCheckout() {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-guides-'));
  for (const part of linked) await symlink(join(root, part), join(folder, part));
  for (const part of ['package.json', 'config'])
    await cp(join(root, part), join(folder, part), { recursive: true });
  const ports: Record<string, string> = {
    8080: String(await findFreePort()),
    9464: String(await findFreePort()),
  };
  const startText = 'PORT=8080 METRICS_PORT=9464 npm start';
  const said: string[] = [];
  let hub: ChildProcess | undefined;

  /** The usual ports may be taken by somebody else. */
  const withPorts = (text: string) => text.replace(/\b(8080|9464)\b/g, (port) => ports[port] ?? port);
  function begin(text: string): ChildProcess {
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    const child = spawn('bash', ['-euo', 'pipefail', '-c', withPorts(text)], {
      cwd: folder,
      env: { PATH, HOME, NODE_COMPILE_CACHE, LANG: 'C.UTF-8' },
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (words: string) => said.push(words));
    child.stdin.on('error', () => undefined).end(password);
    return child;
  }

  async function start(text = startText): Promise<void> {
    if (hub) return;
    hub = begin(text);
    const url = `http://127.0.0.1:${ports[8080]}/health/ready`;
    const isReady = () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      );
    await waitFor('the hub to be ready', isReady, 60_000);
  }
  async function stop(): Promise<void> {
    const stopping = hub;
    hub = undefined;
    if (!stopping?.pid || stopping.exitCode !== null) return;
    const ended = once(stopping, 'close');
    process.kill(-stopping.pid, 'SIGTERM');
    await ended;
  }

  return {
    /** Runs a command to its end; one that starts the hub is left running. Returns what was said when it failed. */
    async run(text: string): Promise<{ code: number | null; said: string }> {
      said.length = 0;
      if (startsHub.test(text)) await start(text);
      const child = startsHub.test(text) ? undefined : begin(text);
      const [code] = child ? await once(child, 'close') : [0];
      return { code, said: said.join('') };
    },
    /** Brings the hub into the state that a block of commands asks for. */
    async bring(state: string): Promise<void> {
      if (state === 'running') await start();
      if (state === 'stopped') await stop();
    },
    async close(): Promise<void> {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
