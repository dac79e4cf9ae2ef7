import { describe, expect, test } from 'vitest';
import { conformanceLaws } from '../../adapters/kit/conformance.ts';
import { adapterKinds } from '../../adapters/registry.ts';
import { fixtures } from './board-fixture.ts';

test('every adapter of the registry has a sample board', () => {
  expect(Object.keys(fixtures).sort()).toEqual(Object.keys(adapterKinds).sort());
});

describe.each(Object.entries(fixtures))('adapter %s', (_kind, startFixture) => {
  test.for(conformanceLaws)('$name', async ({ needs = [], run }, { skip }) => {
    const fixture = await startFixture();
    try {
      const missing = needs.filter((member) => !fixture.adapter[member]);
      skip(missing.length > 0, `not supported: ${missing.join(', ')}`);
      await run(fixture);
    } finally {
      await fixture.close();
    }
  });
});
