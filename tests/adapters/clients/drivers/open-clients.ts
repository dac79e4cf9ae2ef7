import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
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
type Client = (options: Options | undefined, steps: Step[]) => Promise<Ended[]>;

/** Runs the first example of the client's guide as it stands there, with the address and the agency of a test. */
type Guide = (url: string, agency: string, key: string) => Promise<string>;

export interface Opened {
  client: Client;
  guide: Guide;
  close(): Promise<void>;
}

/** Packs the TypeScript client, and installs it from its tarball beside the driver. */
export async function openTypescript(): Promise<Opened & { files: string[] }> {
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
    guide: async (url, agency, key) => {
      const guide = await readGuide('typescript', url, agency);
      // The guide's program goes on for ever.
      const code = guide.replace('hub.changes()', 'hub.changes({ untilEmpty: true })');
      await writeFile(join(folder, 'guide.mjs'), `const store = async () => {};\n${code}`);
      return (await run(process.execPath, [join(folder, 'guide.mjs')], inEnvironment(key))).stdout;
    },
    files: files.map(({ path }) => path),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function openPhp(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-client-php-'));
  const file = join(folder, 'MinwonHub.php');
  await copyFile(join(root, 'adapters/clients/php/MinwonHub.php'), file);
  return {
    client: (options, steps) => drive('php', [join(here, 'driver.php'), file], options, steps),
    guide: async (url, agency, key) => {
      const guide = join(folder, 'guide.php');
      const code = await readGuide('php', url, agency);
      await writeFile(guide, `${code}\nfunction store(array $change): void\n{\n}\n`);
      return (await run('php', [guide], inEnvironment(key))).stdout;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

const inEnvironment = (key: string) => ({
  env: { PATH: process.env.PATH, HUB_KEY: key },
  timeout: 60_000,
});

async function readGuide(folder: string, url: string, agency: string): Promise<string> {
  const text = await readFile(join(root, `adapters/clients/${folder}/README.md`), 'utf8');
  const code = /^```(?:js|php)\n(.*?)^```/ms.exec(text)?.[1] ?? '';
  return code.replace('https://hub.example', url).replaceAll("'kotra'", `'${agency}'`);
}

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
