import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkDocument } from '../../../../hub/configuration/document.ts';
import type { Agency } from '../../../../schemas/index.ts';
import type { WebhookReceiver } from '../../../boards/webhook-receiver/index.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { runHub } from '../../command-line/run-hub.ts';
import {
  type EndpointStage,
  openStage,
  sequencesOf,
  startReceiver,
  toEndpoint,
  toSecret,
} from '../../exchange/endpoints/endpoint-stage.ts';
import { createVisitors } from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';

let receiver: WebhookReceiver;
let stage: EndpointStage;
let agency: Agency;
const visitors = createVisitors(() => stage.hub.url);

beforeAll(async () => {
  receiver = await startReceiver();
  agency = {
    code: 'told',
    name: { ko: '알림 기관' },
    officers: [{ name: '담당' }],
    webhooks: [toEndpoint('statistics', receiver)],
  };
  stage = await openStage([agency], 'told');
  await insertUsers(stage.hub.store);
});
afterAll(async () => {
  await stage.hub.stop();
  await receiver.close();
});

const parkedIds = async () =>
  (await stage.query("select id from endpoint_deliveries where state = 'parked' order by seq")).map(
    ({ id }) => String(id),
  );

it('shows what is parked; the administrator retries, skips with a reason, and tells it again', async () => {
  const page = '/repairs/webhooks';
  const number = await stage.sender.file('민원');
  await stage.told('statistics');
  receiver.behave = ({ sequence }) =>
    sequence >= 3
      ? { status: 422, headers: { 'content-type': 'text/plain' }, body: '받지 않는 종류' }
      : undefined;
  for (const text of ['하나', '둘']) await stage.sender.ask(number, text);
  await waitFor('it is parked', async () => (await parkedIds()).length === 1);

  const auditor = await visitors.as('auditor');
  const seen = (await auditor.get(page)).text;
  for (const words of ['알림 기관', 'statistics', number]) expect(seen).toContain(words);
  const [first = ''] = await parkedIds();
  expect((await auditor.post(`${page}/${first}/retry`, {})).status).toBe(403);
  expect((await (await visitors.as('counsellor')).get(page)).status).toBe(403);

  const admin = await visitors.as('admin');
  const bare = await admin.fill(page, `${page}/${first}/skip`, {});
  expect(bare.headers.get('location')).toBe(`${page}?done=reason_missing`);
  const skipped = await admin.fill(page, `${page}/${first}/skip`, { reason: '필요 없음' });
  expect(skipped.headers.get('location')).toBe(`${page}?done=event_skipped`);
  const second = await waitFor('the next is parked', async () =>
    (await parkedIds()).find((id) => id !== first),
  );
  receiver.behave = () => undefined;
  await admin.fill(page, `${page}/${second}/retry`, {});
  await waitFor('told', () => sequencesOf(receiver, number).length === 3);
  expect(sequencesOf(receiver, number)).toEqual([1, 2, 4]);

  const count = receiver.deliveries.length;
  const wrong = await admin.fill(page, `${page}/replay`, { hours: '0' });
  expect(wrong.headers.get('location')).toBe(`${page}?done=webhook_replay_wrong`);
  const replayed = await admin.fill(page, `${page}/replay`, { hours: '1' });
  expect(replayed.headers.get('location')).toBe(`${page}?done=webhook_replayed`);
  await waitFor('all again but the skipped', () => receiver.deliveries.length === count + 3, 20_000);
});

it('adapter check tries each endpoint, of an agency without a board too', async () => {
  const env = { DATABASE_URL: stage.hub.store.url, ENDPOINT_SECRET: toSecret('old') };
  const good = await runHub(['adapter', 'check', 'told'], { env });
  expect(good.stdout).toMatch(/ok +statistics: /);
  expect(good.code).toBe(0);
  const bad = await runHub(['adapter', 'check', 'told'], {
    env: { ...env, ENDPOINT_SECRET: toSecret('wrong') },
  });
  expect(bad.stdout).toMatch(/NO +statistics: /);
  expect(bad.code).toBe(1);
}, 60_000);

it('the configuration says where an endpoint is wrong', () => {
  const [good] = agency.webhooks ?? [];
  if (!good) throw new Error('no endpoint');
  const check = (webhooks: unknown[]) =>
    checkDocument({ kind: 'agency', name: 'told', body: { ...agency, webhooks } }).map(
      ({ pointer }) => pointer,
    );
  expect(check([good])).toEqual([]);
  expect(check([good, good])).toEqual(['/webhooks/1/name']);
  expect(check([{ ...good, networks: ['10.0.0.0/99'] }])).toEqual(['/webhooks/0/networks/0']);
  expect(check([{ ...good, settings: { ...good.settings, url: 'https://a:b@example.com/' } }])).toEqual([
    '/webhooks/0/settings/url',
  ]);
  expect(check([{ ...good, settings: { ...good.settings, events: ['other'] } }])).toEqual([
    expect.stringMatching(/^\/webhooks\/0\/settings\/events/),
  ]);
});
