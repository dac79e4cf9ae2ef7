import { createKind } from '../lawful/index.js';

export const adapter = createKind({
  checkSettings: ({ endpoint }) => [{ pointer: '/endpoint', message: endpoint.trim() }],
});
