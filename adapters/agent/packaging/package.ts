import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { create } from 'tar';

export interface AgentPackage {
  path: string;
  version: string;
  /** Lower-case hexadecimal. */
  sha256: string;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const bundler = fileURLToPath(new URL('bundle.ts', import.meta.url));
const program = 'adapters/agent/main.js';
const name = 'minwon-hub-agent';

/** Files that the agent reads at run time, and files for the people who install it. */
const files = [
  'LICENSE',
  'adapters/agent/README.md',
  'adapters/agent/Dockerfile',
  'adapters/agent/minwon-agent.service',
  'adapters/sql/presets',
];

/**
 * Builds the agent's installation package into `folder`: one file that npm installs without a registry. It also works
 * unpacked. The same input gives the same bytes.
 *
 * The program contains the npm packages that it needs (bundle.ts). So nothing is fetched, and little is loaded.
 */
export async function buildAgentPackage(folder: string): Promise<AgentPackage> {
  await mkdir(folder, { recursive: true });
  const staging = await mkdtemp(join(folder, 'agent-package-'));
  try {
    const target = join(staging, 'package');
    // Without this setting the bundler's memory allocator briefly takes 550 MB.
    const env = { MIMALLOC_ARENA_EAGER_COMMIT: '0' };
    await promisify(execFile)(process.execPath, [bundler, target], { env });
    await chmod(join(target, program), 0o755);
    for (const file of files) await cp(join(root, file), join(target, file), { recursive: true });
    const { version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const manifest = {
      name,
      version,
      license,
      type: 'module',
      description: 'Runs adapters beside the board of an agency and calls the complaint hub.',
      engines: { node: '>=24' },
      bin: { 'minwon-agent': program },
    };
    await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const path = join(folder, `${name}-${version}.tgz`);
    await pack(staging, join(staging, 'packed.tgz'));
    await rename(join(staging, 'packed.tgz'), path);
    return { path, version, sha256: await digest(path) };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Files are sorted, with a fixed time and no owner. So the package contains nothing of this machine or moment. */
async function pack(staging: string, file: string): Promise<void> {
  const entries = await readdir(join(staging, 'package'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((found) => found.isFile())
    .map((found) => relative(staging, join(found.parentPath, found.name)).replaceAll(sep, '/'));
  await create(
    { cwd: staging, file, gzip: true, portable: true, mtime: new Date('2000-01-01T00:00:00Z') },
    files.sort(),
  );
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
