import { describe, expect, test } from 'vitest';
import { conformanceLaws } from '../../adapters/kit/conformance.ts';
import { NotSupported } from '../../adapters/kit/conformance-law.ts';
import { adapterKinds } from '../../adapters/registry.ts';
import { fixtures, isMissing } from './board-fixture.ts';

test('every adapter of the registry has a sample board', () => {
  expect(Object.keys(fixtures).sort()).toEqual(Object.keys(adapterKinds).sort());
});

describe.each(Object.entries(fixtures))('adapter %s', (kind, startFixture) => {
  test.skipIf(isMissing[kind]?.()).for(conformanceLaws)('$name', async ({ run }, { skip }) => {
    const fixture = await startFixture();
    try {
      await run(fixture);
    } catch (error) {
      skip(error instanceof NotSupported, `not supported: ${error}`);
      throw error;
    } finally {
      await fixture.close();
    }
  });
});
