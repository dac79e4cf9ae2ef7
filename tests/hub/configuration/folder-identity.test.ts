import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { applyConfiguration, diffConfiguration } from '../../../hub/configuration/changes/apply.ts';
import { exportConfiguration } from '../../../hub/configuration/export.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { agencyFile, goodFiles, writeFolder } from './example-folder.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((one) => one.trim() !== '');
const comment = text.map((one) => `# ${one.replace(/[\p{Cc}\u2028\u2029]/gu, ' ')}\n`);
const agency = fc
  .record({ ko: text, phone: text, before: comment, after: comment, ends: fc.constantFrom('\n', '\r\n') })
  .map(({ ko, phone, before, after, ends }) => {
    const body = { code: 'alpha', name: { ko }, officers: [{ name: '김' }], phone };
    return `${before}${stringify(body)}${after}`.replaceAll('\n', ends);
  });

it('apply, export and apply again is the identity, byte for byte', { timeout: 120_000 }, async () => {
  const line = "# 바꾼 안내\n{% include 'facts.txt.liquid' %}";
  const shipped = await readFile('config/templates/ko/registered.email.txt.liquid', 'utf8');
  await fc.assert(
    fc.asyncProperty(agency, async (alpha) => {
      const files = {
        ...goodFiles,
        'agencies/alpha.yaml': alpha,
        'agencies/beta.yaml': `${agencyFile('beta')}# 끝`,
        'templates/ko/registered.email.txt.liquid': `${shipped}${line}`,
      };
      await applyConfiguration(store, await writeFolder(files), 'tester');
      const out = await writeFolder({});
      await exportConfiguration(store, out);
      for (const [file, source] of Object.entries(files))
        expect(await readFile(join(out, file), 'utf8')).toBe(source);
      expect(await diffConfiguration(store, out)).toEqual([]);
      expect((await readdir(out)).sort()).toEqual(['agencies', 'routing.yaml', 'templates']);
    }),
    { numRuns: 15 },
  );
});
