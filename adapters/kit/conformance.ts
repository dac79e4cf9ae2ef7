import { fileLaws } from './conformance-files.ts';
import { fingerprintLaws } from './conformance-fingerprints.ts';
import type { Law } from './conformance-law.ts';
import { mappingLaws } from './conformance-mapping.ts';
import { pullLaws } from './conformance-pull.ts';
import { pushLaws } from './conformance-push.ts';

/** Every law of adapters/contract.ts; run them all over each adapter of the registry. */
export const conformanceLaws: Law[] = [
  ...pullLaws,
  ...mappingLaws,
  ...pushLaws,
  ...fingerprintLaws,
  ...fileLaws,
];
