import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { sqlAdapter } from '../../../adapters/sql/index.ts';
import { inWords } from '../../support/in-words.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, find, openProduct, push, readAll } from './open-product.ts';

const registered = toChange(samples.registered);
const rhymix = {
  tables: 'rhymix2',
  settings: {
    preset: 'rhymix2',
    parameters: { prefix: 'rx_', module: '77' },
  },
};
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe.runIf(hasMaria())('MariaDB', () => {
  test('with transactions, what is cut in the middle never was, and numbers are never given twice', async () => {
    const product = await openProduct(rhymix);
    const ref = await bring(product, registered, '26-0000017-4/1');
    const answered = toChange(samples.answered, ref);
    for (const statement of [/insert into `rx_comments_list`/, /update `rx_documents`/, /^.{4}.commit/s]) {
      product.proxy.cut();
      product.proxy.cutBefore = statement;
      expect(await push(product, answered, '26-0000017-4/2')).toMatchObject({ kind: 'unknown' });
      expect(product.proxy.cutBefore, 'the statement was met').toBeUndefined();
      expect(await find(product, answered, '26-0000017-4/2')).toBeUndefined();
      expect(await product.query('select * from rx_comments')).toEqual([]);
    }
    const part = await bring(product, answered, '26-0000017-4/2');
    const [row] = await product.query(
      'select comment_srl, (select max(seq) from rx_sequence) as newest from rx_comments',
    );
    expect(row).toEqual({ comment_srl: Number(part.partId), newest: Number(part.partId) });
    expect(await product.query('select comment_srl, head, arrange, depth from rx_comments_list')).toEqual([
      { comment_srl: row?.comment_srl, head: row?.comment_srl, arrange: row?.comment_srl, depth: 0 },
    ]);
  });

  test('char(14) times are those of the agency’s zone', async () => {
    const product = await openProduct(rhymix);
    const before = Date.now();
    await bring(product, registered, '26-0000017-4/1');
    const [row] = await product.query('select regdate from rx_documents');
    expect(row?.regdate).toMatch(/^\d{14}$/);
    const [, y, mo, d, h, mi, s] = /(....)(..)(..)(..)(..)(..)/.exec(String(row?.regdate))!;
    const at = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h) - 9, Number(mi), Number(s));
    expect(Math.abs(at - before)).toBeLessThan(60_000);
    const [post] = (await readAll(product)).posts;
    expect(Date.parse(post!.content!.filedAt)).toBe(at);
  });

  test('an earlier call that still runs on the server keeps find from saying that nothing is there', async () => {
    const product = await openProduct(rhymix);
    const [{ id } = {}] = await product.query(
      `select get_lock(concat('minwon-hub:', left(database(), 20), ':26-0000017-4'), 0) as id`,
    );
    expect(id).toBe(1);
    await expect(find(product, registered, '26-0000017-4/1')).rejects.toMatchObject({ kind: 'busy' });
    expect(await push(product, registered, '26-0000017-4/1')).toMatchObject({ kind: 'retry' });
  });

  test('check tells a pattern that is not how the board writes its times', async () => {
    const product = await openProduct({ tables: 'egov', settings: { preset: 'egov-qna' } });
    const check = async () => (await product.adapter.check(AbortSignal.timeout(20_000))).lines;
    expect((await check()).every(({ ok }) => ok)).toBe(true);
    await product.query(`insert into COMTNQAINFO set QA_ID = 'QA_1', WRITNG_DE = '2026-11-20'`);
    expect(inWords(await check())).toContainEqual({
      what: 'pull.pattern for WRITNG_DE',
      ok: false,
      detail: '"2026-11-20" is not written as yyyyMMdd',
    });
  });

  test('check names a right that is missing, a column that is gone, and rights beyond need', async () => {
    const product = await openProduct(rhymix);
    const { query, adapter, settings } = product;
    const check = async () => (await adapter.check(AbortSignal.timeout(20_000))).lines;
    const user = `'${settings.user}'@'127.0.0.1'`;
    expect((await check()).every(({ ok }) => ok)).toBe(true);
    await query(`grant delete on ${settings.database}.* to ${user}`);
    expect(inWords(await check())).toContainEqual({
      what: 'rights beyond need',
      ok: true,
      detail: expect.stringContaining('DELETE'),
    });
    await query(`revoke insert on ${settings.database}.rx_comments_list from ${user}`);
    expect(inWords(await check())).toContainEqual(
      expect.objectContaining({ ok: false, detail: expect.stringContaining('insert') }),
    );
    await query('alter table rx_documents change title subject varchar(250) not null');
    expect(inWords(await check())).toContainEqual({
      what: 'table rx_documents',
      ok: false,
      detail: expect.stringContaining('has no column title'),
    });
    expect(JSON.stringify(await check())).not.toContain('db-secret');
  });
});

