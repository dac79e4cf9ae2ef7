import type { BoardFault } from '../../../adapters/conformance/board-fixture.ts';

/** What the sample boards that listen by HTTP call each fault. Wrong credentials are the adapter's matter, not the board's. */
export const faultModes = {
  none: 'none',
  hang: 'hang',
  'reset-after-write': 'resetAfterWrite',
  'error-500': 'error500',
  busy: 'busy429',
  malformed: 'malformed',
  html: 'html',
  unauthorised: 'none',
} as const satisfies Record<BoardFault, string>;

/** For boards that break the record of a post where they give it out. */
export const toSpoiler = (faults: { spoilt?: Set<string> }) => {
  const spoilt = new Set<string>();
  faults.spoilt = spoilt;
  return (externalId: string, isSpoilt: boolean) =>
    void (isSpoilt ? spoilt.add(externalId) : spoilt.delete(externalId));
};
