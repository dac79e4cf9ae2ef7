import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { inWords } from '../../support/in-words.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, openProduct, type Product, readAll } from './open-product.ts';
import { bringFile, content, fetchFile, findFile, given, pushFile } from './product-files.ts';

/** Files of a GNUBoard: beside it in data/file/<board>, and a row of g5_board_file for each. */

const receiptNumber = '26-0000017-4';
const registered = toChange(samples.registered);

let filesIn: string;
let folder: string;
beforeEach(async () => {
  filesIn = await mkdtemp(join(tmpdir(), 'gnuboard-files-'));
  folder = join(filesIn, 'minwon');
  await mkdir(folder);
});
afterEach(() => rm(filesIn, { recursive: true }));

const open = (charset = 'utf8') =>
  openProduct({
    tables: 'gnuboard5',
    charset,
    settings: { preset: 'gnuboard5-board', parameters: { board: 'minwon' }, filesIn },
  });

const rows = ({ query }: Product) => query('select * from g5_board_file order by wr_id, bf_no');
const counted = async ({ query }: Product) =>
  (await query('select wr_file from g5_write_minwon order by wr_id')).map(({ wr_file }) => wr_file);

/** A person's post with a file, as the board's pages write it. */
async function fileWith(product: Product, stored: string): Promise<void> {
  await product.query(
    `insert into g5_write_minwon set wr_num = -1, wr_parent = 1, wr_subject = '문의', wr_content = '글', wr_name = '홍길동',
      wr_datetime = '2026-11-20 12:00:00', wr_last = '2026-11-20 12:00:00', wr_file = 1`,
  );
  await product.query(
    `insert into g5_board_file set bo_table = 'minwon', wr_id = 1, bf_no = 0, bf_source = '사진.jpg', bf_file = ?, bf_filesize = 4`,
    [stored],
  );
}

