import { createKind } from '../lawful/index.js';

export const adapter = createKind({
  settings: { type: 'object', properties: { endpoint: { type: 'string' } } },
});
