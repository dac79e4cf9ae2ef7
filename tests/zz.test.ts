import { test } from 'vitest';
import { startRestFixture } from './adapters/rest-fixture.ts';
import { startSoapFixture } from './adapters/soap-fixture.ts';
import { startSqlFixture } from './adapters/sql-fixture.ts';
for (const [n, start] of Object.entries({ startRestFixture, startSoapFixture, startSqlFixture })) test(n, async () => {
  const f = await start();
  f.board.file('하나'); f.board.file('둘'); const id = f.board.file('셋');
  f.board.setCode(id, 'Q77');
  const t0 = Date.now();
  const shape = await f.adapter.shape!(AbortSignal.timeout(10000));
  console.log(n, Date.now()-t0, shape.filter(p=>!/output|input/.test(p.place)||/LINK_KEY|selectCvplList.output/.test(p.place)).map(p => JSON.stringify(p) + ' ' + f.adapter.usesOf!(p.place).join(' ')).join('\n'));
  await f.close();
});
