import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BoardAdapter } from '../../../adapters/contract.ts';
import type { SoapSettings } from '../../../adapters/soap/config.ts';
import type { SoapBoard } from '../../boards/soap-board/index.ts';
import { inWords } from '../../support/in-words.ts';
import { connect, readSettings, startBoard } from '../conformance/soap-fixture.ts';

let board: SoapBoard;
let whole: BoardAdapter;
let settings: SoapSettings;
beforeAll(async () => {
  board = await startBoard();
  settings = await readSettings(board);
  whole = connect(settings);
});
afterAll(async () => {
  await whole.close();
  await board.close();
});

/** As if the list gave numbers and times alone. */
function connectDetailed(operation: object): BoardAdapter {
  const pull = {
    ...settings.pull,
    items: '[cvplList.{ "CVPL_NO": CVPL_NO, "LAST_UPDT_PNTTM": LAST_UPDT_PNTTM }]',
    detail: [{ name: 'post', ...operation }],
  } as SoapSettings['pull'];
  return connect({ ...settings, pull, normalise: `post.(${settings.normalise})` } as SoapSettings);
}

const read = async (adapter: BoardAdapter) => {
  const { posts = [] } = (await adapter.pull?.(undefined, AbortSignal.timeout(20_000))) ?? {};
  return Promise.all(posts.map(({ raw }) => adapter.normalise(raw)));
};

test('an operation about each post completes what the list shows', async () => {
  const id = board.file({ CVPL_CN: '첫 줄\r\n둘째 줄' });
  board.answer(id, '답변', { CHARGER_NM: '한도윤' });
  const detailed = connectDetailed({
    operation: 'selectCvplDetail',
    request: '{ "CVPL_NO": externalId }',
    result: 'cvpl',
  });
  expect(await read(detailed)).toEqual(await read(whole));
  expect((await detailed.check(AbortSignal.timeout(20_000))).ok).toBe(true);
  await detailed.close();
});

test('a fault that means "no such post" parks what the list still shows', async () => {
  const detailed = connectDetailed({
    operation: 'selectCvplDetail',
    request: '{ "CVPL_NO": "KR-NONE" }',
    absentWhen: '$contains("E0")',
  });
  expect(inWords(await read(detailed))).toMatchObject([
    { ok: false, problems: [{ message: expect.stringContaining('post asks about it') }] },
  ]);
  await detailed.close();
});

test('the connection check names an operation of a further call that the WSDL lacks', async () => {
  const detailed = connectDetailed({ operation: 'selectNothing', request: '{}' });
  const report = await detailed.check(AbortSignal.timeout(20_000));
  expect(JSON.stringify(inWords(report))).toContain('selectNothing');
  await detailed.close();
});
