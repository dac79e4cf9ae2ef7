import { expect, it } from 'vitest';
import { createHubCalls } from '../../../adapters/agent/hub/hub-calls.ts';
import type { HubRequest, Transport } from '../../../adapters/agent/hub/transport.ts';
import { said, toReason } from '../../../schemas/index.ts';

const { signal } = new AbortController();
const at = '2026-11-20T00:00:00Z';

/** What a hub hears of an agent that believes so of it. */
function listen(takesReasons: boolean) {
  const heard: HubRequest[] = [];
  const transport = {
    async call(request: HubRequest) {
      heard.push(request);
      return request.path === '/outcomes' ? { cursor: '1' } : { at, configuration: 1 };
    },
  } as unknown as Transport;
  const hub = createHubCalls(transport, {
    key: () => 'key',
    takesReasons: () => takesReasons,
    takesNotices: () => takesReasons,
  });
  return { hub, bodies: () => heard.map(({ body }) => body) };
}

const refused = toReason('failed_alone', { n: 8, detail: said('HTTP 500') });
const away = toReason('at', { place: toReason('with_reading'), detail: said('no connection') });

async function sayAll({ hub }: ReturnType<typeof listen>): Promise<void> {
  const place = { receiptNumber: 'A', seq: 1, startedAt: at, finishedAt: at };
  await hub.sendOutcomes(
    [
      { ...place, kind: 'refused', reason: refused },
      { ...place, kind: 'done' },
    ],
    signal,
  );
  await hub.reportConfiguration(2, { outcome: 'rolled-back', reason: away }, signal);
  await hub.reportConfiguration(3, { outcome: 'applied' }, signal);
  await hub.answer('ask', { page: 1, last: true, error: { kind: 'busy', reason: away } }, signal);
  const lines = [{ what: toReason('checked_reading'), ok: false, detail: refused }];
  await hub.answer('ask', { page: 1, last: true, report: { ok: false, lines } }, signal);
  const backlog = { posts: 0, changes: 0, outcomes: 0 };
  const beat = { at, agent: '1', node: '24', startedAt: at, memoryMb: 60, backlog };
  await hub.heartbeat({ ...beat, problem: away, problemKind: 'unreachable', notice: refused }, signal);
  await hub.heartbeat(beat, signal);
}

it.each([
  ['data to a hub that takes them', true, refused, away],
  [
    'words to one of an earlier version',
    false,
    'the board failed at this 8 times while it took others: HTTP 500',
    'reading: no connection',
  ],
])('reasons go as %s', async (_what, takesReasons, one, other) => {
  const listening = listen(takesReasons);
  await sayAll(listening);
  const [outcomes, rolledBack, applied, answer, checked, troubled, well] = listening.bodies();
  expect(outcomes).toMatchObject({ outcomes: [{ reason: one }, { kind: 'done' }] });
  expect(rolledBack).toEqual({ outcome: 'rolled-back', reason: other });
  expect(applied).toEqual({ outcome: 'applied' });
  expect(answer).toEqual({ page: 1, last: true, error: { kind: 'busy', reason: other } });
  const what = takesReasons ? { code: 'checked_reading' } : 'read the board';
  expect(checked).toMatchObject({ report: { ok: false, lines: [{ what, ok: false, detail: one }] } });
  expect(troubled).toMatchObject({ problem: other });
  // The closed schema of an earlier hub refuses a field that it does not know.
  expect(troubled).toEqual(
    takesReasons
      ? expect.objectContaining({ problemKind: 'unreachable', notice: refused })
      : expect.not.objectContaining({ problemKind: expect.anything() }),
  );
  expect('notice' in (troubled as object)).toBe(takesReasons);
  expect(well).not.toHaveProperty('problem');
  expect(well).not.toHaveProperty('problemKind');
});
