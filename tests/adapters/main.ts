/** `npm run conformance`: tries an adapter by every law of its contract and prints the certificate. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { type Certificate, certify, toLine, toText } from '../../adapters/conformance/certificate.ts';
import { certificateFile, digestFiles, findChangedFile } from '../../adapters/conformance/certified-files.ts';
import { conformanceLaws } from '../../adapters/conformance/conformance.ts';
import { tryKindLaws } from '../../adapters/conformance/kind-laws.ts';
import { contractVersion } from '../../adapters/contract.ts';
import { kit } from '../../adapters/kit/index.ts';
import {
  type AdapterPackage,
  loadAdapterPackage,
  type StartPackagedFixture,
} from '../../adapters/packages.ts';
import { adapterKinds } from '../../adapters/registry.ts';

interface Options {
  json?: true;
  out?: string;
  write?: true;
  tried?: true;
}

/** A certificate, and the folder of its adapter. */
interface Tried {
  certificate: Certificate;
  folder: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

await new Command('npm run conformance --')
  .description('Try an adapter by every law of its contract. Ends with 1 when a law is broken.')
  .argument(
    '<adapter>',
    `${Object.keys(adapterKinds).join(', ')}; or a package, by its name or the path of its folder`,
  )
  .option('--json', 'print the certificate as JSON')
  .option('--out <folder>', 'also write it there, as text and as JSON')
  .option(
    '--write',
    `also write it into the folder of the adapter, as ${certificateFile}, to be shipped with it`,
  )
  .option(
    '--tried',
    'of an adapter of this repository: take the certificate that npm test left, and try nothing',
  )
  .action(async (adapter: string, { json, out, write, tried }: Options) => {
    const isOurs = Object.hasOwn(adapterKinds, adapter);
    const { certificate, folder } = isOurs ? await tryOurs(adapter, tried) : await tryPackage(adapter);
    const asJson = `${JSON.stringify(certificate, null, 2)}\n`;
    process.stdout.write(json ? asJson : toText(certificate));
    if (out !== undefined) {
      await mkdir(out, { recursive: true });
      await writeFile(join(out, `${certificate.adapter}.txt`), toText(certificate));
      await writeFile(join(out, `${certificate.adapter}.json`), asJson);
    }
    if (write) await writeFile(join(folder, certificateFile), asJson);
    if (certificate.laws.some(({ result }) => result === 'broken')) process.exitCode = 1;
  })
  .parseAsync()
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 2;
  });

/** Ours need the servers that the tests start, so the tests try them and leave the certificate. */
async function tryOurs(adapter: string, isTried = false): Promise<Tried> {
  const began = new Date().toISOString();
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [
    'run',
    'tests/adapters/conformance/conformance.test.ts',
    '-t',
    `^adapter ${adapter} `,
    '--reporter=dot',
  ];
  if (!isTried) {
    const child = spawn(process.execPath, [vitest, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
    await new Promise((done) => child.once('close', done));
  }
  const file = join(root, `data/conformance/${adapter}.json`);
  const certificate = JSON.parse(await readFile(file, 'utf8')) as Certificate;
  const folder = join(root, 'adapters', adapter);
  if (isTried ? findChangedFile(folder, certificate.files) : certificate.date < began)
    throw new Error(`${adapter} could not be tried as it is now; what is wrong stands above`);
  return { certificate, folder };
}

async function tryPackage(specifier: string): Promise<Tried> {
  const found = await loadAdapterPackage(specifier, process.cwd());
  const { kind, version, folder } = found;
  const start = await loadFixture(found);
  const startFixture = () => start({ kit, kind });
  const tell = (verdict: Parameters<typeof toLine>[0]) => console.error(toLine(verdict));
  const ofKind = (await tryKindLaws(kind)).map(({ breach: _, detail: __, ...verdict }) => verdict);
  ofKind.forEach(tell);
  const files = digestFiles(folder, await listShippedFiles(folder));
  const of = { adapter: kind.name, version, contract: contractVersion, files };
  const certificate = await certify({ laws: conformanceLaws, startFixture, tell }, of);
  return { certificate: { ...certificate, laws: [...ofKind, ...certificate.laws] }, folder };
}

/** What npm would publish: an installed package has these files and no others. */
async function listShippedFiles(folder: string): Promise<string[]> {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: folder });
  // Newer versions of npm give the packages by name.
  const [packed] = Object.values(JSON.parse(stdout)) as [{ files: { path: string }[] }];
  return packed.files.map(({ path }) => path);
}

async function loadFixture({ folder, name }: AdapterPackage): Promise<StartPackagedFixture> {
  const file = join(folder, 'conformance.js');
  try {
    const { startFixture } = await import(pathToFileURL(file).href);
    if (typeof startFixture !== 'function') throw new Error('it exports no function startFixture');
    return startFixture;
  } catch (error) {
    throw new Error(`${name}: its sample board cannot be loaded from ${file}: ${(error as Error).message}`);
  }
}
