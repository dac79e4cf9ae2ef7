import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MappedItem } from '../../../../hub/exchange/remap/mapped-items.ts';
import type { RemapActions } from '../../../../hub/exchange/remap/remaps.ts';
import { createRemapActions } from '../../../../hub/exchange/remap/remaps.ts';
import { signalChannels } from '../../../../hub/store/signals/signal-channels.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';

let from: RestBoard;
let to: RestBoard;
let hub: TestHub;
let remaps: RemapActions;
let office: ReturnType<typeof openOffice>;

/** The agency's configuration with a mapping in which region and category are mistaken, and the right one. */
function toAgencies(): { wrong: Agency[]; right: Agency[] } {
  const right = [
    readBoardAgency('rest-board', 'sbiz', from.url),
    readBoardAgency('rest-board', 'other', to.url),
  ];
  const wrong = structuredClone(right);
  const settings = wrong[0]?.board?.settings as { normalise: string; codes: Record<string, object> };
  settings.normalise = settings.normalise.replace('"region": rgn', '"region": wrtr.corpNm');
  settings.codes = { ...settings.codes, category: { FUND: '자금' } };
  return { wrong, right };
}

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
  to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
  const { wrong, right } = toAgencies();
  hub = await startTestHub(wrong, { rules: [], default: 'other' });
  for (let n = 0; n < 25; n++) from.file({ subject: `민원 ${n}`, ctgry: 'FUND', rgn: '대구' });
  from.file({ subject: '보류된 민원', ctgry: 'TECH', rgn: '대구' });
  await waitFor('all of them', () => to.posts().length === 25);
  await waitFor('the parked one', async () => {
    const { rows } = await hub.store.pool.query("select 1 from raw_items where outcome = 'parked'");
    return rows.length === 1;
  });
  await hub.store.pool.query(
    "insert into configurations (kind, name, version, body, author) values ('agency', 'sbiz', 2, $1, 'test')",
    [JSON.stringify(right[0])],
  );
  await hub.store.pool.query(`notify ${signalChannels.configuration}`);
  await waitFor('the hub to read with the right mapping', probe());
  const newest = from.posts().at(-1)?.updDt ?? '';
  await waitFor('the last change of the probe', async () =>
    (await bodies()).some(({ body }) => body.includes(newest)),
  );
  office = openOffice(hub, right);
  remaps = createRemapActions({ ...office, store: hub.store, look: () => undefined });
});
afterAll(async () => {
  await office.close();
  await hub.stop();
  await Promise.all([from.close(), to.close()]);
});

/** Changes a post now and then until the hub can map it. */
function probe(): () => Promise<boolean> {
  const no = from.file({ subject: '민원 25', ctgry: 'LABOR', rgn: '대구' });
  let asked = 0;
  return async () => {
    if (++asked % 20 === 0) from.edit(no, { subject: '민원 25' });
    return (await complaints()).length === 26;
  };
}

const complaints = async () =>
  (
    await hub.store.pool.query(
      "select content->>'title' as title, content->>'region' as region from complaints",
    )
  ).rows;
const bodies = async () =>
  (await hub.store.pool.query("select id, body from raw_items where agency = 'sbiz' order by id")).rows;

describe('mapping again', () => {
  it('shows field by field what would change, page by page, and changes nothing', async () => {
    const before = await complaints();
    const first = await remaps.preview('sbiz');
    expect(first.rows).toHaveLength(20);
    expect(first.rows.find(({ outcome }) => outcome === 'applied')).toMatchObject({
      changes: [{ pointer: '/content/region', before: '한빛상회', after: '대구' }],
    });
    const second = await remaps.preview('sbiz', first.next);
    expect(second.rows).toHaveLength(6);
    expect(second.next).toBeUndefined();
    const parked = [...first.rows, ...second.rows].find(({ outcome }) => outcome === 'parked');
    expect(parked?.changes).toContainEqual({ pointer: '/content/title', after: '보류된 민원' });
    expect(await complaints()).toEqual(before);
  });

  it('of some applies those, as a revision that the other board gets', async () => {
    const raw = await bodies();
    const { rows: items } = await remaps.preview('sbiz');
    const item = items.find(({ outcome }) => outcome === 'applied') as MappedItem;
    expect(await remaps.apply('sbiz', [item.id], 'admin')).toBe(1);
    const title = (item.raw as { subject: string }).subject;
    await waitFor('the revision on the other board', () =>
      to.posts().some(({ subject, rgn }) => subject === title && rgn === '대구'),
    );
    expect((await complaints()).filter(({ region }) => region === '대구')).toHaveLength(2);
    expect(await bodies()).toEqual(raw);
    const { rows } = await hub.store.pool.query('select outcome, decided_by from raw_items where id = $1', [
      item.id,
    ]);
    expect(rows).toEqual([{ outcome: 'applied', decided_by: 'admin' }]);
  });

  it('of all goes on in the hub: every complaint once, what was parked comes in, bodies stay', async () => {
    const raw = await bodies();
    const own = from.posts();
    const id = await remaps.applyAll('sbiz', 'admin');
    await expect(remaps.applyAll('sbiz', 'admin')).rejects.toMatchObject({ kind: 'running' });
    const done = await waitFor('the work', async () => {
      const { rows } = await hub.store.pool.query("select * from remaps where id = $1 and state = 'done'", [
        id,
      ]);
      return rows[0];
    });
    expect(done).toMatchObject({ applied: 25, failed: 0, asked_by: 'admin' });
    await waitFor(
      'all on the other board',
      () => to.posts().length === 27 && to.posts().every(({ rgn }) => rgn === '대구'),
    );
    expect(await complaints()).toHaveLength(27);
    expect((await complaints()).every(({ region }) => region === '대구')).toBe(true);
    expect(await bodies()).toEqual(raw);
    expect((await remaps.preview('sbiz')).rows).toEqual([]);
    // Its own words are not brought back to the board that they came from.
    expect(from.posts()).toEqual(own);
  });
});
