import { expect, it } from 'vitest';
import type { StartFixture } from '../../adapters/conformance/board-fixture.ts';
import { samples, toChange } from '../../adapters/conformance/samples.ts';
import { startRestFixture } from './conformance/rest-fixture.ts';
import { startSoapFixture } from './conformance/soap-fixture.ts';
import { startSqlFixture } from './conformance/sql-fixture.ts';

const starts: [string, StartFixture][] = [
  ['rest', startRestFixture],
  ['soap', startSoapFixture],
  ['sql', startSqlFixture],
];

it.each(starts)(
  '%s tells refused credentials from a refused complaint, and does nothing',
  async (_name, start) => {
    const { adapter, board, close } = await start();
    try {
      board.fault('unauthorised');
      const push = () =>
        adapter.push!(toChange(samples.registered), {
          key: '26-0000017-4/1',
          signal: AbortSignal.timeout(10_000),
        });
      expect(await push()).toMatchObject({ kind: 'refused', why: 'unauthorised' });
      expect(board.posts()).toEqual([]);
      board.fault('none');
      expect(await push()).toMatchObject({ kind: 'done' });
      const unheld = await adapter.push!(toChange(samples.answered), {
        key: '26-0000017-4/2',
        signal: AbortSignal.timeout(10_000),
      });
      expect(unheld).toMatchObject({ kind: 'refused' });
      expect(unheld).not.toHaveProperty('why');
    } finally {
      await close();
    }
  },
);
