import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDraft } from '../../../../hub/configuration/drafts.ts';
import { createVisitors, toHidden } from '../console-server.ts';
import { type BenchStage, benchSource, openBenchStage } from './bench-stage.ts';

let stage: BenchStage;
const visitors = createVisitors(() => stage.server.url);
const path = '/agencies/sbiz/workbench';

beforeAll(async () => {
  stage = await openBenchStage();
});
afterAll(() => stage.close());

const decode = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const textOf = (html: string, part: string) =>
  decode(html.split(`data-part="${part}"`)[1]?.split('</section>')[0] ?? '');
const areaOf = (html: string, name: string) =>
  decode(new RegExp(`<textarea[^>]*name="${name}"[^>]*>\\n([\\s\\S]*?)</textarea>`).exec(html)?.[1] ?? '');

/** Presses a button of the page of incoming posts, with what stands in its fields. */
async function press(html: string, action: string, changed: Record<string, string> = {}) {
  const admin = await visitors.as('admin');
  const hidden = Object.fromEntries(
    Object.entries(toHidden(html, path)).map(([name, value]) => [name, decode(value)]),
  );
  const fields = { expression: areaOf(html, 'expression'), sample: areaOf(html, 'sample') };
  return admin.post(path, { ...hidden, ...fields, ...changed, do: action });
}

async function open() {
  const admin = await visitors.as('admin');
  return (await admin.get(path)).text;
}

