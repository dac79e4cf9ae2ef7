import { afterAll, beforeAll, it } from 'vitest';
import { readTotal } from '../../../../hub/insight/process/read-process.ts';
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

it('a hub counts by itself what came in, and its answer', async () => {
  const say = (version: string, answers: { text: string }[]) => {
    const content = {
      ...{ title: '가로등 고장', body: '본문입니다', kind: 'query' as const },
      ...{ complainant: { name: '홍길동' }, filedAt: '2026-11-20T09:30:00+09:00' },
    };
    const post = { content, answers };
    const known = { agency: 'city', source: 'poll' as const, externalId: '17', version };
    return office.accept({ ...known, raw: post, normalised: { ok: true, post } });
  };
  const read = async () => (await readTotal(hub.store, { from: '2026-11', to: '2026-11' })).counts;
  await say('1', []);
  await waitFor('it is counted', async () => (await read()).cases === 1);
  await say('2', [{ text: '고쳤습니다.' }]);
  await waitFor('its answer is counted', async () => {
    const { cases, open, overdue } = await read();
    return cases === 1 && open === 0 && overdue === 0;
  });
});
