import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSmtp } from '../../../hub/notify/providers/smtp.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { startSmtpSink } from '../../sinks/smtp-sink.ts';
import { startSolapi } from '../../sinks/solapi-sink.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';
import { saveAnswered } from './saved.ts';

let store: Store;
let smtp: Awaited<ReturnType<typeof startSmtpSink>>;
let solapi: Awaited<ReturnType<typeof startSolapi>>;
const children: ChildProcess[] = [];
/** Looks at each mail before its 250, so that a kill falls into the middle at any speed of the machine. */
let stored = () => {};

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  smtp = await startSmtpSink({ stored: () => stored() });
  solapi = await startSolapi({ key: 'NCSKEY', secret: 'secret' });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([smtp.close(), solapi.close(), store.close()]);
});

function startSender() {
  const script = new URL('./sender-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, store.url, smtp.url, solapi.url], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  children.push(child);
  return { child, ended: once(child, 'exit') };
}

async function countDue(): Promise<number> {
  const { rows } = await store.pool.query<{ n: number }>(
    "select count(*)::int as n from notices where state = 'due'",
  );
  return rows[0]?.n ?? 0;
}

it('a sender that is killed in the middle, twice, loses nothing and tells nobody twice', async () => {
  const each = 60;
  for (let n = 0; n < each; n++) {
    const name = `사람${n}`;
    await saveAnswered(store, { name, email: `p${n}@example.kr` });
    await saveAnswered(store, { name, phone: `+8210${20_000_000 + n}` });
  }
  for (const reached of [10, 30]) {
    const { child, ended } = startSender();
    stored = () => {
      if (smtp.count() >= reached) child.kill('SIGKILL');
    };
    await ended;
    expect(child.signalCode, `killed at mail ${reached}`).toBe('SIGKILL');
  }
  expect(await countDue(), 'killed in the middle').toBeGreaterThan(0);
  stored = () => {};
  await waitFor(
    'all to be told',
    async () => {
      await startSender().ended;
      return (await countDue()) === 0;
    },
    40_000,
  );

  const { rows } = await store.pool.query(
    'select state, channel, count(*)::int as n from notices group by 1, 2 order by 2',
  );
  expect(rows).toEqual([
    { state: 'sent', channel: 'email', n: each },
    { state: 'sent', channel: 'sms', n: each },
  ]);
  const numbers = solapi.messages().map((message) => message.to);
  expect([numbers.length, new Set(numbers).size]).toEqual([each, each]);
  const { concurrency } = createSmtp({ url: smtp.url, from: 'a@b.kr' });
  // A mail whose 250 was lost with the process comes again as the same mail, which receivers drop.
  const mails = await smtp.mails();
  const byId = new Map(mails.map((mail) => [mail.messageId, mail.envelope.to[0]]));
  expect(byId.size).toBe(each);
  expect(new Set(byId.values()).size).toBe(each);
  expect(mails.length - each, 'at most what was under way at each kill').toBeLessThanOrEqual(2 * concurrency);
}, 90_000);
