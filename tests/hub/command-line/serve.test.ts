import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
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

it('ends with 3 where there is no such database, for waiting would make none', async () => {
  const env = { DATABASE_URL: Object.assign(new URL(database), { pathname: '/none' }).href };
  const { child, ended, said } = startHubProcess(['serve', '--port', '0'], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await ended).toMatchObject({ code: 3 });
  expect(said()).toContain('the database that DATABASE_URL names does not exist');
});

it.each(['SIGINT', 'SIGTERM'] as const)('waits for a database that is away until %s', async (signal) => {
  const env = { DATABASE_URL: 'postgres://hub@127.0.0.1:9/hub' };
  const { child, ended, said } = startHubProcess(['serve', '--port', '0'], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  await waitFor('the reason', () => said().includes('ECONNREFUSED'));
  child.kill(signal);
  expect((await ended).code).toBe(0);
});