describe('incoming posts', () => {
  it('are shown with what was received lately, the expression in force and each field with where it comes from', async () => {
    const page = await open();
    expect(areaOf(page, 'sample')).toContain('"subject": "가로등 4"');
    expect(areaOf(page, 'expression')).toContain('"title": subject');
    const result = textOf(page, 'result');
    expect(result).toContain('<code>/content/title</code>');
    expect(result).toContain('<span class="bench-value">가로등 4</span>');
    expect(result).toContain('$phone(hp)');
    expect(result).toContain('<code>wrtr.hp</code> = 010-9876-0000');
  });

  it('one that cannot be mapped says which field is wrong, and what it read', async () => {
    const { text } = await press(await open(), 'parked');
    const result = textOf(text, 'result');
    expect(result).toMatch(/bench-field wrong"><dt><code>\/status<\/code>/);
    expect(result).toContain('<code>state</code> = NEW');
  });

  it('a field is opened alone, corrected, and put into the draft with comments kept', async () => {
    const opened = (await press(await open(), 'open', { open: '/content/region' })).text;
    expect(areaOf(opened, 'expression')).toBe('rgn');
    const put = (await press(opened, 'put', { expression: '"경기도 " & rgn' })).text;
    expect(put).toContain('초안에 넣었습니다');
    const draft = await findDraft(stage.store, 'admin', 'agency', 'sbiz');
    expect(draft?.base).toBe(1);
    expect(draft?.source).toContain('          "region": "경기도 " & rgn,\n');
    const comments = (text: string) => text.match(/#.*/g);
    expect(comments(draft?.source ?? '')).toEqual(comments(benchSource));
    expect(textOf(await open(), 'result')).toContain('경기도 하남시');
  });

  it('a mistake is named with its line and character, loses nothing, and is not put', async () => {
    const opened = (await press(await open(), 'open', { open: '/content/title' })).text;
    const wrong = (await press(opened, 'put', { expression: 'subject &\n  $phone(' })).text;
    expect(wrong).toContain('잘못이 있는 표현식은');
    expect(textOf(wrong, 'fault')).toMatch(/data-position="\d+">2번째 줄/);
    expect(areaOf(wrong, 'expression')).toBe('subject &\n  $phone(');
    const right = (await press(wrong, 'try', { expression: '$uppercase(subject)' })).text;
    expect(textOf(right, 'result')).toContain('$uppercase(subject)');
    expect(textOf(right, 'fault')).not.toContain('form-hint-invalid');
  });

  it('a name that no sample has is a warning where the board may send more', async () => {
    const opened = (await press(await open(), 'open', { open: '/content/title' })).text;
    const { text } = await press(opened, 'try', { expression: 'subjekt' });
    expect(textOf(text, 'fault')).toContain('(subject를 뜻합니까?)');
    expect(textOf(text, 'fault')).toContain('다른 글에는 있을 수 있습니다');
  });

  it('an expression that never ends is stopped, and the rest is not tried', async () => {
    const endless = '($f := function($n) { $f($n + 1) }; { "content": { "title": $f(1) } })';
    const sample = JSON.stringify(
      Array.from({ length: 9 }, (_, n) => ({ mwNo: n, updDt: '2026-11-20 09:30:00' })),
    );
    const { text } = await press(await open(), 'try', { expression: endless, field: '', sample });
    expect(text).toContain('시험하지 않음');
    expect(text).toMatch(/밀리초|ms/);
  }, 60_000);

  it.each([
    [
      'YAML of aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[n]}`)}]`).join('\n')}`,
    ],
    ['JSON without end of nesting', '['.repeat(150_000)],
    ['closed JSON, nested deeply', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['XML with entities', '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['more than a page takes', `"${'x'.repeat(400_001)}"`],
    ['neither', '{ "a": '],
  ])(
    'a pasted sample that is %s is refused beside its field, and stays as it was typed',
    async (_name, sample) => {
      const { text, status } = await press(await open(), 'try', { sample });
      expect(status).toBe(200);
      expect(textOf(text, 'sample-problem')).toContain('form-hint-invalid');
      expect(areaOf(text, 'sample')).toBe(sample);
    },
  );

  it('YAML and XML can be pasted', async () => {
    const yaml = (
      await press(await open(), 'try', { sample: 'mwNo: 7\nsubject: 제목\nupdDt: 2026-11-20 09:30:00\n' })
    ).text;
    expect(textOf(yaml, 'result')).toContain('<code>subject</code> = 제목');
    const xml = (await press(await open(), 'try', { sample: '<item><subject>제목</subject></item>' })).text;
    expect(xml).toContain('#1');
  });

  it('samples are kept masked under a name, loaded and deleted', async () => {
    const kept = (await press(await open(), 'keep', { name: '하루치' })).text;
    expect(kept).toContain('견본을 가려서 저장했습니다');
    const { rows } = await stage.store.pool.query('select id, items::text from workbench_samples');
    expect(rows).toHaveLength(1);
    expect(rows[0].items).not.toContain('이한빛');
    expect(rows[0].items).not.toContain('9876');
    expect(rows[0].items).toContain('DONE');
    const loaded = (await press(kept, 'load', { kept: rows[0].id, sample: '' })).text;
    expect(areaOf(loaded, 'sample')).toContain('"nm": "가가가"');
    await press(loaded, `drop ${rows[0].id}`);
    expect((await stage.store.pool.query('select 1 from workbench_samples')).rows).toEqual([]);
  });

  it('a board that is away is said, and what is typed stays', async () => {
    const { text } = await press(await open(), 'fetch', { sample: '{"a": 1}' });
    expect(text).toContain('하지 못했습니다');
    expect(areaOf(text, 'sample')).toBe('{"a": 1}');
  });

  it('is for those who configure', async () => {
    for (const login of ['counsellor', 'road', 'auditor']) {
      const visitor = await visitors.as(login);
      expect((await visitor.get(path)).status).toBe(403);
    }
    const auditor = await visitors.as('auditor');
    expect((await auditor.get(`${path}/runs`)).status).toBe(200);
  });
});

describe('outgoing', () => {
  it('shows what would be sent for a kind of event, and corrects its expression', async () => {
    const admin = await visitors.as('admin');
    const { text } = await admin.get(`${path}/outgoing?event=answered`);
    expect(decode(text)).toContain('"method": "POST"');
    expect(decode(text)).toContain('내일 고치겠습니다.');
    const hidden = toHidden(text, `${path}/outgoing`);
    const put = await admin.post(`${path}/outgoing`, {
      ...hidden,
      expression: '{ "cn": event.data.anser.text }',
      do: 'try',
    });
    expect(decode(put.text)).toContain('event.data.answer를 뜻합니까');
  });
});

describe('code tables', () => {
  it('show what was seen with counts, the unmapped first, and take a code into the draft', async () => {
    const admin = await visitors.as('admin');
    const { text } = await admin.get(`${path}/codes`);
    expect(text).toContain('대응 없는 코드 1개');
    const rows = text.split('id="table-status"')[1]?.split('</section>')[0] ?? '';
    expect(rows.indexOf('<code>NEW</code>')).toBeLessThan(rows.indexOf('<code>RCPT</code>'));
    expect(rows).toMatch(/<code>RCPT<\/code>[\s\S]*?>2<\/td>/);
    const form = {
      formToken: toHidden(text, `${path}/codes`).formToken ?? '',
      table: 'status',
      key: 'NEW',
      word: 'received',
    };
    const { status } = await admin.post(`${path}/codes`, form);
    expect(status).toBe(303);
    const draft = await findDraft(stage.store, 'admin', 'agency', 'sbiz');
    expect(draft?.source).toContain('        NEW: received\n');
    const wrong = await admin.post(`${path}/codes`, { ...form, word: 'unheard' });
    expect(wrong.status).toBe(422);
    expect((await admin.get(`${path}/codes`)).text).not.toContain('대응 없는 코드');
  });
});
