import { createKind } from '../lawful/index.js';

export const adapter = createKind({}, { normalise: async (raw) => ({ ok: false, problems: [raw.id] }) });