describe.runIf(hasMaria())('files of GNUBoard 5', () => {
  test('a person’s file is read by the name in the table, as one of its own post only', async () => {
    const product = await open();
    await fileWith(product, '12_abc.jpg');
    await writeFile(join(folder, '12_abc.jpg'), 'JPEG');
    const [post] = (await readAll(product)).posts;
    expect(post?.content?.attachments).toEqual([{ id: '12_abc.jpg', name: '사진.jpg', size: 4 }]);
    expect(String(await fetchFile(product, '1', '12_abc.jpg'))).toBe('JPEG');
    await expect(fetchFile(product, '2', '12_abc.jpg')).rejects.toMatchObject({ kind: 'malformed' });
    await writeFile(join(folder, 'unlisted.jpg'), 'JPEG');
    await expect(fetchFile(product, '1', 'unlisted.jpg')).rejects.toMatchObject({ kind: 'malformed' });
    await rm(join(folder, '12_abc.jpg'));
    await expect(fetchFile(product, '1', '12_abc.jpg')).rejects.toMatchObject({ kind: 'malformed' });
    await rm(folder, { recursive: true });
    await expect(fetchFile(product, '1', '12_abc.jpg')).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test.each(['../../secret', '../minwon2/x.jpg', '/etc/hostname', 'link.jpg'])(
    'a row that names %s gives nothing out',
    async (stored) => {
      await writeFile(join(filesIn, 'secret'), 'not for you');
      await symlink(join(filesIn, 'secret'), join(folder, 'link.jpg'));
      const product = await open();
      await fileWith(product, stored);
      await expect(fetchFile(product, '1', stored)).rejects.toMatchObject({ kind: 'malformed' });
    },
  );

  test('what the hub brings stands where the board’s own pages look for it, once per key', async () => {
    const product = await open();
    const ref = await bring(product, registered, `${receiptNumber}/1`);
    const part = await bring(product, toChange(samples.answered, ref), `${receiptNumber}/2`);
    const first = await bringFile(product, given(ref), 'a');
    expect(await bringFile(product, given(ref), 'a')).toEqual(first);
    expect(await findFile(product, given(ref), 'a')).toEqual(first);
    expect(await findFile(product, given(ref), 'b')).toBeUndefined();
    const second = await bringFile(product, given({ ...ref, ...part }, { name: 'run.PHP' }), 'b');
    expect(await rows(product)).toMatchObject([
      {
        bo_table: 'minwon',
        wr_id: Number(ref.externalId),
        bf_no: 0,
        bf_source: '사업 계획서.pdf',
        bf_file: first.partId,
        bf_filesize: content.length,
        bf_content: '',
        bf_type: 0,
      },
      { wr_id: Number(ref.externalId), bf_no: 1, bf_source: 'run.PHP', bf_file: second.partId },
    ]);
    expect(first.partId).toMatch(/^minwon-hub-[0-9a-f]{32}\.pdf$/);
    expect(second.partId, 'no program for the web server').toMatch(/^minwon-hub-[0-9a-f]{32}$/);
    expect(await counted(product)).toEqual([2, 0]);
    expect((await readdir(folder)).sort()).toEqual([first.partId, second.partId].sort());
    expect((await readFile(join(folder, first.partId!))).equals(content)).toBe(true);
    expect((await fetchFile(product, ref.externalId, first.partId!)).equals(content)).toBe(true);
    const [post] = (await readAll(product)).posts;
    expect(post?.content?.attachments ?? [], 'they are no news').toEqual([]);
  });

  const crashes = [
    'insert into `g5_board_file`',
    'update `g5_write_minwon` set `wr_file`',
    'update `g5_board_file` set `bf_file` = replace',
  ];
  describe.each(['find', 'push'] as const)('completed by %s', (how) => {
    test.each(crashes)('a crash between the file and its row, before %s', async (sql) => {
      const product = await open();
      const ref = await bring(product, registered, `${receiptNumber}/1`);
      product.proxy.cut();
      product.proxy.cutBefore = new RegExp(sql.replace(/[`()]/g, '\\$&'));
      expect(await pushFile(product, given(ref), 'a')).toMatchObject({ kind: 'unknown' });
      expect(product.proxy.cutBefore, 'the statement was met').toBeUndefined();
      const left = await readdir(folder);
      expect(left).toHaveLength(1);
      const found = how === 'find' ? await findFile(product, given(ref), 'a') : undefined;
      if (how === 'find' && sql === crashes[0]) expect(found).toBeUndefined();
      else if (how === 'find') expect(found?.partId).toBe(left[0]);
      if (!found) await bringFile(product, given(ref), 'a');
      expect(await rows(product)).toMatchObject([{ bf_no: 0, bf_file: left[0] }]);
      expect(await counted(product)).toEqual([1]);
      expect(await readdir(folder)).toEqual(left);
    });
  });

  test('what the table has no room for is refused before anything is written', async () => {
    const product = await open('euckr');
    const ref = await bring(product, registered, `${receiptNumber}/1`);
    const refused = [
      [{ name: `${'가'.repeat(252)}.pdf` }, /255/],
      [{ name: '똠방각하 😀.pdf' }, /euckr/],
    ] as const;
    for (const [attachment, reason] of refused) {
      const outcome = await pushFile(product, given(ref, attachment), 'a');
      expect(inWords(outcome)).toMatchObject({
        kind: 'refused',
        reason: expect.stringMatching(reason),
        fields: [{ pointer: '/g5_board_file/bf_source' }],
      });
    }
    expect(await pushFile(product, given({ externalId: '99' }), 'a')).toMatchObject({ kind: 'refused' });
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
    expect(await pushFile(product, given(ref), 'a')).toMatchObject({ kind: 'retry' });
    expect(await rows(product)).toEqual([]);
  });

  test('the check tells of the folder, and of the rights to its table', async () => {
    const product = await open();
    const signal = AbortSignal.timeout(10_000);
    expect(await product.adapter.check(signal)).toMatchObject({ ok: true });
    await rm(folder, { recursive: true });
    const { ok: good, lines } = await product.adapter.check(signal);
    expect(good).toBe(false);
    expect(inWords(lines)).toContainEqual({
      what: `folder ${folder}`,
      ok: false,
      detail: expect.stringContaining('is its share mounted?'),
    });
  });

  test('without a folder the board gives and takes no files', async () => {
    const { adapter } = await openProduct({
      tables: 'gnuboard5',
      settings: { preset: 'gnuboard5-board', parameters: { board: 'minwon' } },
    });
    expect(adapter).not.toHaveProperty('fetchAttachment');
    expect(adapter).not.toHaveProperty('pushAttachment');
    expect(adapter).not.toHaveProperty('findAttachment');
  });
});
