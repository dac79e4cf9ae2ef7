import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { kit } from '../../../adapters/kit/index.ts';

test('each part of the kit stands in the table of adapters/README.md, and nothing else', async () => {
  const text = await readFile(new URL('../../../adapters/README.md', import.meta.url), 'utf8');
  const [, chapter = ''] = text.split('\n## The kit\n');
  const rows = chapter.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-zA-Z]+)`/g)]);
  expect(named.map(([, name]) => name).sort()).toEqual(Object.keys(kit).sort());
});
