/** A kind of board that keeps the laws. `changes` bend it, so that the packages beside it break one law each. */
export const createKind = (changes = {}, adapterChanges = {}) => ({
  name: 'parish-web',
  contractVersion: 1,
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['endpoint', 'password'],
    properties: {
      endpoint: { type: 'string', minLength: 1, description: 'where the board answers' },
      password: { type: 'string', pattern: '^(env:[A-Z][A-Z0-9_]*|file:.+)$' },
      pageSize: { type: 'integer', default: 50 },
    },
    examples: [{ endpoint: 'https://board.example', password: 'env:PARISH_PASSWORD' }],
  },
  checkSettings(settings) {
    if (typeof settings !== 'object' || settings === null)
      return [{ pointer: '', message: 'must be an object' }];
    const unknown = Object.keys(settings).filter(
      (name) => !['endpoint', 'password', 'pageSize'].includes(name),
    );
    const missing = ['endpoint', 'password'].filter((name) => !settings[name]);
    return [...unknown, ...missing].map((name) => ({ pointer: `/${name}`, message: 'unknown or missing' }));
  },
  abilities: () => ({ carries: new Set(['registered']), pull: true, changes: false, fingerprints: false }),
  create: () => ({
    carries: new Set(['registered']),
    pull: async () => ({ posts: [], cursor: '', more: false }),
    push: async () => ({ kind: 'retry', reason: 'not today' }),
    normalise: async () => ({ ok: false, problems: [{ pointer: '', message: 'no post' }] }),
    check: async () => ({ ok: true, lines: [] }),
    close: async () => {},
    ...adapterChanges,
  }),
  ...changes,
});

export const adapter = createKind();
