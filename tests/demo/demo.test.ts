import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { stopLeftServer } from './start.ts';

const script = fileURLToPath(new URL('./main.ts', import.meta.url));
const passed = /90 complaints arrived exactly once and in order/;
const within = 180_000;

let folder: string;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-demo-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await stopLeftServer(folder);
  await rm(folder, { recursive: true, force: true });
});

function startOnce(...args: string[]) {
  const child = spawn(process.execPath, [script, '--once', '--data', folder, '--within', '150', ...args]);
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return { child, said: () => said, ended: once(child, 'close') };
}

/** Undisturbed, `.ci/run` plays it: on PostgreSQL alone, and with Redis. */
test('everything arrives exactly once and in order, also when it is killed in the middle and started again', {
  timeout: 2 * within,
}, async () => {
  const first = startOnce();
  const inTheMiddle = /^([1-9]|[1-4]\d) of 90 complaints finished/m;
  await waitFor('some complaints to be finished', () => inTheMiddle.test(first.said()), 90_000);
  first.child.kill('SIGKILL');
  await first.ended;
  expect(first.said()).not.toMatch(passed);
  const second = startOnce();
  const [code] = await second.ended;
  expect(second.said()).toMatch(passed);
  expect(code).toBe(0);
});
