import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, openProduct, readAll } from './open-product.ts';
import { bringFile, content, fetchFile, findFile, given, pushFile } from './product-files.ts';

/** Files of an eGovFrame bulletin board: a group per post, a row for each, all of them in one folder. */

const registered = toChange(samples.registered);
let filesIn: string;
beforeEach(async () => {
  filesIn = await mkdtemp(join(tmpdir(), 'egov-files-'));
});
afterEach(() => rm(filesIn, { recursive: true }));

const board = 'BBSMSTR_000000000001';
const open = () =>
  openProduct({
    tables: 'egov',
    settings: {
      preset: 'egov-bbs',
      parameters: {
        board,
        reader: 'USRCNFRM_00000000009',
      },
      filesIn,
      filesAs: '/user/file/sht/',
    },
  });

describe.runIf(hasMaria())('files of eGovFrame', () => {
  test('a person’s file is read, as one of its own post only', async () => {
    const product = await open();
    await product.query(`insert into COMTNFILE values ('FILE_000000000000001', now(), 'Y')`);
    await product.query(
      `insert into COMTNFILEDETAIL set ATCH_FILE_ID = 'FILE_000000000000001', FILE_SN = 0, FILE_STRE_COURS = '/user/file/sht/',
        STRE_FILE_NM = 'BBS_2026112012000001', ORIGNL_FILE_NM = '서류.hwp', FILE_EXTSN = 'hwp', FILE_SIZE = 4`,
    );
    for (const [id, group] of [
      [400, null],
      [401, 'FILE_000000000000001'],
    ])
      await product.query(
        `insert into COMTNBBS set NTT_ID = ?, BBS_ID = ?, NTT_NO = 1, NTT_SJ = '문의', NTT_CN = '글', ANSWER_AT = 'N', PARNTSCTT_NO = 0,
          SORT_ORDR = 1, USE_AT = 'Y', NTCR_ID = 'hong', NTCR_NM = '홍길동', ATCH_FILE_ID = ?, FRST_REGIST_PNTTM = '2026-11-20 12:00:00'`,
        [id, board, group],
      );
    await writeFile(join(filesIn, 'BBS_2026112012000001'), 'HWP!');
    const { posts } = await readAll(product);
    expect(posts.map(({ content: text }) => text?.attachments ?? [])).toEqual([
      [],
      [{ id: 'BBS_2026112012000001', name: '서류.hwp', size: 4 }],
    ]);
    expect(String(await fetchFile(product, '401', 'BBS_2026112012000001'))).toBe('HWP!');
    await expect(fetchFile(product, '400', 'BBS_2026112012000001')).rejects.toMatchObject({
      kind: 'malformed',
    });
  });

  test('what the hub brings stands with the post and with its answer, each in a group of its own', async () => {
    const product = await open();
    const ref = await bring(product, registered, '26-0000017-4/1');
    const part = await bring(product, toChange(samples.answered, ref), '26-0000017-4/2');
    const first = await bringFile(product, given(ref), 'a');
    expect(await bringFile(product, given(ref), 'a')).toEqual(first);
    await bringFile(product, given(ref), 'b');
    await bringFile(product, given(part), 'c');
    const own = `HUB_${ref.externalId.padStart(16, '0')}`;
    const answers = `HUB_${part.partId!.padStart(16, '0')}`;
    const row = {
      FILE_STRE_COURS: '/user/file/sht/',
      ORIGNL_FILE_NM: '사업 계획서.pdf',
      FILE_EXTSN: 'pdf',
      FILE_SIZE: String(content.length),
    };
    expect(await product.query('select * from COMTNFILEDETAIL order by ATCH_FILE_ID, FILE_SN')).toMatchObject(
      [
        { ATCH_FILE_ID: own, FILE_SN: '0', STRE_FILE_NM: first.partId, ...row },
        { ATCH_FILE_ID: own, FILE_SN: '1', ...row },
        { ATCH_FILE_ID: answers, FILE_SN: '0', ...row },
      ],
    );
    expect(await product.query('select ATCH_FILE_ID, USE_AT from COMTNFILE order by 1')).toEqual([
      { ATCH_FILE_ID: own, USE_AT: 'Y' },
      { ATCH_FILE_ID: answers, USE_AT: 'Y' },
    ]);
    expect((await fetchFile(product, ref.externalId, first.partId!)).equals(content)).toBe(true);
    expect(await product.adapter.check(AbortSignal.timeout(10_000))).toMatchObject({ ok: true });
  });

  test.each(['insert into `COMTNFILE`', 'insert into `COMTNFILEDETAIL`', 'update `COMTNBBS`', 'commit'])(
    'cut before %s, no row is there, and the file is brought by the next call',
    async (sql) => {
      const product = await open();
      const ref = await bring(product, registered, '26-0000017-4/1');
      product.proxy.cut();
      product.proxy.cutBefore = sql === 'commit' ? /^.{4}.commit/s : new RegExp(sql);
      expect(await pushFile(product, given(ref), 'a')).toMatchObject({ kind: 'unknown' });
      expect(product.proxy.cutBefore, 'the statement was met').toBeUndefined();
      expect(await findFile(product, given(ref), 'a')).toBeUndefined();
      expect(await product.query('select * from COMTNFILE')).toEqual([]);
      const { partId } = await bringFile(product, given(ref), 'a');
      expect(await readdir(filesIn)).toEqual([partId]);
      expect(await product.query('select STRE_FILE_NM from COMTNFILEDETAIL')).toEqual([
        { STRE_FILE_NM: partId },
      ]);
    },
  );

  test('what a column has no room for is refused before anything is written', async () => {
    const product = await open();
    const ref = await bring(product, registered, '26-0000017-4/1');
    const outcome = await pushFile(product, given(ref, { name: `a.${'x'.repeat(30)}` }), 'a');
    expect(outcome).toMatchObject({ kind: 'refused', fields: [{ pointer: '/COMTNFILEDETAIL/FILE_EXTSN' }] });
    expect(await readdir(filesIn)).toEqual([]);
  });
});