describe('PostgreSQL', () => {
  /** A plain table whose times carry their zone, in a database of this encoding. */
  async function openPlain(encoding: string, timeZone = 'Asia/Seoul') {
    const name = `plain_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
    const url = new URL(inject('databaseServer'));
    const admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await admin.query(`create database ${name} encoding '${encoding}' locale 'C' template template0`);
    await admin.end();
    url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href, client_encoding: 'UTF8' });
    await client.connect();
    ends.push(() => client.end());
    await client.query('create schema "민원"');
    await client.query(`create table "민원"."접수" ("번호" bigserial primary key, "제목" varchar(20) not null, "내용" text not null,
      "작성자" text not null, "등록" timestamptz not null default now(), "수정" timestamptz, "연계" text)`);
    const settings = {
      dialect: 'postgres',
      host: '127.0.0.1',
      port: Number(url.port),
      database: name,
      user: decodeURIComponent(url.username),
      password: 'env:DB',
      pull: {
        table: '민원.접수',
        id: '번호',
        columns: ['제목', '내용', '작성자', '등록', '연계'],
        changed: ['등록', '수정'],
      },
      normalise: `{"receiptNumber": $substringBefore(연계, "/"), "content": {"title": 제목, "body": 내용, "kind": "query",
        "complainant": {"name": 작성자}, "filedAt": $instant(등록)}}`,
      push: {
        registered: [
          {
            insert: '민원.접수',
            as: 'post',
            id: { column: '번호' },
            mark: { column: '연계' },
            set: {
              제목: 'event.data.content.title',
              내용: 'event.data.content.body',
              작성자: 'event.data.content.complainant.name',
            },
          },
        ],
      },
    };
    expect(sqlAdapter.checkSettings(settings)).toEqual([]);
    const secret = () => decodeURIComponent(url.password);
    const adapter = sqlAdapter.create(settings, { agency: 'a', timeZone, networks: ['127.0.0.0/8'], secret });
    ends.push(() => adapter.close());
    return { adapter, client };
  }
  const call = () => ({ key: '26-0000017-4/1', signal: AbortSignal.timeout(20_000) });
  const withContent = (content: object) =>
    toChange({ type: 'registered', data: { content: { ...samples.registered.data.content, ...content } } });

  test('names in Korean, in a schema of their own, and times with a zone', async () => {
    const { adapter, client } = await openPlain('UTF8');
    await client.query(
      `insert into "민원"."접수" ("제목", "내용", "작성자", "등록") values ('가', '나', '다', '2026-11-20T03:00:00Z')`,
    );
    const pulled = await adapter.pull!(undefined, AbortSignal.timeout(20_000));
    expect(await adapter.normalise(pulled.posts[0]?.raw)).toMatchObject({
      ok: true,
      post: { content: { title: '가', filedAt: '2026-11-20T12:00:00+09:00' } },
    });
    await client.query(`update "민원"."접수" set "내용" = '라', "수정" = '2026-11-20T03:30:00Z'`);
    const next = await adapter.pull!(pulled.cursor, AbortSignal.timeout(20_000));
    expect(next.posts.map(({ externalId }) => externalId)).toEqual(['1']);
    expect(await adapter.push!(registered, call())).toMatchObject({ kind: 'done', ref: { externalId: '2' } });
  });

  test('a draft is the row that is written, and tells what the table does not take', async () => {
    const { adapter, client } = await openPlain('UTF8');
    const { key, signal } = call();
    const long = withContent({ title: '가'.repeat(21) });
    const short = withContent({ title: '가로등' });
    const { writes } = (await adapter.draft!(short, key)) as { writes: { row: object }[] };
    expect((await client.query('select * from "민원"."접수"')).rows).toEqual([]);
    await adapter.push!(short, call());
    const { rows } = await client.query('select "제목", "내용", "작성자", "연계" from "민원"."접수"');
    expect(writes).toEqual([{ insert: '민원.접수', as: 'post', id: { column: '번호' }, row: rows[0] }]);
    const places = await adapter.shape!(signal);
    expect(adapter.checkDraft!(await adapter.draft!(short, key), places)).toEqual([]);
    expect(adapter.checkDraft!(await adapter.draft!(long, key), places)).toMatchObject([
      { pointer: '/writes/0/row/제목', reason: { code: 'sql_too_many_characters', params: { limit: 20 } } },
    ]);
    const fewer = places.filter(({ place }) => !place.endsWith('.작성자'));
    expect(adapter.checkDraft!(await adapter.draft!(short, key), fewer)).toMatchObject([
      { pointer: '/writes/0/row/작성자', reason: { code: 'no_column' } },
    ]);
    // A table that nobody has seen is not judged.
    expect(adapter.checkDraft!(await adapter.draft!(short, key), [])).toEqual([]);
  });

  test('lengths and, in an EUC_KR database, characters that do not fit are refused with their field', async () => {
    const { adapter, client } = await openPlain('EUC_KR');
    const refused = await adapter.push!(withContent({ title: '제'.repeat(21), body: '뷁 😀' }), call());
    expect(inWords(refused)).toMatchObject({
      kind: 'refused',
      fields: [
        { pointer: '/민원.접수/제목', message: 'has 21 characters; the column holds 20' },
        { pointer: '/민원.접수/내용', message: expect.stringMatching(/뷁 \(U\+BDC1\).*😀/) },
      ],
    });
    expect((await client.query('select count(*)::int as n from "민원"."접수"')).rows).toEqual([{ n: 0 }]);
    expect(await adapter.push!(withContent({ title: '제'.repeat(20) }), call())).toMatchObject({
      kind: 'done',
    });
  });
});
