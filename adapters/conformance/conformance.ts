import { authorLaws } from './authors.ts';
import { boundLaws } from './bounds.ts';
import { detailLaws } from './detail.ts';
import { draftLaws } from './drafts.ts';
import { fileLaws } from './files.ts';
import { fingerprintLaws } from './fingerprints.ts';
import type { Law } from './law.ts';
import { lineLaws } from './line.ts';
import { mappingLaws } from './mapping.ts';
import { partLaws } from './parts.ts';
import { pullLaws } from './pull.ts';
import { pushLaws } from './push.ts';
import { refusalLaws } from './refusals.ts';
import { secrecyLaws } from './secrecy.ts';

/** All laws of adapters/contract.ts. Run them over each adapter of the registry. */
export const conformanceLaws: Law[] = [
  ...pullLaws,
  ...detailLaws,
  ...mappingLaws,
  ...authorLaws,
  ...pushLaws,
  ...partLaws,
  ...draftLaws,
  ...refusalLaws,
  ...fingerprintLaws,
  ...fileLaws,
  ...lineLaws,
  ...boundLaws,
  ...secrecyLaws,
];
