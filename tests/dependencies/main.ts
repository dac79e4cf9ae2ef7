/** Command line of the dependency review: `npm run packages -- --help`. */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { findAdvisories } from './advisories.ts';
import { type Change, listChanges } from './changes.ts';
import type { Lock, Manifest } from './lock.ts';
import { review } from './review.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readJson = async <T>(file: string) => JSON.parse(await readFile(`${root}${file}`, 'utf8')) as T;

const { since } = new Command('npm run packages --')
  .description(
    'Holds the packages of package-lock.json against our rules (docs/dependencies.md): licence, source, integrity, install ' +
      'scripts, what its authors gave up, and what the registry knows against it. Exit code 1: something may not stay.',
  )
  .option('--since <commit>', 'also lists what changed since that commit, for whoever reviews a change')
  .parse()
  .opts<{ since?: string }>();

function tellChange({ name, was, is, licence, through, development, script }: Change): string {
  const versions = `${was.join(' ') || 'new'} -> ${is.join(' ') || 'gone'}`;
  if (is.length === 0) return `  ${name} ${versions}`;
  const notes = [licence, development ? 'development' : 'runtime', ...(script ? ['INSTALL SCRIPT'] : [])];
  return `  ${name} ${versions} (${notes.join(', ')}) through ${through.join(', ') || 'nothing'}`;
}

const lock = await readJson<Lock>('package-lock.json');
if (since !== undefined) {
  const before = execFileSync('git', ['show', `${since}:package-lock.json`], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const changes = listChanges(JSON.parse(before) as Lock, lock);
  console.log(`${changes.length} packages changed since ${since}`);
  for (const change of changes) console.log(tellChange(change));
}

const findings = review(await readJson<Manifest>('package.json'), lock);
const advisories = await findAdvisories(root);
if (advisories === undefined) console.log('Known advisories: NOT ASKED, this registry has no such service.');
const known = (advisories ?? []).map(({ name, severity, range }) => ({
  package: name,
  problem: `is known to be vulnerable (${severity}) in ${range}: docs/dependencies.md says by when it has to be gone`,
}));
for (const finding of [...findings, ...known]) console.log(`${finding.package} ${finding.problem}`);
const bad =
  findings.length +
  (advisories ?? []).filter(({ severity }) => severity === 'high' || severity === 'critical').length;
console.log(
  `${Object.keys(lock.packages).length - 1} packages, ${bad === 0 ? 'nothing against them' : `${bad} findings`}`,
);
if (bad > 0) process.exitCode = 1;
