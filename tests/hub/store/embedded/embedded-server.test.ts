import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';

const module = new URL('../../../../hub/store/embedded/embedded-server.ts', import.meta.url);
const program = `
import { openEmbeddedServer } from '${module}';
const { url } = await openEmbeddedServer(process.argv[1]);
console.log(url);
setInterval(() => undefined, 1000);`;

let folder: string;
let users: ChildProcess[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-embedded-'));
  users = [];
  return async () => {
    for (const user of users) user.kill('SIGKILL');
    await serverEnds();
    await rm(folder, { recursive: true, force: true });
  };
});

/** A process that uses the server; resolves when it may. */
async function startUser(): Promise<ChildProcess> {
  const user = spawn(process.execPath, ['--input-type=module', '-e', program, folder]);
  users.push(user);
  const said = user.stdout;
  const [url] = await Promise.race([once(said, 'data'), once(user, 'exit')]);
  expect(String(url)).toContain('postgres://');
  return user;
}

const pidFile = () => join(folder, 'postgres', 'postmaster.pid');
const serverPid = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
const serverEnds = () => waitFor('the end of the server', () => !existsSync(pidFile()), 60_000);

it('ends when its last user is killed, and not before', async () => {
  const first = await startUser();
  const second = await startUser();
  const pid = serverPid();
  first.kill('SIGKILL');
  await once(first, 'exit');
  // The watch of the first has seen that another lives when its own file is gone.
  await waitFor('the watch', () => !existsSync(join(folder, 'users', String(first.pid))));
  expect(serverPid()).toBe(pid);
  const third = await startUser();
  for (const user of [second, third]) user.kill('SIGKILL');
  await serverEnds();
  await waitFor('the end of its process', () => !isAlive(pid));
});

it('is there for who comes while it ends', async () => {
  const first = await startUser();
  first.kill('SIGKILL');
  await startUser();
  expect(isAlive(serverPid())).toBe(true);
});
