import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import type { Agency, Step } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { call } from '../../doors/call.ts';

/** A hub with agencies that ask each other for parts, and their programs at the REST door. */
export interface PartStage {
  hub: TestHub;
  /** Files a complaint at the desk, for the town, which leads. */
  file(title: string, more?: object): Promise<string>;
  say(agency: string, number: string, path: string, value: object): ReturnType<typeof call<Said>>;
  /** Takes a step that must be taken. */
  step(agency: string, number: string, step: Step): Promise<void>;
  ask(number: string, to: string, text: string): Promise<void>;
  /** What the town sees of what it asked for. */
  list(number: string): Promise<Record<string, unknown>[]>;
  get<T>(agency: string, path: string): Promise<T>;
  post(agency: string, path: string, value: object): Promise<unknown>;
}

interface Said {
  outcome?: string;
  detail?: string;
  errors?: { pointer: string; message: string }[];
}

/** A date inside the period of every query. */
const until = new Date(Date.now() + 2 * 86_400_000).toISOString();

/** `town` leads and has no board; `desk` is the origin. */
export async function openPartStage(agencies: Agency[]): Promise<PartStage> {
  const desks: Agency[] = ['town', 'desk'].map((code) => ({
    code,
    name: { ko: `${code} 기관` },
    officers: [{ name: '담당' }],
  }));
  const hub = await startTestHub([...desks, ...agencies], { rules: [], default: 'town' });
  const keys = Object.fromEntries(
    await Promise.all(
      [...desks, ...agencies].map(
        async ({ code }) => [code, (await createApiKey(hub.store, code)).key] as const,
      ),
    ),
  );
  const say: PartStage['say'] = (agency, number, path, value) =>
    call<Said>(hub, keys[agency], 'POST', `/complaints/${number}/${path}`, value);
  const step: PartStage['step'] = async (agency, number, value) => {
    const { status, body } = await say(agency, number, 'steps', value);
    if (status >= 300) throw new Error(`${value.kind} of ${agency}: ${status} ${JSON.stringify(body)}`);
  };
  const get = async <T>(agency: string, path: string): Promise<T> =>
    (await call<T>(hub, keys[agency], 'GET', path)).body;
  return {
    hub,
    say,
    step,
    get,
    post: async (agency, path, value) => (await call<unknown>(hub, keys[agency], 'POST', path, value)).body,
    ask: (number, to, text) => step('town', number, { kind: 'part_asked', to, text, until }),
    list: async (number) =>
      (await get<{ contributions: Record<string, unknown>[] }>('town', `/complaints/${number}/contributions`))
        .contributions,
    async file(title, more = {}) {
      const content = {
        title,
        body: '보도가 파이고 가지가 늘어졌습니다.',
        kind: 'law_query',
        complainant: { name: '김민원', phone: '+821012345678', email: 'kim@example.kr' },
        filedAt: new Date().toISOString(),
        ...more,
      };
      const made = await call<{ receiptNumber: string }>(hub, keys.desk, 'POST', '/complaints', {
        externalId: title,
        content,
      });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      return made.body.receiptNumber;
    },
  };
}
