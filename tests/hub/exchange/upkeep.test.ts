import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createBoards } from '../../../hub/exchange/boards/boards.ts';
import { createUpkeep } from '../../../hub/exchange/upkeep.ts';
import { startTicker } from '../../../hub/queue/ticker.ts';
import { openStore } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';

const nobody = {
  findAgency: () => undefined,
  listAgencies: () => [],
  routing: () => ({ rules: [], default: 'hub' }),
};

test('what is over is removed in a worker, also while another duty fails', async () => {
  const store = openStore(await createFreshDatabase(), 4);
  await store.pool.query(`
    alter table feed_changes rename to feed_changes_away;
    insert into users (id, login, name, role, password_hash) values (gen_random_uuid(), 'kim', '김', 'auditor', '');
    insert into sessions (token_hash, user_id, expires_at, ends_at)
      select age, id, now() - age::interval, now() from users, unnest(array['1 minute', '-1 minute']) age;
    insert into sign_in_tries (subject, tries, until) values ('pair kim', 1, now() - interval '1 minute');
    insert into seen_messages values ('alpha', '\\x01', now() - interval '1 second')`);
  const lines: { duty?: string; msg: string; level: number }[] = [];
  const log = pino({ level: 'warn' }, { write: (text: string) => void lines.push(JSON.parse(text)) });
  const ticker = startTicker(
    createUpkeep({ store, boards: createBoards(nobody, () => ''), look: () => undefined }),
    log,
  );
  const left = `select (select array_agg(token_hash) from sessions) as sessions,
    (select count(*)::int from sign_in_tries) as tries, (select count(*)::int from seen_messages) as messages`;
  await waitFor('what is over to be gone', async () => {
    const [row] = (await store.pool.query(left)).rows;
    return row.sessions?.join() === '-1 minute' && row.tries === 0 && row.messages === 0;
  });
  await ticker.stop();
  await store.close();
  expect(JSON.stringify(lines)).toContain('feed_changes');
});
