import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Aside } from '../../../../adapters/contract.ts';
import { listAsides } from '../../../../hub/complaints/reading/read-asides.ts';
import type { Incoming } from '../../../../hub/exchange/intake/incoming.ts';
import { toReason } from '../../../../schemas/reason.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';

const agencies = ['asker', 'answerer'].map((code) => ({
  code,
  name: { ko: `${code} 기관` },
  officers: [{ name: '담당' }],
}));
let hub: TestHub;
let office: OfficeActions;

beforeAll(async () => {
  hub = await startTestHub(agencies, { rules: [], default: 'answerer' });
  office = openOffice(hub, agencies);
});
afterAll(async () => {
  await office.close();
  await hub.stop();
});

const readAs = (version: string, externalId: string, aside?: Aside): Incoming => {
  const content = {
    title: '가로등 문의',
    body: '가로등이 켜지지 않습니다.',
    kind: 'query' as const,
    complainant: { name: '홍길동' },
    filedAt: '2026-11-20T09:30:00+09:00',
  };
  const normalised = { ok: true as const, post: { content }, ...(aside && { aside }) };
  return { agency: 'asker', source: 'poll', externalId, version, raw: { version }, normalised };
};
const others = (n: number): Aside => ({ note: toReason('comments_of_others', { n }) });
const complaintOf = async (incoming: Incoming) => {
  const accepted = await office.accept(incoming);
  if (accepted.outcome !== 'applied') throw new Error(accepted.outcome);
  return accepted.complaintId;
};
const notesOf = async (id: string) => (await listAsides(hub.store, id, '+')).map(({ note }) => note);

it('comments of others are counted as the board has them now, and say nothing new', async () => {
  const id = await complaintOf(readAs('1', 'a'));
  expect(await notesOf(id)).toEqual([]);
  await complaintOf(readAs('2', 'a', others(1)));
  await complaintOf(readAs('3', 'a', others(3)));
  expect(await notesOf(id)).toEqual([toReason('comments_of_others', { n: 3 })]);
  await complaintOf(readAs('4', 'a'));
  expect(await notesOf(id)).toEqual([]);
  const { rows } = await hub.store.pool.query('select type from events where complaint_id = $1', [id]);
  expect(rows.map(({ type }) => type)).toEqual(['registered', 'assigned']);
});

it('each mail that was noted stays, however many came after it', async () => {
  const id = await complaintOf(readAs('1', 'b'));
  const [reply, receipt] = [toReason('mail_noted_reply'), toReason('mail_noted_receipt')];
  await complaintOf(readAs('2', 'b', { note: reply }));
  await complaintOf(readAs('3', 'b', { note: receipt }));
  await complaintOf(readAs('4', 'b'));
  expect(await notesOf(id)).toEqual([reply, receipt]);
});
