import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKannel } from '../../../hub/notify/providers/kannel.ts';
import { createExclusive, type Exclusive } from '../../../hub/store/exclusive.ts';
import { retryNotice } from '../../../hub/store/states/notice-state.ts';
import { reportTo, startKannel } from '../../sinks/kannel-sink.ts';
import { inWords } from '../../support/in-words.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createSender, listNotices, saveAnswered } from '../notify/saved.ts';
import { type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
let exclusive: Exclusive;
let kannel: Awaited<ReturnType<typeof startKannel>>;
let now: number;
const account = { user: 'hub', password: 'secret' };
const hong = {
  name: '홍길동',
  phone: '+821012345678',
  email: 'hong@example.kr',
  notifyBy: 'sms' as const,
};

beforeAll(async () => {
  doors = await openDoors();
  exclusive = createExclusive(doors.store);
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await exclusive.close();
  await doors.close();
});
beforeEach(async () => {
  await doors.store.pool.query('truncate notices cascade');
  kannel = await startKannel(account);
});
afterEach(() => kannel.close());

async function send(reportUrl = doors.url, url = kannel.url): Promise<void> {
  now = Date.now();
  const provider = createKannel({ ...account, sender: '0317901234', url, timeout: 2_000 });
  const clock = () => new Date(now);
  await createSender(doors.store, exclusive, { sms: provider }, clock, undefined, reportUrl).drain('sms');
}
const read = async () => inWords(await listNotices(doors.store)) as Record<string, unknown>[];
const urlOf = (index: number) => kannel.messages()[index]?.['dlr-url']?.replace('%d', '1') ?? '';

describe('Kannel reports', () => {
  it.each([
    [[8, 1], 'sent', 'delivered'],
    [[8, 4, 1], 'sent', 'delivered'],
    [[1, 8], 'sent', 'delivered'],
    [[8, 2], 'failed', 'undelivered'],
    [[8, 34], 'failed', 'undelivered'],
    [[16], 'failed', 'undelivered'],
    [[8, 4], 'sent', 'awaited'],
  ])('%j', async (sums, state, report) => {
    await saveAnswered(doors.store, hong);
    await send();
    expect(await read()).toMatchObject([{ state: 'sent', report: 'awaited' }]);
    // Each comes twice.
    for (const sum of sums.flatMap((one) => [one, one])) expect(await kannel.report(0, sum)).toBe(200);
    const told = state === 'failed' ? [{ channel: 'email', state: 'due' }] : [];
    expect(await read()).toMatchObject([{ channel: 'sms', state, report }, ...told]);
    expect(await read()).toHaveLength(1 + told.length);
  });

  it('the operator reads why, and what was done', async () => {
    await saveAnswered(doors.store, hong);
    await saveAnswered(doors.store, { name: '김민원', phone: '+821012345679' });
    await send();
    await kannel.report(0, 16);
    await kannel.report(1, 34);
    expect((await read()).map((notice) => notice.last_error)).toEqual([
      'the operator refused the text (Kannel 16); told by email instead',
      'the phone was out of reach until the text expired (Kannel 34); there is no other way to tell this person: check the number, then telephone or write',
      null,
    ]);
  });

  it('a gateway that refuses and reports the same is heard once, in its own words', async () => {
    const routed = await startKannel({ ...account, operators: ['KT'] });
    const answer = 'the gateway answered 403 Not routable. Do not try again; told by email instead';
    // Kannel 1.4.5 reports 16 for a message that it refuses, before or after its reply.
    for (const when of ['after', 'before'] as const) {
      await doors.store.pool.query('truncate notices cascade');
      await saveAnswered(doors.store, hong);
      routed.beforeReply = when === 'before' ? (url) => reportTo(url, 16) : undefined;
      await send(doors.url, routed.url);
      if (when === 'after') expect(await reportTo(routed.refused()[0] ?? '', 16)).toBe(200);
      expect(await read(), when).toMatchObject([
        { channel: 'sms', state: 'failed', last_error: answer },
        // The sender goes on with the mail by itself, beside this.
        { channel: 'email', state: expect.stringMatching(/^(due|sent)$/) },
      ]);
      expect(await read()).toHaveLength(2);
    }
    await routed.close();
  });

  it('a report settles a call whose reply was lost, and the text is not sent twice', async () => {
    kannel.faults.push('reset-after');
    await saveAnswered(doors.store, hong);
    await send();
    expect(await read()).toMatchObject([{ state: 'due', attempting_since: expect.any(Date) }]);
    expect(await kannel.report(0, 8)).toBe(200);
    expect(await read()).toMatchObject([
      { state: 'sent', report: 'awaited', attempting_since: null, report_by: expect.any(Date) },
    ]);
    now += 3_600_000;
    await send();
    expect(kannel.messages()).toHaveLength(1);
    expect(await kannel.report(0, 2)).toBe(200);
    expect(await read()).toMatchObject([{ state: 'failed' }, { channel: 'email', state: 'due' }]);
  });

  it('a hub that died after the call waits a minute for the report before it sends again', async () => {
    await saveAnswered(doors.store, hong);
    await send();
    // As the call left it, before its outcome was written.
    await doors.store.pool.query(
      "update notices set state = 'due', report = null, sent_at = null, attempting_since = $1, next_at = $2",
      [new Date(now), new Date(now + 60_000)],
    );
    await send();
    expect(kannel.messages()).toHaveLength(1);
    expect(await kannel.report(0, 1)).toBe(200);
    expect(await read()).toMatchObject([{ state: 'sent', report: 'delivered' }]);
  });

  it('before a call it is durable that the notice waits that minute', async () => {
    kannel.faults.push('hang');
    await saveAnswered(doors.store, hong);
    const sending = send();
    await waitFor('the call', async () => (await read())[0]?.attempting_since !== null);
    expect(await read()).toMatchObject([{ state: 'due', next_at: new Date(now + 60_000) }]);
    await sending;
    expect(await read()).toMatchObject([{ state: 'due', next_at: new Date(now + 60_000) }]);
  });

  it('a report of an attempt that is over changes nothing', async () => {
    await saveAnswered(doors.store, hong);
    await send();
    await kannel.report(0, 2);
    const [notice] = await listNotices(doors.store);
    await retryNotice(doors.store.pool, notice!.id, 'kim');
    // Replayed while the notice is due again, and after it was sent again.
    expect(await kannel.report(0, 2)).toBe(401);
    await send();
    expect(await kannel.report(0, 2)).toBe(401);
    expect((await read())[0]).toMatchObject({ state: 'sent', report: 'awaited' });
    expect(await kannel.report(1, 1)).toBe(200);
    expect((await read())[0]).toMatchObject({ state: 'sent', report: 'delivered' });
  });

  it('without an address of the hub nothing is asked for, and nothing awaited', async () => {
    await saveAnswered(doors.store, hong);
    await send('');
    expect(kannel.messages()[0]).not.toHaveProperty('dlr-url');
    expect(await read()).toMatchObject([{ state: 'sent', report: null, report_by: null, report_hash: null }]);
  });

  it('a hub below a path that is encoded is found', async () => {
    await saveAnswered(doors.store, hong);
    await send('https://minwon.example.kr/%EB%AF%BC%EC%9B%90/');
    // Kannel reads % as the beginning of a mark, and %% as itself.
    expect(kannel.messages()[0]?.['dlr-url']).toMatch(
      /^https:\/\/minwon\.example\.kr\/%%EB%%AF%%BC%%EC%%9B%%90\/delivery-reports\/kannel\/[0-9a-f-]{36}\/[\w-]{43}\?status=%d$/,
    );
  });
});

describe('who may report', () => {
  const change = (url: string, part: number, to: string) => {
    const parts = new URL(url).pathname.split('/');
    parts[part] = to;
    return `${doors.url}${parts.join('/')}?status=2`;
  };

  it('the address alone opens the door: it names nobody and cannot be guessed', async () => {
    await saveAnswered(doors.store, hong);
    await saveAnswered(doors.store, { ...hong, phone: '+821012345679' });
    await send();
    const url = urlOf(0);
    expect(url).not.toMatch(/1012345678|hong|secret|%/);
    const wrong = [
      change(url, 4, 'A'.repeat(43)),
      change(url, 4, new URL(urlOf(1)).pathname.split('/')[4] ?? ''),
      change(url, 4, 'short'),
      change(url, 3, '0193a000-0000-7000-8000-000000000001'),
      change(url, 3, "' or true"),
      change(url, 2, 'solapi'),
      change(url, 2, 'constructor'),
      url.replace('status=1', ''),
      url.replace('status=1', 'status=64'),
      url.replace('status=1', 'status=1&status=2'),
      url.replace('status=1', 'status=-1'),
    ];
    for (const one of wrong) expect((await fetch(one)).status, one).toBe(401);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    expect(await read()).toMatchObject([{ report: 'awaited' }, { report: 'awaited' }]);
    expect((await fetch(url)).headers.get('cache-control')).toBe('no-store');
    expect(await read()).toMatchObject([{ report: 'delivered' }, { report: 'awaited' }]);
  });

  it('guesses are limited, and a true report comes in all the same', async () => {
    await saveAnswered(doors.store, hong);
    await send();
    const guess = change(urlOf(0), 4, 'B'.repeat(43));
    const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await fetch(guess)).status));
    expect(statuses).toContain(429);
    expect(await kannel.report(0, 1)).toBe(200);
    expect(await read()).toMatchObject([{ report: 'delivered' }]);
  });

  it('the database holds no token', async () => {
    await saveAnswered(doors.store, hong);
    await send();
    const token = new URL(urlOf(0)).pathname.split('/').at(-1) ?? '';
    const { rows } = await doors.store.pool.query('select n::text as row from notices n');
    expect(token).toHaveLength(43);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
  });
});
