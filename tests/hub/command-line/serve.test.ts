import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { createFreshDatabase } from '../../support/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startHubProcess } from './run-hub.ts';

let database: string;
beforeAll(async () => {
  database = await createFreshDatabase();
});

async function serve() {
  const running = startHubProcess(['serve', '--port', '0'], { env: { DATABASE_URL: database } });
  onTestFinished(() => void running.child.kill('SIGKILL'));
  const url = await waitFor(
    'the hub to listen',
    () => /listening on (\S+) /.exec(running.said())?.[1],
    25_000,
  );
  return { ...running, url };
}

it.each(['SIGINT', 'SIGTERM'] as const)('answers until %s, then stops with 0', async (signal) => {
  const { child, ended, url } = await serve();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 0 });
  await expect(fetch(url)).rejects.toThrow();
});

it('ends with 3 where the database is out of reach', async () => {
  const env = { DATABASE_URL: 'postgres://hub@127.0.0.1:9/hub' };
  expect(await startHubProcess(['serve', '--port', '0'], { env }).ended).toMatchObject({ code: 3 });
});
