import { Writable } from 'node:stream';
import type { Logger } from 'pino';
import { createRedactedLog } from '../../../../../adapters/relay/redacted-log.ts';
import { createSignOn } from '../../../../../hub/access/sign-on/sign-on.ts';
import type { SignOnProvider } from '../../../../../hub/access/sign-on/sign-on-schema.ts';
import type { Accepted } from '../../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  startConsole,
} from '../../console-server.ts';
import { insertUsers } from '../../sample-board.ts';

const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

export type SignOnHub = Awaited<ReturnType<typeof startSignOnHub>>;

/** Keeps each line of a log, at its most talkative. */
function createKeptLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createRedactedLog('trace', stream), lines };
}

/** The console with these providers, the people of the sample board, and all that it logs. */
export async function startSignOnHub(
  providers: SignOnProvider[],
  secret: (reference: string) => string,
  environment: NodeJS.ProcessEnv = {},
) {
  const store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const { log, lines } = createKeptLog();
  const parts = {
    accept: createRecordedAccept(() => none).accept,
    parked: createRecordedActions(() => none),
    signOn: await createSignOn(providers, secret),
    environment,
    log,
  };
  const server = await startConsole(store, parts);
  const others: ConsoleServer[] = [];
  return {
    store,
    server,
    url: server.url,
    lines,
    visit: () => createVisitor(server.url),
    /** The same hub with other settings: another process on the same database. */
    async restart(changed: { providers?: SignOnProvider[]; environment?: NodeJS.ProcessEnv; port?: number }) {
      const signOn = changed.providers ? await createSignOn(changed.providers, secret) : parts.signOn;
      const other = await startConsole(store, { ...parts, ...changed, signOn });
      others.push(other);
      return other;
    },
    async close() {
      for (const { app } of [server, ...others]) await app.close();
      await store.close();
    },
  };
}

/** The account with this login, as it stands in the database. */
export async function readUser(store: Store, login: string) {
  const { rows } = await store.pool.query<{
    id: string;
    role: string;
    agency: string | null;
    department: string | null;
    email: string | null;
    name: string;
    password_hash: string | null;
  }>('select * from users where login = $1', [login]);
  return rows[0];
}

export async function listActions(store: Store, login: string): Promise<string[]> {
  const { rows } = await store.pool.query<{ line: string }>(
    `select actor || ' ' || action as line from audit_entries where subject = $1 order by id`,
    [`user ${login}`],
  );
  return rows.map(({ line }) => line);
}
