/** Example values of the description of `/self`. Tests check each by its schema. */
const id = '019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f';
const at = '2026-11-20T00:31:05.120Z';

export const keyExample = {
  id,
  name: 'statistics',
  hint: 'x9Qe',
  scopes: ['read'],
  valid: true,
  madeBy: 'park',
  createdAt: at,
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: at,
};
const { valid: _ofTime, lastUsedAt: _ofUse, ...lasting } = keyExample;
export const oneKeyExample = lasting;
export const madeKeyExample = {
  id,
  name: 'statistics',
  scopes: ['read'],
  expiresAt: null,
  key: 'mwk_…',
};
const reason = { code: 'said', message: '503 Service Unavailable' };
export const webhookExample = {
  name: 'statistics',
  url: 'https://stats.example.kr/minwon',
  events: ['registered', 'answered'],
  waiting: 0,
  parked: 0,
  failures: 0,
  leftAloneUntil: null,
  lastError: null,
  deliveredAt: at,
  pausedAt: null,
  pausedBy: null,
};
export const oneWebhookExample = {
  name: 'statistics',
  url: 'https://stats.example.kr/minwon',
  events: ['registered', 'answered'],
  secrets: ['5d41402abc4b', '7d793037a076'],
};
export const webhookTestExample = {
  id,
  event: `kotra/ping/${id}`,
  outcome: 'done',
  status: 204,
  ms: 41,
  reason: null,
};
export const webhookCallExample = {
  id,
  at,
  ms: 318,
  outcome: 'retry',
  status: 503,
  reason,
  testBy: null,
  delivery: { id, event: '26-0000-4711-1/3', type: 'answered', state: 'waiting', tries: 2 },
};
export const callExample = {
  id,
  at,
  door: 'rest',
  operation: 'addAnswer',
  status: 422,
  problem: 'invalid',
  ms: 12,
  request: '4bf92f3577b34da6a3ce929d0e0e4736',
  keyId: id,
  key: 'board',
};
export const usageExample = {
  agency: 'kotra',
  limits: {
    requestsPerMinute: 60_000,
    concurrency: 64,
    bodyBytes: null,
    networks: ['203.0.113.0/24'],
    certificates: null,
    signed: false,
  },
  window: { taken: 120, endsAt: at },
  days: [{ day: '2026-11-20', door: 'rest', calls: 1204, failed: 3, limited: 0 }],
};
export const agentExample = {
  state: 'well',
  version: '0.1.0',
  newestVersion: '0.1.0',
  heartbeatAt: at,
  configuration: 4,
  backlog: { posts: 0, changes: 0, outcomes: 0 },
  oldest: null,
  readAt: at,
  writtenAt: at,
  problem: null,
  certificateExpiresAt: null,
};
export const agentLogsExample = {
  state: 'sent',
  asked: { level: 'warn', lines: 100, by: 'park', at },
  sentAt: at,
  lines: [{ at, level: 'warn', message: 'the hub does not answer', fields: 'reason=hub_unreachable' }],
};
export const parkedItemExample = {
  id,
  source: 'poll',
  externalId: '1187',
  receivedAt: at,
  problems: [{ pointer: '/status', code: 'said', message: 'the code 이관대기 is in no table' }],
};
export const parkedEventExample = {
  id,
  receiptNumber: '26-0000-4711-1',
  externalId: '1187',
  seq: 3,
  tries: 1,
  reason,
};
export const replayExample = {
  id,
  state: 'running',
  perMinute: 60,
  askedBy: 'park',
  askedAt: at,
  finishedAt: null,
  complaints: 3,
  begun: 1,
  level: 1,
  parked: 0,
};
export const oneReplayExample = {
  id,
  state: 'running',
  perMinute: 60,
  askedBy: 'park',
  askedAt: at,
  finishedAt: null,
};
