import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { extract } from 'tar';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const here = fileURLToPath(new URL('./', import.meta.url));

/** A method of the client and its arguments. */
export type Step = [method: string, ...args: unknown[]];

export interface Ended {
  result?: unknown;
  error?: {
    name: string;
    message: string;
    status?: number;
    code?: string;
    errors?: { pointer: string; message: string }[];
    requestId?: string;
    retryAfter?: number;
  };
}

/** `retries` and times in milliseconds, as the TypeScript client has them. */
type Options = Record<string, unknown>;

/** Does the steps in a program of its own, as a partner's program would. */
export type Client = (options: Options | undefined, steps: Step[]) => Promise<Ended[]>;

/** Packs the TypeScript client, and installs it from its tarball beside the driver. */
export async function openTypescript(): Promise<{ client: Client; files: string[]; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-client-'));
  const source = join(folder, 'source');
  await cp(join(root, 'adapters/clients/typescript'), source, {
    recursive: true,
    filter: (path) => !/typescript\/(?:dist|node_modules)$/.test(path),
  });
  const [modules, installed] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  await symlink(modules, join(source, 'node_modules'));
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], {
    cwd: source,
    timeout: 170_000,
  });
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
    { filename: string; files: { path: string }[] },
  ];
  const target = join(installed, 'minwon-hub-client');
  await mkdir(target, { recursive: true });
  await extract({ file: join(folder, filename), cwd: target, strip: 1 });
  for (const needed of ['openapi-fetch', 'standardwebhooks'])
    await symlink(join(modules, needed), join(installed, needed));
  await copyFile(join(here, 'driver.mjs'), join(folder, 'driver.mjs'));
  return {
    client: (options, steps) => drive(process.execPath, [join(folder, 'driver.mjs')], options, steps),
    files: files.map(({ path }) => path),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

export const openPhp: Client = (options, steps) =>
  drive('php', [join(here, 'driver.php'), join(root, 'adapters/clients/php/MinwonHub.php')], options, steps);

async function drive(
  program: string,
  args: string[],
  options: Options | undefined,
  steps: Step[],
): Promise<Ended[]> {
  const child = spawn(program, args, { timeout: 80_000, stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.on('data', (text) => {
    said.stderr += text;
  });
  child.stdin.end(JSON.stringify({ options, steps }));
  const [code] = await once(child, 'close');
  if (code !== 0 || said.stderr !== '')
    throw new Error(`${program} ended with ${code}: ${said.stderr}${said.stdout}`);
  return JSON.parse(said.stdout) as Ended[];
}
