import { afterAll, beforeAll, expect, it } from 'vitest';
import { listComplaints } from '../../../../hub/complaints/reading/search.ts';
import type { ComplaintContent } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';

const agencies = [{ code: 'city', name: { ko: '시청' }, officers: [{ name: '담당' }] }];
let hub: TestHub;
let office: OfficeActions;

beforeAll(async () => {
  hub = await startTestHub(agencies, { rules: [], default: 'city' });
  office = openOffice(hub, agencies);
});
afterAll(async () => {
  await office.close();
  await hub.stop();
});

const content = (title: string): ComplaintContent => ({
  title,
  body: '본문입니다',
  complainant: { name: '홍길동' },
  kind: 'query',
  filedAt: '2026-11-20T09:30:00+09:00',
});

function say(version: string, title: string, externalId = '17') {
  const post = { content: content(title) };
  return office.accept({
    agency: 'city',
    source: 'poll',
    externalId,
    version,
    raw: post,
    normalised: { ok: true, post },
  });
}

const search = async (text: string) =>
  (await listComplaints(hub.store, { text })).rows.map(({ title }) => title);
const waitUntilFound = (text: string) =>
  waitFor(`${text} to be found`, async () => (await search(text)).length > 0);

it('finds a complaint by its words, and after a revision by the new ones only', async () => {
  await say('1', '가로등 고장');
  await waitUntilFound('가로등');
  await say('2', '신호등 고장');
  await waitUntilFound('신호등');
  expect(await search('고장')).toEqual(['신호등 고장']);
  expect(await search('가로등')).toEqual([]);
  const { rows } = await hub.store.pool.query('select from unindexed');
  expect(rows).toHaveLength(0);
});

it('finds a complaint by a part of the number that its origin gave', async () => {
  await say('1', '보도블록 파손', 'ROAD-2026-5512');
  await waitUntilFound('보도블록');
  expect(await search('road 5512')).toEqual(['보도블록 파손']);
});

it('catches up with more than one round takes', async () => {
  await hub.store.pool.query('insert into unindexed select id from complaints, generate_series(1, 450)');
  await waitFor('all marks to be worked off', async () => {
    const { rows } = await hub.store.pool.query('select from unindexed limit 1');
    return rows.length === 0;
  });
  expect(await search('신호등')).toEqual(['신호등 고장']);
});
