import { afterAll, beforeAll, expect, it } from 'vitest';
import { toLedgerDay } from '../../../hub/exchange/ledger/days.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

async function ask(query: string, key: string | undefined) {
  const headers = key ? { authorization: `Bearer ${key}` } : undefined;
  const response = await fetch(`${doors.url}/api/v1/ledger${query}`, headers && { headers });
  return { status: response.status, body: (await response.json()) as never };
}

it('tells an agency its own days, and the items that do not balance', async () => {
  const headers = { authorization: `Bearer ${doors.keys.alpha}`, 'content-type': 'application/json' };
  const register = () =>
    fetch(`${doors.url}/api/v1/complaints`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ externalId: 'A-1', content: exportComplaint }),
    });
  const { receiptNumber } = (await (await register()).json()) as { receiptNumber: string };
  await register();
  const day = toLedgerDay(new Date());
  const { status, body } = await ask(`?from=${day}&to=${day}`, doors.keys.alpha);
  expect([status, body]).toMatchObject([
    200,
    {
      agency: 'alpha',
      from: day,
      to: day,
      balanced: true,
      days: [{ day, received: { total: 2, applied: 1, duplicate: 1, difference: 0 }, differences: [] }],
    },
  ]);
  expect(JSON.stringify(body)).not.toContain('beta');

  await doors.store.pool.query('delete from links');
  expect((await ask('', doors.keys.beta)).body).toMatchObject({
    balanced: false,
    days: [
      {
        day,
        balanced: false,
        due: { total: 1, held: 0, waiting: 0, parked: 0, difference: 1 },
        differences: [{ side: 'due', kind: 'link-missing', receiptNumber, event: 2 }],
      },
    ],
  });
  expect((await ask('', doors.keys.gamma)).body).toMatchObject({ balanced: true, days: [] });
});

it('tells notices that only lie in the outbox, and counts them as sent, as ever', async () => {
  // Told is who answers: the complaint of alpha went to beta.
  const { rows } = await doors.store.pool.query<{ agency: string; count: number }>(
    'select agency, count(*)::int from notices group by agency',
  );
  expect(rows).toEqual([{ agency: 'beta', count: expect.any(Number) }]);
  const all = rows[0]?.count;
  const told = async () => {
    const { body } = await ask('', doors.keys.beta);
    return (body as { days: { notices: object }[] }).days[0]?.notices;
  };
  await doors.store.pool.query("update notices set state = 'sent', sent_at = now(), provider = 'outbox'");
  await doors.store.pool.query(
    "insert into outbox (notice_id, address, text) select id, coalesce(address, '-'), 't' from notices",
  );
  expect(await told()).toMatchObject({ total: all, sent: all, kept: all, waiting: 0, difference: 0 });
  await doors.store.pool.query("update notices set provider = 'smtp'");
  expect(await told()).toMatchObject({ total: all, sent: all, kept: 0, waiting: 0, difference: 0 });
});

it.each([
  ['?from=yesterday', '/from', 'must be a day'],
  ['?from=2026-11-20&to=2026-11-19', '/from', 'must not be after'],
  ['?from=2026-01-01&to=2026-11-19', '/from', 'must be 31 days at the most'],
])('refuses %s', async (query, pointer, message) => {
  expect(await ask(query, doors.keys.alpha)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer, message: expect.stringContaining(message) }] },
  });
});

it('asks for a key', async () => expect((await ask('', undefined)).status).toBe(401));
