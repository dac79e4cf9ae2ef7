import type { BoardFault } from '../../adapters/kit/board-fixture.ts';

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
