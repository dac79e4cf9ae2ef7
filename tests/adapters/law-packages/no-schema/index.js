import { createKind } from '../lawful/index.js';

export const adapter = createKind({ settings: { type: 'no-such-type' } });
