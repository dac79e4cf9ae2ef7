import pino from 'pino';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import type { Directory } from '../../../../hub/configuration/directory.ts';
import { createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { createAccept } from '../../../../hub/exchange/intake/accept.ts';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import type { Agency, Post } from '../../../../schemas/index.ts';
import { emptyTables } from '../../../support/servers/empty-tables.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { readBoardAgency } from '../../../support/test-hub.ts';

export interface OpenBook {
  store: Store;
  directory: Directory;
  /** What a board (poll) or a caller says; `bad`: it could not be mapped. */
  take(
    agency: string,
    externalId: string,
    post: Post | 'bad',
    more?: { source?: 'poll' | 'rest'; version?: string; complaintId?: string },
  ): Promise<Accepted>;
  /** One complaint from sbiz, which the routing gives to other; `to` desk by its category. */
  file(externalId: string, category?: string): Promise<{ id: string; receiptNumber: string }>;
  /** Brings the database back to how the book was opened, for the next test. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The hub's way in on a real database, without anything that delivers: links stand where a test puts them. Agencies
 * sbiz and other have boards, desk works on the hub's screens.
 */
export async function openBook(): Promise<OpenBook> {
  const store = openStore(await createFreshDatabase());
  const agencies: Agency[] = [
    readBoardAgency('rest-board', 'sbiz', 'http://127.0.0.1:9'),
    readBoardAgency('rest-board', 'other', 'http://127.0.0.1:9'),
    { code: 'desk', name: { ko: '상담창구' }, officers: [{ name: '최상담', email: 'choi@example.kr' }] },
  ];
  const configure = () =>
    store.pool.query(
      `insert into configurations (kind, name, version, body, author, applied_at)
       select 'agency', a ->> 'code', 1, a, 'test', '2020-01-01' from jsonb_array_elements($1::jsonb) a`,
      [JSON.stringify(agencies)],
    );
  await configure();
  const directory: Directory = {
    findAgency: (code) => agencies.find((agency) => agency.code === code),
    listAgencies: () => agencies,
    routing: () => ({ rules: [{ when: { category: ['창구'] }, to: 'desk' }], default: 'other' }),
  };
  process.env.SBIZ_API_KEY = 'rest-key';
  const boards = createBoards(directory, () => 'rest-key');
  const accept = createAccept({
    store,
    directory,
    boards,
    log: pino({ level: 'silent' }),
    gather: 0,
    clock: () => createClockRules(),
    committed: () => undefined,
  });
  const take: OpenBook['take'] = (agency, externalId, post, more = {}) =>
    accept({
      agency,
      externalId,
      source: 'poll',
      version: '1',
      raw: { externalId },
      ...more,
      normalised:
        post === 'bad' ? { ok: false, problems: [{ pointer: '/x', message: 'bad' }] } : { ok: true, post },
    });
  return {
    store,
    directory,
    take,
    async file(externalId, category = '일반') {
      const accepted = await take('sbiz', externalId, { content: contentOf(externalId, category) });
      if (accepted.outcome !== 'applied') throw new Error(`not applied: ${JSON.stringify(accepted)}`);
      return { id: accepted.complaintId, receiptNumber: accepted.receiptNumber };
    },
    async empty() {
      await emptyTables(store.pool);
      await configure();
    },
    async close() {
      await boards.close();
      await store.close();
    },
  };
}

const contentOf = (title: string, category: string) => ({
  title: `${title}번 민원`,
  body: `${title}번 민원의 내용입니다.`,
  kind: 'query' as const,
  category,
  complainant: { name: '홍길동', email: 'hong@example.kr' },
  filedAt: '2026-11-20T02:58:00Z',
});
