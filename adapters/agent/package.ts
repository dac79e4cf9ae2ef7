import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create } from 'tar';

export interface AgentPackage {
  path: string;
  version: string;
  /** Lower-case hexadecimal. */
  sha256: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const entry = 'adapters/agent/main.ts';
const name = 'minwon-hub-agent';

/**
 * Where a module names another one: `import … from '…'` and `export … from '…'`, whose last line begins so or with the
 * bracket that closes their list, `import '…'`, and `import('…')` anywhere. Words in a text are none of these.
 */
const specifiers = /(?<=^(?:(?:import|export|\}).*\bfrom|import)\s+|\bimport\(\s*)(['"])([^'"\n]+)\1/gm;

/**
 * Builds the agent's installation package into `folder`: one file that npm installs without a registry, and that works
 * unpacked as well. The same input gives the same bytes.
 *
 * Node runs no TypeScript below node_modules, so the types are taken out here; what the agent imports of the npm packages
 * beside this program goes in, and nothing else.
 */
export async function buildAgentPackage(folder: string): Promise<AgentPackage> {
  await mkdir(folder, { recursive: true });
  const staging = await mkdtemp(join(folder, 'agent-package-'));
  try {
    const target = join(staging, 'package');
    const { version = '', license } = await readPackage(root);
    const needed = await copyModules(target);
    const dependencies = await copyDependencies(target, needed);
    const manifest = {
      ...{ name, version, license, type: 'module' },
      description: 'Runs adapters beside the board of an agency and calls the complaint hub.',
      engines: { node: '>=24' },
      bin: { 'minwon-agent': toJs(entry) },
      dependencies,
      bundleDependencies: Object.keys(dependencies),
    };
    await writeFile(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const file of ['LICENSE', 'adapters/agent/README.md'])
      await cp(join(root, file), join(target, file));
    await chmod(join(target, toJs(entry)), 0o755);
    const path = join(folder, `${name}-${version}.tgz`);
    await pack(staging, join(staging, 'packed.tgz'));
    await rename(join(staging, 'packed.tgz'), path);
    return { path, version, sha256: await digest(path) };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

const toJs = (path: string) => path.replace(/\.ts$/, '.js');

async function readPackage(folder: string): Promise<Record<string, string> & Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

/** All modules that the entry reaches, as JavaScript, with the files beside them. Returns who imports which npm package. */
async function copyModules(target: string): Promise<Set<string>> {
  const packages = new Set<string>();
  const found = new Set([entry]);
  for (const module of found) {
    const text = stripTypeScriptTypes(await readFile(join(root, module), 'utf8'));
    const written = text.replace(specifiers, (whole, quote: string, specifier: string) => {
      if (specifier.startsWith('.')) found.add(join(dirname(module), specifier).replaceAll(sep, '/'));
      else if (!specifier.startsWith('node:')) packages.add(toPackageName(specifier));
      return specifier.startsWith('.') ? `${quote}${toJs(specifier)}${quote}` : whole;
    });
    await mkdir(join(target, dirname(module)), { recursive: true });
    await writeFile(join(target, toJs(module)), written);
  }
  for (const folder of new Set([...found].map((module) => dirname(module)))) await copyData(folder, target);
  return packages;
}

/** What modules read at run time lies below them: presets, descriptions of services, units. */
async function copyData(folder: string, target: string): Promise<void> {
  for (const file of await readdir(join(root, folder), { recursive: true })) {
    const path = join(folder, file);
    if (/\.(yaml|xml|wsdl|xsd|json|service)$/.test(file)) await cp(join(root, path), join(target, path));
  }
}

const toPackageName = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

interface Manifest {
  dependencies?: Record<string, string>;
}

/** The npm packages, with all that they need in turn, at the places where they lie here. Returns the direct ones. */
async function copyDependencies(target: string, names: Set<string>): Promise<Record<string, string>> {
  const copied = new Set<string>();
  async function copy(wanted: string, from: string): Promise<string> {
    const folder = await locate(wanted, from);
    const manifest = await readPackage(folder);
    if (!copied.has(folder)) {
      copied.add(folder);
      await copyPackage(folder, join(target, relative(root, folder)), manifest);
      for (const dependency of Object.keys(manifest.dependencies ?? {})) await copy(dependency, folder);
    }
    return String(manifest.version);
  }
  const direct: Record<string, string> = {};
  for (const wanted of [...names].sort()) direct[wanted] = await copy(wanted, root);
  return direct;
}

/** As Node looks for it: in the nearest node_modules above. */
async function locate(wanted: string, from: string): Promise<string> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', wanted);
    if (await stat(join(candidate, 'package.json')).catch(() => undefined)) return candidate;
    if (folder === dirname(folder)) throw new Error(`the npm package ${wanted} is not installed here`);
  }
}

/** For people who write programs, not for running one. */
const needless = /\.(map|md|markdown|d\.[cm]?ts|ts|flow|tsbuildinfo)$/i;
const needlessFolders = new Set([
  'node_modules',
  'test',
  'tests',
  '__tests__',
  'docs',
  'example',
  'examples',
  '.github',
]);

async function copyPackage(from: string, to: string, manifest: Manifest): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: (path) => {
      const parts = relative(from, path).split(sep);
      return !needless.test(path) && !parts.some((part) => needlessFolders.has(part));
    },
  });
  // npm then finds nothing to fetch, to build or to run.
  const { devDependencies, optionalDependencies, peerDependencies, peerDependenciesMeta, scripts, ...kept } =
    manifest as Record<string, unknown>;
  await writeFile(join(to, 'package.json'), JSON.stringify(kept));
}

/** Names in order, one time and nobody's name: nothing of this machine or moment goes in. */
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
