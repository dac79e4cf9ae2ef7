import { expect, onTestFinished, test } from 'vitest';
import { createAdapter } from '../../../../adapters/registry.ts';
import { digestTitle } from '../../../../schemas/index.ts';
import { startRestBoard } from '../../../boards/rest-board/index.ts';
import { readSampleAgency } from '../../conformance/rest-fixture.ts';

test('a board whose configuration names no list is read by pull, in pages, from a time on where asked', async () => {
  const board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'key' });
  const { board: connection } = await readSampleAgency();
  const { fingerprints: _list, pull, ...settings } = connection?.settings ?? {};
  const adapter = createAdapter(
    {
      adapter: 'rest',
      networks: ['127.0.0.0/8'],
      settings: { ...settings, endpoint: board.url, pull: { ...(pull as object), pageSize: 3 } },
    },
    { agency: 'sbiz', timeZone: 'Asia/Seoul', secret: () => 'key' },
  );
  onTestFinished(async () => {
    await adapter.close();
    await board.close();
  });
  for (let n = 0; n < 10; n++) {
    board.setClock(() => new Date(Date.parse('2026-11-20T00:00:00Z') + n * 3_600_000));
    board.file({ subject: `민원 ${n}` });
  }
  const read = async (since?: Date) => {
    const titles: unknown[] = [];
    for await (const one of adapter.fingerprints?.(since, AbortSignal.timeout(20_000)) ?? [])
      titles.push(one.title);
    return titles;
  };
  const titles = Array.from({ length: 10 }, (_, n) => digestTitle(`민원 ${n}`));
  expect(await read()).toEqual(titles);
  expect(await read(new Date('2026-11-20T08:00:00Z'))).toEqual(titles.slice(8));
});
