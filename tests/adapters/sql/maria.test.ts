import { describe } from 'vitest';
import { holdToLaws } from '../conformance/hold-to-laws.ts';
import { hasMaria, startMariaFixture } from '../conformance/sql-fixture.ts';

/** The laws of the contract on a real MariaDB; conformance.test.ts holds PostgreSQL to them. */
describe.runIf(hasMaria())('on MariaDB', () => {
  holdToLaws('sql-mariadb', startMariaFixture, {
    lacking: [/no post so long/, /always pages/, /shows all of a post/, /nobody comments/],
  });
});
