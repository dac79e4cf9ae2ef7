import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tryLaw } from '../../../adapters/conformance/certificate.ts';
import { conformanceLaws } from '../../../adapters/conformance/conformance.ts';
import type { AdapterKind } from '../../../adapters/contract.ts';
import { adapterKinds } from '../../../adapters/registry.ts';
import { fromGivenProblem, toPlainProblem } from '../../../schemas/index.ts';
import { unpackAgent } from '../../support/processes/agent-package.ts';
import { hasMaria } from '../../support/servers/maria-server.ts';
import { fixtures, isMissing } from '../conformance/board-fixture.ts';
import { startMariaFixture } from '../conformance/sql-fixture.ts';

let installed: string;
/** Node's own, which takes nothing from beside this test. */
const require = createRequire(import.meta.url);

beforeAll(async () => {
  installed = await unpackAgent();
  // What the sample boards connect to are these objects; they do the work of the package from now on.
  for (const [name, kind] of Object.entries(adapterKinds)) Object.assign(kind, loadKind(name));
}, 60_000);
afterAll(() => rm(installed, { recursive: true }));

function loadKind(name: string): AdapterKind {
  const module = require(join(installed, 'adapters', name, 'index.js'));
  return module[`${name}Adapter`];
}

/** Of both directions one law, and those of files: together they load all that a kind is made of. */
const tried = conformanceLaws.filter(({ name }) =>
  [
    /^every post of the board can/,
    /^push is idempotent/,
    /read back/,
    /^a file that a post/,
    /^a file is/,
  ].some((one) => one.test(name)),
);

const boards = [
  ...Object.entries(fixtures).map(([name, start]) => ({ name, start, missing: isMissing[name]?.() })),
  { name: 'sql (MariaDB)', start: startMariaFixture, missing: !hasMaria() },
];

describe.each(boards)('the package brings and reads: $name', ({ start, missing }) => {
  it.skipIf(missing).each(tried)('$name', async (law) => {
    const verdict = await tryLaw(law, start);
    expect(verdict.result, verdict.why).not.toBe('broken');
  });
});

it('finds the presets that it ships', () => {
  const [problem] = loadKind('sql').checkSettings({ preset: 'none' });
  const { message } = toPlainProblem(fromGivenProblem(problem ?? { pointer: '', message: '' }));
  expect(message).toMatch(/known: .*gnuboard5-board/);
});
