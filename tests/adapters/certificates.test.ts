import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { conformanceLaws } from '../../adapters/conformance/conformance.ts';
import { tryKindLaws } from '../../adapters/conformance/kind-laws.ts';
import { listInstalled, ownNames } from '../../adapters/registry.ts';

const adapters = fileURLToPath(new URL('../../adapters/', import.meta.url));

describe.each(ownNames)('the certificate of %s that is shipped', (name) => {
  const installed = listInstalled().find(({ kind }) => kind.name === name);
  const certificate = JSON.parse(readFileSync(`${adapters}${name}/certificate.json`, 'utf8'));

  test(`is valid; if not: npm run conformance -- ${name} --write`, () => {
    expect(installed?.certificate).toMatchObject({ state: 'valid' });
  });

  test('names every file of its code, as it is', () => {
    const files = globSync('**/*.ts', { cwd: `${adapters}${name}` }).sort();
    const digest = (file: string) =>
      createHash('sha256')
        .update(readFileSync(`${adapters}${name}/${file}`))
        .digest('hex');
    expect(certificate.files).toEqual(Object.fromEntries(files.map((file) => [file, digest(file)])));
  });

  test('tells of every law that there is', () => {
    expect(certificate.laws.map(({ law }: { law: string }) => law)).toEqual(
      conformanceLaws.map((law) => law.name),
    );
  });

  test('and its kind keeps the laws of kinds', async () => {
    const verdicts = await tryKindLaws(installed!.kind);
    expect(verdicts.filter(({ result }) => result === 'broken')).toEqual([]);
    expect(verdicts.filter(({ result }) => result === 'kept').length).toBeGreaterThanOrEqual(4);
  });
});
