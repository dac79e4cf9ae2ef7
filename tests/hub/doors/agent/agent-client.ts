import { createAgentToken } from '../../../../hub/access/keys/agent-keys.ts';
import type { AgentChange, AgentChanges, AgentOutcomes, Heartbeat } from '../../../../schemas/index.ts';
import type { TestHub } from '../../../support/test-hub.ts';

export interface Said<Body> {
  status: number;
  body: Body;
}

/** Says one thing at the agent door, as any program could. */
export async function say<Body = Record<string, unknown>>(
  { url }: { url: string },
  key: string | undefined,
  method: string,
  path: string,
  value?: unknown,
): Promise<Said<Body>> {
  const isBytes = value instanceof Uint8Array;
  const response = await fetch(`${url}/agent/v1${path}`, {
    method,
    headers: {
      ...(value !== undefined && { 'content-type': isBytes ? 'application/pdf' : 'application/json' }),
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    ...(value !== undefined && { body: isBytes ? Buffer.from(value) : JSON.stringify(value) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
}

type Outcome = AgentOutcomes['outcomes'][number];

/** What a test's agent does: nothing by itself. */
export interface TestAgent {
  key: string;
  hubKey: string;
  fetch(query?: string): Promise<AgentChanges>;
  report(...outcomes: Partial<Outcome>[]): Promise<Said<{ cursor: string }>>;
  done(change: AgentChange, externalId?: string): Promise<Said<{ cursor: string }>>;
  beat(more?: Partial<Heartbeat>): Promise<Said<{ configuration: number; at: string }>>;
  say<Body = Record<string, unknown>>(method: string, path: string, value?: unknown): Promise<Said<Body>>;
}

export const now = () => new Date().toISOString();

/** Enrols with a new token. */
export async function enrol(hub: Pick<TestHub, 'store' | 'url'>, agency: string): Promise<TestAgent> {
  const { token } = await createAgentToken(hub.store, agency, 'test');
  const enrolled = await say<{ key: string; hubKey: string }>(hub, undefined, 'POST', '/enrolment', {
    token,
    agent: '1.0.0',
    at: now(),
  });
  if (enrolled.status !== 200) throw new Error(JSON.stringify(enrolled));
  const { key, hubKey } = enrolled.body;
  const mine: TestAgent['say'] = (method, path, value) => say(hub, key, method, path, value);
  const report: TestAgent['report'] = (...outcomes) =>
    mine('POST', '/outcomes', {
      at: now(),
      outcomes: outcomes.map((one) => ({ kind: 'done', startedAt: now(), finishedAt: now(), ...one })),
    });
  return {
    key,
    hubKey,
    say: mine,
    report,
    fetch: async (query = '') => (await mine<AgentChanges>('GET', `/changes${query}`)).body,
    done: ({ complaint: { receiptNumber }, event: { seq }, file }, externalId = `B-${receiptNumber}`) =>
      report({ receiptNumber, seq, ...(file ? { file: file.id } : { externalId }) }),
    beat: (more = {}) =>
      mine('POST', '/heartbeat', {
        at: now(),
        agent: '1.0.0',
        node: '24.0.0',
        startedAt: now(),
        memoryMb: 60,
        backlog: { posts: 0, changes: 0, outcomes: 0 },
        ...more,
      }),
  };
}
