import { describe, test } from 'vitest';
import { conformanceLaws } from '../../../adapters/kit/conformance.ts';
import { hasMaria, startMariaFixture } from '../sql-fixture.ts';

/** The laws of the contract on a real MariaDB; conformance.test.ts holds PostgreSQL to them. */
describe.runIf(hasMaria())('adapter sql on MariaDB', () => {
  test.each(conformanceLaws)('$name', async ({ run }) => {
    const fixture = await startMariaFixture();
    try {
      await run(fixture);
    } finally {
      await fixture.close();
    }
  });
});
