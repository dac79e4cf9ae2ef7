import { createKind } from '../lawful/index.js';

export const adapter = createKind({
  abilities: () => ({ carries: new Set(['registered']), pull: true, changes: false, fingerprints: true }),
});
