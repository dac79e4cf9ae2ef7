import { boundLaws } from './conformance-bounds.ts';
import { fileLaws } from './conformance-files.ts';
import { fingerprintLaws } from './conformance-fingerprints.ts';
import type { Law } from './conformance-law.ts';
import { lineLaws } from './conformance-line.ts';
import { mappingLaws } from './conformance-mapping.ts';
import { pullLaws } from './conformance-pull.ts';
import { pushLaws } from './conformance-push.ts';
import { refusalLaws } from './conformance-refusals.ts';
import { secrecyLaws } from './conformance-secrecy.ts';

/** Every law of adapters/contract.ts; run them all over each adapter of the registry. */
export const conformanceLaws: Law[] = [
  ...pullLaws,
  ...mappingLaws,
  ...pushLaws,
  ...refusalLaws,
  ...fingerprintLaws,
  ...fileLaws,
  ...lineLaws,
  ...boundLaws,
  ...secrecyLaws,
];
