import pino from 'pino';
import { expect, it } from 'vitest';
import { startHub } from '../../hub/app.ts';
import { openLookQueue } from '../../hub/queue/look-queue.ts';
import { readSettings } from '../../hub/settings.ts';
import { findFreePort } from '../bench/free-port.ts';
import { createLimitedRole } from '../support/servers/limited-role.ts';
import { waitFor } from '../support/wait-for.ts';

/** A log that keeps its lines. */
function listenToLog() {
  const lines: { msg: string; reason?: string }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, said: (words: RegExp) => lines.filter(({ msg }) => words.test(msg)) };
}

const ask = (url: string) =>
  fetch(url).then(
    async (reply) => ({ status: reply.status, body: await reply.json() }),
    () => undefined,
  );

/** Share of a processor that this process used while `work` ran. */
async function loadOf(work: () => Promise<unknown>): Promise<number> {
  const [before, began] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - began);
}

it('a hub whose database refuses it waits, lives, says why, and goes on by itself', async () => {
  const role = await createLimitedRole();
  await role.limit(0);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = readSettings({ DATABASE_URL: role.url, PORT: String(port), LOG_LEVEL: 'info' });
  const { log, said } = listenToLog();
  const starting = startHub(settings, { log });
  const live = () => ask(`${url}/health/live`);
  expect(await waitFor('it to listen', live)).toEqual({ status: 200, body: { status: 'live' } });
  const full = { status: 'the database has no connection or no room left' };
  const tries = () => waitFor('some tries', () => said(/the database is still out of reach/).length >= 2);
  expect(await loadOf(tries)).toBeLessThan(0.5);
  expect(await ask(`${url}/health/ready`)).toEqual({ status: 503, body: full });
  expect(await ask(`${url}/api/v1/complaints`)).toMatchObject({
    status: 503,
    body: { type: 'urn:minwon-hub:problem:unavailable', status: 503 },
  });
  expect(said(/the database is out of reach/)).toMatchObject([
    { reason: expect.stringContaining('too many connections') },
  ]);

  await role.limit(-1);
  const hub = await starting;
  expect(hub.url).toBe(url);
  expect(await ask(`${url}/health/ready`)).toEqual({ status: 200, body: { status: 'ready' } });
  expect(said(/the database is back/)).toHaveLength(1);
  await hub.stop();
});

it('a hub gives up waiting when it is told to, and at once where waiting does not help', async () => {
  const { log } = listenToLog();
  const nobody = readSettings({ DATABASE_URL: 'postgres://hub:hunter2@127.0.0.1:9/hub', PORT: '0' });
  const told = new AbortController();
  const starting = startHub(nobody, { log, signal: told.signal });
  starting.catch(() => told.abort());
  setImmediate(() => told.abort());
  await expect(starting).rejects.toThrow('cannot be reached');

  const { url } = await createLimitedRole();
  const refusal = async (change: Partial<URL>) => {
    const settings = readSettings({ DATABASE_URL: Object.assign(new URL(url), change).href, PORT: '0' });
    return startHub(settings, { log }).catch((error: unknown) => String(error));
  };
  expect(await refusal({ password: 'wrong' })).toMatch(/refuses the name or the password of DATABASE_URL/);
  expect(await refusal({ pathname: '/nowhere' })).toMatch(/does not exist/);
});

it('a queue that is refused leaves the process its time, and works when it is let in', async () => {
  const role = await createLimitedRole();
  await role.limit(0);
  const { log, said } = listenToLog();
  const seen: string[] = [];
  const queue = await openLookQueue({ databaseUrl: role.url, log, handle: (topic) => seen.push(topic) });
  queue.look('deliver:a');
  await waitFor('the look without the queue', () => seen.includes('deliver:a'));
  expect(said(/the queue is out of reach/)).toHaveLength(1);

  await role.limit(-1);
  const other = await openLookQueue({ databaseUrl: role.url, log });
  let n = 0;
  await waitFor('a look of another process', () => {
    other.look(`poll:${n++ % 20}`);
    return seen.some((topic) => topic.startsWith('poll:'));
  });
  // Again and again while it connects: none of that may end the process.
  for (let cuts = 0; cuts < 20; cuts++) await role.cut();
  const before = seen.length;
  await waitFor('looks after the cuts', () => {
    other.look(`poll:${n++ % 20}`);
    return seen.length > before;
  });
  await Promise.all([queue.close(), other.close()]);
});
