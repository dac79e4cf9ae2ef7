import { holdToLaws } from '../conformance/hold-to-laws.ts';
import { startFixture } from '../conformance/open311-fixture.ts';

// The laws once more over the other format: servers often speak one of the two only.
holdToLaws('open311 in JSON', () => startFixture('json'), {
  lacking: [/always pages/, /shows all of a post/, /nobody comments/, /holds no parts/],
});
