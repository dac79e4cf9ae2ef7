import { readFileSync } from 'node:fs';
import { v7 as uuid } from 'uuid';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  startConsole,
} from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';

export interface BenchStage {
  store: Store;
  server: ConsoleServer;
  close(): Promise<void>;
}

/** The text of the agency of the REST sample board, comments and all. */
export const benchSource = readFileSync(
  new URL('../../../boards/rest-board/agency.yaml', import.meta.url),
  'utf8',
);

const duplicate: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

/** A console with the agency `sbiz` in force and what its board gave. */
export async function openBenchStage(): Promise<BenchStage> {
  const store = openStore(await createFreshDatabase());
  await insertUsers(store);
  await insertAgency(store);
  for (const [n, state] of ['RCPT', 'RCPT', 'NEW', 'DONE'].entries()) await insertItem(store, n + 1, state);
  const server = await startConsole(store, {
    accept: createRecordedAccept(() => duplicate).accept,
    parked: createRecordedActions(() => duplicate),
  });
  return {
    store,
    server,
    async close() {
      await server.app.close();
      await store.close();
    },
  };
}

async function insertAgency(store: Store): Promise<void> {
  const { parse } = await import('yaml');
  await store.pool.query(
    `insert into configurations (kind, name, version, body, source, author) values ('agency', 'sbiz', 1, $1, $2, 'test')`,
    [JSON.stringify(parse(benchSource)), benchSource],
  );
}

/** One post as the board gave it; of an unknown state it was parked. */
async function insertItem(store: Store, n: number, state: string): Promise<string> {
  const id = uuid();
  const post = {
    mwNo: n,
    subject: `가로등 ${n}`,
    contents: '<p>어둡습니다</p>',
    ctgry: 'TECH',
    rgn: '하남시',
    state,
    regDt: '2026-11-20 09:30:00',
    updDt: '2026-11-20 09:30:00',
    wrtr: { nm: '이한빛', hp: '010-9876-0000', mail: 'lee@example.com', ntcMthd: 'E' },
    replies: [],
  };
  await store.pool.query(
    `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome)
     values ($1, 'sbiz', 'poll', $2, '1', $3, '{"agency":"sbiz","via":"board"}', now(), $4)`,
    [id, String(n), JSON.stringify(post), state === 'NEW' ? 'parked' : 'applied'],
  );
  return id;
}
