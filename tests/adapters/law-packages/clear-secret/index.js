import { createKind } from '../lawful/index.js';

export const adapter = createKind({
  settings: { type: 'object', additionalProperties: false, properties: { password: { type: 'string' } } },
});
