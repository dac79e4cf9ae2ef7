import { createKind } from '../lawful/index.js';

export const adapter = createKind({}, { carries: new Set(['registered', 'celebrated']) });
