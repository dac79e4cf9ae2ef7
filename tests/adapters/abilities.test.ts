import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { adapterKinds, createAdapter, findAbilities } from '../../adapters/registry.ts';
import type { BoardConnection } from '../../schemas/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const context = {
  agency: 'one',
  timeZone: 'Asia/Seoul',
  secret: () => 'a secret of forty letters or a few more than that',
};

/** Every configuration of an agency with a board that there is, and each with parts left out. */
const connections = globSync(['tests/boards/*/agency.yaml', 'tests/demo/config/**/*.yaml'], { cwd: root })
  .map(
    (file) =>
      [file, parse(readFileSync(`${root}/${file}`, 'utf8'))?.board] as [string, BoardConnection | undefined],
  )
  .filter((pair): pair is [string, BoardConnection] => pair[1] !== undefined);

const leavingOut: Record<string, (settings: Record<string, unknown>) => object> = {
  'as it is': (settings) => settings,
  'without pull': ({ pull: _, read: _read, ...rest }) => rest,
  'without fingerprints': ({ fingerprints: _, ...rest }) => rest,
  'without push': ({ push: _, find: _find, ...rest }) => rest,
  'that only reads': (settings) => ({ ...settings, readOnly: true }),
  'that carries less': (settings) => ({ ...settings, carries: ['registered'], events: ['registered'] }),
};

test('every kind has an example', () => {
  expect([...new Set(connections.map(([, { adapter }]) => adapter))].sort()).toEqual(
    Object.keys(adapterKinds).sort(),
  );
});

test.each(
  connections.flatMap(([file, board]) => Object.keys(leavingOut).map((how) => [file, how, board] as const)),
)('%s %s: what the kind says by the settings is what its adapter offers', async (_file, how, given) => {
  const board = { ...given, settings: leavingOut[how]!(given.settings) } as BoardConnection;
  const adapter = createAdapter(board, context);
  expect(findAbilities(board)).toEqual({
    carries: new Set(adapter.carries),
    pull: adapter.pull !== undefined,
    changes: adapter.changes !== undefined,
    fingerprints: adapter.fingerprints !== undefined,
  });
  await adapter.close();
});
