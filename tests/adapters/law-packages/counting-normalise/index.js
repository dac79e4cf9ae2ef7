import { createKind } from '../lawful/index.js';

let calls = 0;

export const adapter = createKind(
  {},
  { normalise: async () => ({ ok: false, problems: [{ pointer: '', message: `call ${++calls}` }] }) },
);
