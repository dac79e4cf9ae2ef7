import { expect, test } from 'vitest';
import { adapterKinds } from '../../../adapters/registry.ts';
import { fixtures, isMissing } from './board-fixture.ts';
import { holdToLaws } from './hold-to-laws.ts';
import { startDetailedFixture } from './rest-fixture.ts';

/** What an adapter leaves out on purpose; its README says why. */
const lacking: Record<string, RegExp[]> = {
  mail: [
    /always pages/,
    /no (fingerprints|read)\)/,
    /names no title/,
    /only its readers look/,
    /spoils no record/,
  ],
  // A query pages always, and GeoReport's lists are read by time windows. Its requests are public, so it holds no parts.
  sql: [/always pages/],
  open311: [/always pages/, /holds no parts/],
  webhook: [
    /Attachment/,
    /no (pull|find|fingerprints|read)\)/,
    /not read|keeps no|spoils no/,
    /no post so long/,
    /holds no parts/,
    /names no title/,
  ],
};

test('every adapter of the registry has a sample board', () => {
  expect(Object.keys(fixtures).sort()).toEqual(Object.keys(adapterKinds).sort());
});

/** The sample boards of the registry show all of a post in their lists. */
const whole = /shows all of a post/;
/**
 * Nor has any of them comments: what officers write and what the writer asks are kept apart by the board itself.
 * `rest-detailed` has comments, and the presets of products are tried with theirs (docs/products.md).
 */
const apart = /nobody comments/;

for (const [adapter, startFixture] of Object.entries(fixtures))
  holdToLaws(adapter, startFixture, {
    lacking: [whole, apart, ...(lacking[adapter] ?? [])],
    isMissing: isMissing[adapter]?.(),
  });

holdToLaws('rest-detailed', () => startDetailedFixture());
