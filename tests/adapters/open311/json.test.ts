import { expect, test } from 'vitest';
import { conformanceLaws } from '../../../adapters/conformance/conformance.ts';
import { startFixture } from '../conformance/open311-fixture.ts';

/** The laws once more over the other format: servers often speak one of the two only. */
test.each(conformanceLaws)('in JSON: $name', async ({ run }) => {
  const fixture = await startFixture('json');
  try {
    await expect(run(fixture)).resolves.toBeUndefined();
  } finally {
    await fixture.close();
  }
});
