import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What these parse was written by ourselves: a cursor; what goes to a thread and comes back, long after it
 * was read; the request that a draft shows. */
const own = [
  'adapters/mail/index.ts',
  'adapters/open311/pull.ts',
  'adapters/webhook/client.ts',
  'adapters/kit/reading/cursor.ts',
  'adapters/kit/mapping/mapping.ts',
  'adapters/kit/expressions/worker.ts',
];

test('what a board replies is read by parseJson, which rounds no id', () => {
  const kinds = ['rest', 'soap', 'sql', 'mail', 'open311', 'webhook', 'template', 'kit'];
  const files = kinds.flatMap((kind) => globSync(`adapters/${kind}/**/*.ts`, { cwd: root }));
  expect(files.length).toBeGreaterThan(60);
  const reading = files.filter((file) => readFileSync(`${root}${file}`, 'utf8').includes('JSON.parse('));
  expect(reading.sort()).toEqual([...own, 'adapters/kit/text/json.ts'].sort());
});
