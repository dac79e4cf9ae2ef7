import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Accepted, Incoming } from '../../../../hub/exchange/intake/incoming.ts';
import type { ComplaintContent } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';

const agencies = ['caller', 'answerer'].map((code) => ({
  code,
  name: { ko: `${code} 기관` },
  officers: [{ name: '담당' }],
}));
let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub(agencies, { rules: [], default: 'answerer' });
});
afterAll(() => hub.stop());

/** Another process: it has not been wrong yet about what is new. */
async function withProcess(work: (process: OfficeActions) => Promise<void>): Promise<void> {
  const process = openOffice(hub, agencies);
  try {
    await work(process);
  } finally {
    await process.close();
  }
}

function register(externalId: string, title = externalId): Incoming {
  const content: ComplaintContent = {
    title,
    body: '가로등이 켜지지 않습니다.',
    kind: 'query',
    complainant: { name: '홍길동' },
    filedAt: '2026-11-20T09:30:00+09:00',
  };
  const post = { content };
  const said = { agency: 'caller', source: 'rest', externalId, version: encodeURIComponent(title) } as const;
  return { ...said, raw: post, normalised: { ok: true, post } };
}
/** Together in one group: they come in one turn of the event loop. */
const acceptAll = ({ accept }: OfficeActions, group: Incoming[]) => Promise.all(group.map(accept));
const outcomes = (accepted: Accepted[]) => accepted.map(({ outcome }) => outcome);
const receiptOf = (accepted: Accepted | undefined) =>
  accepted && 'receiptNumber' in accepted ? accepted.receiptNumber : undefined;

async function listHeld(prefix: string): Promise<string[]> {
  const { rows } = await hub.store.pool.query<{ external_id: string }>(
    'select external_id from links where agency = $1 and external_id like $2 order by 1',
    ['caller', `${prefix}%`],
  );
  return rows.map((row) => row.external_id);
}

it('new complaints with one among them that is known: each is there once', () =>
  withProcess(async (process) => {
    const [first] = await acceptAll(process, [register('a1')]);
    const accepted = await acceptAll(
      process,
      ['a2', 'a1', 'a3'].map((id) => register(id)),
    );
    expect(outcomes(accepted)).toEqual(['applied', 'duplicate', 'applied']);
    expect(receiptOf(accepted[1])).toBe(receiptOf(first));
    // Now the process looks first; it still takes in what is new.
    expect(
      outcomes(
        await acceptAll(
          process,
          ['a4', 'a3'].map((id) => register(id)),
        ),
      ),
    ).toEqual(['applied', 'duplicate']);
    expect(await listHeld('a')).toEqual(['a1', 'a2', 'a3', 'a4']);
  }));

it('a known complaint that says something else is changed, not registered again', () =>
  withProcess(async (process) => {
    const [first] = await acceptAll(process, [register('b1')]);
    const accepted = await acceptAll(process, [register('b2'), register('b1', '가로등 두 개')]);
    expect(outcomes(accepted)).toEqual(['applied', 'applied']);
    expect(receiptOf(accepted[1])).toBe(receiptOf(first));
    expect(accepted[1]).toMatchObject({ events: 1 });
    expect(await listHeld('b')).toEqual(['b1', 'b2']);
  }));

it('one that is refused takes no other with it', () =>
  withProcess(async (process) => {
    const accepted = await acceptAll(process, [register('c1'), register('c2', '\u0000'), register('c3')]);
    expect(outcomes(accepted)).toEqual(['applied', 'refused', 'applied']);
    expect(await listHeld('c')).toEqual(['c1', 'c3']);
  }));

it('two processes that register the same at once register it once', () =>
  withProcess(async (one) =>
    withProcess(async (other) => {
      const [left, right] = await Promise.all(
        [one, other].map((process) => acceptAll(process, [register('d1')])),
      );
      expect(outcomes([...(left ?? []), ...(right ?? [])]).sort()).toEqual(['applied', 'duplicate']);
      expect(receiptOf(left?.[0])).toBe(receiptOf(right?.[0]));
      expect(await listHeld('d')).toEqual(['d1']);
    }),
  ));
