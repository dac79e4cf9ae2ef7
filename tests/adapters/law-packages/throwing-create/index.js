import { createKind } from '../lawful/index.js';

export const adapter = createKind({
  create: () => {
    throw new Error('no connection');
  },
});
