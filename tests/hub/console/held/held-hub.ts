import { pino } from 'pino';
import { createUser } from '../../../../hub/access/people/users.ts';
import { type Hub, startHub } from '../../../../hub/app.ts';
import { readSettings } from '../../../../hub/settings.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitors } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

interface Said {
  answer?: { text: string; answeredAt?: string; attachments?: { name: string }[] };
  step?: { kind: string; at?: string };
  to?: string;
}

/** A console that holds what is sent for ten minutes, and no worker: what is due stays until a test starts one. */
export interface HeldHub extends TestHub {
  /** A person at the console that holds. */
  as: ReturnType<typeof createVisitors>['as'];
  /** A person at another console of the same hub, which sends at once. */
  asAtOnce: ReturnType<typeof createVisitors>['as'];
  startWorker(): Promise<Hub>;
  register(more?: Record<string, string>): Promise<string>;
  /** Lets the time of everything that is held pass, in the database. */
  letPass(): Promise<void>;
  /** Events of a complaint, each with what it says, in order. */
  eventsOf(path: string): Promise<{ type: string; at: Date; data: Said }[]>;
  waitForEvent(path: string, type: string): Promise<boolean>;
}

export async function startHeldHub(): Promise<HeldHub> {
  const agencies = sampleDirectory
    .listAgencies()
    .map(({ board: _, ...agency }) =>
      agency.code === 'road' ? { ...agency, answers: { review: { kinds: ['grievance' as const] } } } : agency,
    );
  const routing = { rules: [{ to: 'road', when: { category: ['교통'] } }], default: 'tax' };
  const hub = await startTestHub(agencies, routing, { UNDO_SECONDS: '600', ROLES: 'api' });
  const { store } = hub;
  await insertUsers(store);
  for (const [login, agency] of [
    ['tax2', 'tax'],
    ['road2', 'road'],
  ] as const)
    await createUser(store, {
      login,
      name: `${login} 팀장`,
      role: 'officer',
      agency,
      password: samplePassword,
    });
  const others: Hub[] = [];
  const start = async (more: Record<string, string>) => {
    const settings = readSettings({ DATABASE_URL: store.url, PORT: '0', LOG_LEVEL: 'silent', ...more });
    const other = await startHub(settings, { log: pino({ level: 'silent' }) });
    others.push(other);
    return other;
  };
  const atOnce = await start({ UNDO_SECONDS: '0', ROLES: 'api' });
  const { as } = createVisitors(() => hub.url);
  const { as: asAtOnce } = createVisitors(() => atOnce.url);
  const eventsOf: HeldHub['eventsOf'] = async (path) => {
    const { rows } = await store.pool.query(
      `select e.type, e.at, e.data from events e join complaints c on c.id = e.complaint_id
       where c.receipt_number = $1 order by e.seq`,
      [path.split('/').pop()],
    );
    return rows;
  };
  return {
    ...hub,
    as,
    asAtOnce,
    startWorker: () => start({ ROLES: 'worker' }),
    async register(more = {}) {
      const sent = await (await asAtOnce('counsellor')).fill('/register', '/register', {
        ...{ name: '홍길동', phone: '010-1234-5678', notifyBy: 'sms', language: 'ko' },
        ...{ title: '세금계산서 오류', body: '발급이 되지 않습니다', kind: 'query', ...more },
      });
      return sent.headers.get('location')?.split('?')[0] ?? '';
    },
    async letPass() {
      await store.pool.query("update held_acts set due_at = now() where state = 'held'");
    },
    eventsOf,
    waitForEvent: (path, type) =>
      waitFor(`${type} of ${path}`, async () => (await eventsOf(path)).some((event) => event.type === type)),
    async stop() {
      for (const other of others) await other.stop();
      await hub.stop();
    },
  };
}

/** The address of a button of a page, such as `/held/…/undo`. Empty: there is none. */
export const findAction = (html: string, last: string): string =>
  new RegExp(`/held/[0-9a-f-]+/${last}`).exec(html)?.[0] ?? '';

export const findToken = (html: string): string => /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
