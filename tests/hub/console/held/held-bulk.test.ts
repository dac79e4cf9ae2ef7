import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import { toHidden } from '../console-server.ts';
import { findAction, findToken, type HeldHub, startHeldHub } from './held-hub.ts';

let hub: HeldHub;
beforeAll(async () => {
  hub = await startHeldHub();
}, 120_000);
afterAll(() => hub?.stop());

/** Sends a form with several ticks, as a browser does. */
async function send(action: string, fields: Record<string, string>, ticks: string[]) {
  const tax = await hub.as('tax');
  const formToken = findToken((await tax.get('/?all=1')).text);
  const body = new URLSearchParams([
    ...Object.entries({ formToken, back: '/?all=1', ...fields }),
    ...ticks.map((number): [string, string] => ['tick', number]),
  ]);
  const response = await tax.call(action, { method: 'POST', body });
  return { location: response.headers.get('location') ?? '', text: await response.text() };
}
const typesOf = async (path: string) => (await hub.eventsOf(path)).map(({ type }) => type);

test('what was sent to several at once is taken back as a whole, and done once when it is due', async () => {
  const paths = [await hub.register(), await hub.register(), await hub.register()];
  const [one = '', two = '', busy = ''] = paths;
  const ticks = paths.map((path) => path.split('/').pop() ?? '');
  const tax = await hub.as('tax');
  // Something else waits for the third.
  await tax.fill(busy, `${busy}/interim`, { text: '살펴보고 있습니다', officer: '이세무', confirmed: '1' });

  const form = await send('/bulk', { act: 'transfer' }, ticks);
  const { key = '' } = toHidden(form.text, '/bulk/transfer/check');
  const fields = { key, to: 'park', reason: '공원 관리 업무입니다' };
  // The same order twice is one.
  const [done] = await Promise.all([1, 2].map(() => send('/bulk/transfer/do', fields, ticks)));
  const result = (await tax.get(done?.location ?? '')).text;
  expect(result).toContain('보내는 중 2건');
  expect(result).toContain('먼저 보낸 것이 아직 나가지 않았습니다 (tax)');
  expect(await typesOf(one)).toEqual(['registered', 'assigned']);
  expect((await tax.get('/')).text).toMatch(/민원 2건<\/a> 다른 기관으로 이송/);

  const undone = await tax.post(findAction(result, 'undo'), {
    formToken: findToken(result),
    to: done?.location ?? '/',
  });
  const after = (await tax.get(undone.headers.get('location') ?? '')).text;
  expect(after).toContain('되돌림 2건');
  expect(after).not.toContain('data-held=');
  // The form comes back as it was filled in.
  const hidden = toHidden(after, '/bulk/transfer/check');
  expect(hidden).toMatchObject({ to: 'park', reason: '공원 관리 업무입니다' });
  const again = await send('/bulk/transfer/check', { ...hidden, change: '1' }, ticks.slice(0, 2));
  expect(again.text).toContain('공원 관리 업무입니다</textarea>');

  const second = await send('/bulk/transfer/do', { ...fields, key: hidden.key ?? '' }, ticks.slice(0, 2));
  await hub.letPass();
  await hub.startWorker();
  for (const path of [one, two]) await hub.waitForEvent(path, 'transferred');
  await waitFor('the run knows', async () =>
    (await tax.get(second.location)).text.includes('처리 2건, 바뀐 것 없음 0건'),
  );
  expect((await typesOf(one)).filter((type) => type === 'transferred')).toHaveLength(1);
}, 60_000);
