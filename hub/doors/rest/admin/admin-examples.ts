const source =
  'code: kotra\nname:\n  ko: 코트라\nofficers:\n  - name: 김담당\n    email: kim@kotra.example\n';
const proposal = '019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f';
const at = '2026-11-20T00:30:00.000Z';
const key = { kind: 'agency', name: 'kotra' };
const summary = { ...key, version: 7, author: 'admin', note: '담당자 변경', appliedAt: at };
const change = { ...key, change: 'changed', paths: [{ path: '/officers/0/email', change: 'changed' }] };
const proposed = { id: proposal, author: 'admin', way: 'api', note: '담당자 변경', proposedAt: at };

const user = {
  login: 'lee',
  name: '이상담',
  role: 'counsellor',
  agency: null,
  state: 'invited',
  createdAt: at,
  lastSignInAt: null,
};

const test = {
  mark: 'K7Q2M9XA',
  direction: 'to_board',
  receiptNumber: '26-9000-0001-7',
  status: 'assigned',
  madeBy: 'admin',
  madeAt: at,
  board: { post: null, state: 'open', held: 0, due: 2 },
  heard: null,
  files: [{ name: 'test-K7Q2M9XA.pdf', state: 'waiting' }],
};

/** Examples of the administration API's document. */
export const examples = {
  source,
  template: '{{ receiptNumber }} 민원이 접수되었습니다.\n',
  documents: { documents: [summary] },
  document: {
    ...key,
    version: 7,
    author: 'admin',
    appliedAt: at,
    source,
    value: {
      code: 'kotra',
      name: { ko: '코트라' },
      officers: [{ name: '김담당', email: 'kim@kotra.example' }],
    },
  },
  text: { source, note: '담당자 변경' },
  changed: { outcome: 'applied', changes: [change] },
  proposed: { outcome: 'proposed', changes: [change], proposal },
  planOrder: { source, base: 7 },
  plan: {
    problems: [],
    inForce: { version: 7, author: 'admin', appliedAt: at },
    places: [
      {
        path: '/officers/0/email',
        change: 'changed',
        before: 'lee@kotra.example',
        after: 'kim@kotra.example',
      },
    ],
    lines: [
      { kind: 'removed', text: '    email: lee@kotra.example', before: 6 },
      { kind: 'added', text: '    email: kim@kotra.example', after: 6 },
    ],
    needsSecondPerson: false,
  },
  versions: { versions: [{ ...summary, way: 'api', removal: false }] },
  version: { ...key, version: 6, author: 'admin', appliedAt: at, source },
  note: { note: '담당자 변경' },
  whole: { documents: [{ ...key, source }], note: '담당자 변경' },
  configuration: { documents: [{ ...key, source }] },
  proposals: { proposals: [{ ...proposed, changes: [{ ...key, removal: false, base: 7 }] }] },
  proposal: { ...proposed, state: 'open', changes: [{ ...key, base: 7, source }] },
  audit: {
    entries: [
      {
        id: '4711',
        at,
        actor: 'admin',
        way: 'api',
        action: 'configuration.changed',
        subject: 'agency kotra',
        agency: 'kotra',
        detail: { version: 8, note: '담당자 변경', key: 'pipeline', paths: change.paths },
      },
    ],
  },
  boards: {
    boards: [
      {
        agency: 'kotra',
        state: 'well',
        pausedUntil: null,
        deliveredAt: at,
        polledAt: at,
        failures: 0,
        behind: 0,
        parked: 0,
      },
    ],
  },
  testOrder: {
    title: '연계 시험',
    body: '이 민원은 시험입니다. 이 글에 답변을 달아 주십시오.',
    address: 'admin@example.kr',
    withFile: true,
  },
  test,
  tests: { tests: [test], left: [] },
  testsRemoved: { removed: 1, left: [{ mark: 'K7Q2M9XA', receiptNumber: '26-9000-0001-7', post: '4711' }] },
  check: { ok: true, lines: [{ what: 'reach', ok: true, detail: 'answered in 12 ms' }] },
  user,
  users: { users: [user] },
  accountProposed: { proposal },
  accountProposals: {
    proposals: [
      {
        id: proposal,
        kind: 'invite',
        login: 'park',
        role: 'administrator',
        author: 'admin',
        proposedAt: at,
        state: 'open',
      },
    ],
  },
  invitation: { login: 'lee', name: '이상담', role: 'counsellor', email: 'lee@example.kr' },
  own: {
    login: 'admin',
    key: 'pipeline',
    scopes: ['configure'],
    expiresAt: '2027-12-31T00:00:00.000Z',
    openapi: '/api/v1/admin/openapi.json',
  },
};
