import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readAdvisories } from './advisories.ts';
import { listChanges } from './changes.ts';
import { type Lock, type LockedPackage, listPlaces, type Manifest } from './lock.ts';
import { readLicences } from './policy.ts';
import { review } from './review.ts';
import { makeSbom } from './sbom.ts';

const root = new URL('../../', import.meta.url);
const readJson = async <T>(file: string) => JSON.parse(await readFile(new URL(file, root), 'utf8')) as T;

const good: LockedPackage = { version: '1.2.3', license: 'MIT', integrity: 'sha512-aaaa' };
const toLock = (packages: Record<string, LockedPackage>): Lock => ({ packages: { '': {}, ...packages } });

/** What is said of one package, beside the lines of readLicences that a made-up lock has no use for. */
function judge(locked: LockedPackage, manifest: Manifest = {}): string[] {
  return review(manifest, toLock({ 'node_modules/left': { ...good, ...locked } }))
    .filter((finding) => finding.package.startsWith('left'))
    .map(({ problem }) => problem);
}

it('finds nothing against the packages that are used', async () => {
  expect(review(await readJson('package.json'), await readJson('package-lock.json'))).toEqual([]);
});

it('lets a permissive licence pass, alone, in a choice and together', () => {
  for (const license of ['MIT', '(MIT OR GPL-3.0-only)', 'Apache-2.0 AND MIT'])
    expect(judge({ license }), license).toEqual([]);
});

it('refuses a licence that would bind an agency, and what says none', () => {
  for (const license of ['GPL-3.0-only', 'AGPL-3.0-or-later', 'MIT AND GPL-2.0-only', 'SSPL-1.0', 'BUSL-1.1'])
    expect(judge({ license })[0], license).toContain(`is licensed ${license}; allowed are MIT,`);
  expect(judge({ license: 'SEE LICENSE IN LICENSE.txt' })[0]).toContain('which is no SPDX expression');
  expect(judge({ license: undefined })[0]).toContain('names no licence');
});

it('lets a licence that binds only changed files pass where nothing is handed out', () => {
  expect(judge({ license: 'MPL-2.0', dev: true })).toEqual([]);
  expect(judge({ license: 'MPL-2.0' })).toHaveLength(1);
});

it('refuses what does not come from the registry or could be exchanged', () => {
  expect(judge({ resolved: 'git+ssh://git@git.example/left.git#abc' })[0]).toContain(
    'only packages of the registry',
  );
  expect(judge({ link: true })[0]).toContain('is a link to a folder');
  expect(judge({ integrity: undefined })[0]).toContain('has no integrity');
});

it('wants each install script decided, and each package that its authors gave up named', () => {
  expect(judge({ hasInstallScript: true })[0]).toContain('runs a script when it is installed');
  expect(judge({ hasInstallScript: true }, { allowScripts: { left: false } })).toEqual([]);
  expect(judge({ deprecated: 'use right' })).toEqual(['is given up by its authors: use right']);
});

it('wants one version of each package that is asked for', () => {
  const asked = { left: '^1.2.3', right: '1.2.3', middle: 'latest', beta: '1.0.0-beta.17' };
  expect(
    review({ dependencies: asked }, toLock({}))
      .filter(({ problem }) => problem.startsWith('is asked for'))
      .map((finding) => finding.package),
  ).toEqual(['left', 'middle']);
});

it('says what a change brings, and through which package', () => {
  const before = toLock({
    '': { dependencies: { top: '1.0.0' } },
    'node_modules/top': { ...good, dependencies: { inner: '1' } },
    'node_modules/inner': good,
    'node_modules/old': good,
  });
  const after = toLock({
    '': { dependencies: { top: '1.0.0' } },
    'node_modules/top': { ...good, dependencies: { inner: '1' } },
    // An inner one of its own, which brings one that runs a script.
    'node_modules/top/node_modules/inner': { ...good, version: '2.0.0', dependencies: { deep: '1' } },
    'node_modules/inner': good,
    'node_modules/deep': { ...good, hasInstallScript: true, license: 'ISC' },
  });
  expect(listChanges(before, after)).toEqual([
    {
      name: 'deep',
      was: [],
      is: ['1.2.3'],
      licence: 'ISC',
      through: ['top'],
      development: false,
      script: true,
    },
    {
      name: 'inner',
      was: ['1.2.3'],
      is: ['1.2.3', '2.0.0'],
      licence: 'MIT',
      through: ['top'],
      development: false,
      script: false,
    },
    { name: 'old', was: ['1.2.3'], is: [], licence: '', through: [], development: true, script: false },
  ]);
});

it('tells no advisories from no answer', () => {
  expect(readAdvisories('')).toBeUndefined();
  expect(readAdvisories('{"error":{"code":"ENOAUDIT"}}')).toBeUndefined();
  expect(readAdvisories('{"vulnerabilities":{}}')).toEqual([]);
  expect(
    readAdvisories(
      '{"vulnerabilities":{"left":{"name":"left","severity":"high","range":"<2","via":[],"nodes":[]}}}',
    ),
  ).toEqual([{ name: 'left', severity: 'high', range: '<2' }]);
});

it('lists every package of the hub with version, licence and digest, and none of the tests', async () => {
  const { packages } = await readJson<Lock>('package-lock.json');
  const sbom = makeSbom(root.pathname);
  expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'minwon-hub' } } });
  const listed = sbom.components.map(({ name, version }) => `${name}@${version}`);
  const { dependencies } = await readJson<Manifest>('package.json');
  expect(listed).toEqual(expect.arrayContaining(Object.entries(dependencies!).map((one) => one.join('@'))));
  const names = sbom.components.map(({ name }) => name);
  for (const one of ['vitest', 'nock', 'typescript', 'playwright-core', 'smtp-server'])
    expect(names).not.toContain(one);
  const installed = listPlaces({ packages }).filter(({ locked }) => !locked.dev && !locked.optional);
  expect(listed).toEqual(expect.arrayContaining(installed.map(({ name, version }) => `${name}@${version}`)));
  const refs = sbom.components.map((one) => one['bom-ref']);
  for (const { dependsOn } of sbom.dependencies) expect(refs).toEqual(expect.arrayContaining(dependsOn));
  for (const { name, version, licenses } of sbom.components) {
    expect(licenses?.length, name).toBeGreaterThan(0);
    expect(
      Object.values(packages).some((one) => one.version === version),
      name,
    ).toBe(true);
  }
});

it('knows only licences that the named file has', async () => {
  for (const [one, { readIn }] of Object.entries(readLicences)) {
    const name = one.slice(0, one.lastIndexOf('@'));
    expect(await readFile(new URL(`node_modules/${name}/${readIn}`, root), 'utf8'), one).toMatch(
      /MIT|Permission is hereby granted, free of charge/,
    );
  }
});
