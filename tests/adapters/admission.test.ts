import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type CertificateRule,
  checkBoardSettings,
  listInstalled,
  listPackages,
  loadAdapters,
} from '../../adapters/registry.ts';

const packages = fileURLToPath(new URL('law-packages/', import.meta.url));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** Each package, and the law that it breaks. */
test.each([
  ['no-schema', 'the settings have a JSON Schema that can be used'],
  ['open-settings', 'the schema of the settings is closed (additionalProperties: false): settings'],
  ['clear-secret', 'secrets in the settings are references (env:, file:): password'],
  ['throwing-check', 'checkSettings is pure, never throws, and tells what does not fit the schema'],
  ['forgiving-check', 'checkSettings is pure, never throws, and tells what does not fit the schema'],
  ['throwing-create', 'create opens nothing and does not throw: no connection'],
  ['no-close', 'an adapter has normalise, check and close: close'],
  ['odd-carries', 'carries is a set of kinds of event: celebrated'],
  ['shape-alone', 'usesOf is present whenever shape is'],
  ['boasting', 'abilities says what the adapter really offers: fingerprints'],
  ['throwing-normalise', 'normalise never throws, whatever it is given: '],
  ['counting-normalise', 'normalise is pure: the same answer for the same input'],
])('the package %s is refused with the name of its law', async (name, law) => {
  const [problem, ...others] = await loadAdapters([`./${name}`], packages);
  expect(problem).toContain(`adapter package ./${name}: its kind "parish-web" breaks a law: ${law}`);
  expect(others).toEqual([]);
  expect(listPackages().refused.at(-1)).toMatchObject({ specifier: `./${name}`, kind: 'parish-web' });
  // Whoever needs the kind is told why it is not there.
  expect(checkBoardSettings({ adapter: 'parish-web', settings: {} })).toEqual([
    { pointer: '/adapter', reason: expect.objectContaining({ code: 'adapter_refused' }) },
  ]);
});

/** A copy of the good package with a name of its own for its kind, and a certificate. */
async function copyLawful(kind: string, certificate?: object | string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-lawful-'));
  folders.push(folder);
  await cp(join(packages, 'lawful'), folder, { recursive: true });
  const source = await readFile(join(folder, 'index.js'), 'utf8');
  await writeFile(join(folder, 'index.js'), source.replace("'parish-web'", `'${kind}'`));
  const digest = async (file: string) =>
    createHash('sha256')
      .update(await readFile(join(folder, file)))
      .digest('hex');
  const files = { 'index.js': await digest('index.js'), 'package.json': await digest('package.json') };
  const good = {
    adapter: kind,
    version: '1.2.0',
    contract: 1,
    date: '2026-11-20T03:00:00.000Z',
    files,
    laws: [
      { law: 'pull gives every post once', result: 'kept' },
      { law: 'check reports, and never throws', result: 'kept' },
    ],
  };
  const text = typeof certificate === 'string' ? certificate : JSON.stringify({ ...good, ...certificate });
  if (certificate !== undefined) await writeFile(join(folder, 'certificate.json'), text);
  return folder;
}

const broken = { laws: [{ law: 'a push is written once', result: 'broken', why: 'twice' }] };
const rules: CertificateRule[] = ['ignored', 'checked', 'required'];

describe('the certificate of a package', () => {
  test.each([
    ['valid', {}, [true, true, true]],
    ['none', undefined, [true, true, false]],
    ['broken', broken, [true, false, false]],
    ['void', { files: { 'index.js': '00' } }, [true, true, false]],
    ['void', { files: {} }, [true, true, false]],
    ['void', { contract: 0 }, [true, true, false]],
    ['void', { adapter: 'another' }, [true, true, false]],
    ['void', '{ "adapter": ', [true, true, false]],
    ['void', { laws: [] }, [true, true, false]],
  ] as const)('%s: %j', async (state, certificate, used) => {
    for (const [index, rule] of rules.entries()) {
      const kind = `k${folders.length}`;
      const folder = await copyLawful(kind, certificate);
      const problems = await loadAdapters([folder], '/', rule);
      expect(problems.length === 0, `${rule}: ${problems}`).toBe(used[index]);
      const installed = listInstalled().find((one) => one.kind.name === kind);
      expect(installed?.certificate.state).toBe(used[index] ? state : undefined);
      if (used[index]) expect(installed?.offers).toEqual(['pull', 'push']);
    }
  });

  test('the refusal names the law, or the file that was changed', async () => {
    const refuse = async (certificate: object, rule: CertificateRule) =>
      (await loadAdapters([await copyLawful(`k${folders.length}`, certificate)], '/', rule))[0];
    expect(await refuse(broken, 'checked')).toContain('says that a law is broken: a push is written once');
    expect(await refuse({ files: { 'index.js': '00' } }, 'required')).toContain(
      'a file is not as it was certified: index.js',
    );
  });

  test('a file that is changed after the trial voids it, a better README does not', async () => {
    const documented = await copyLawful('documented', {});
    await writeFile(join(documented, 'README.md'), '# Better');
    expect(await loadAdapters([documented], '/', 'required')).toEqual([]);
    const changed = await copyLawful('changed', {});
    await writeFile(join(changed, 'index.js'), `${await readFile(join(changed, 'index.js'), 'utf8')}\n`);
    expect(await loadAdapters([changed], '/', 'required')).toEqual([expect.stringContaining('index.js')]);
  });
});
