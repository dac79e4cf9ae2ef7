import { ok } from 'node:assert';
import type { Context } from '../product.ts';
import { agency, part, type Stage } from './stage.ts';

const text = '남이 보면 안 되는 본문';

/** Who reads what, looked at as guest, writer, another member and officer. */
export async function tryReaders({ hub, prove }: Context, stage: Stage) {
  const { site, form, writer, other, officer, newest } = stage;
  const mine = await site.file(writer, { title: '회원의 비밀', text, name: '홍길동' });
  await hub.answer((await hub.wait('회원의 비밀')).receiptNumber, '답변: 회원의 비밀');
  await hub.settle(agency);
  await prove(part, 'writer_reads', async () => {
    for (const who of [writer, officer]) ok((await site.view(who, mine)).includes('답변: 회원의 비밀'));
    ok((await site.list(writer)).includes('Showing 1 - 1 of 1'));
  });
  await hub.file(agency, { title: '허브가 옮긴 비밀', body: text, name: '이한빛' });
  await hub.settle(agency);
  const brought = await newest();
  const stranger = await site.guest();
  await prove(part, 'others_excluded', async () => {
    ok((await site.view(officer, brought)).includes(text), 'the officer reads it');
    const places = [mine, brought].flatMap((one) =>
      ['', '/edit', '/resend', '/delete'].map((page) => `/?q=node/${form}/submission/${one}${page}`),
    );
    const results = ['', '/table', '/analysis', '/download'].map(
      (page) => `/?q=node/${form}/webform-results${page}`,
    );
    for (const who of [stranger, other])
      for (const place of [...places, ...results, `/?q=node/${form}/submissions`, `/?q=node/${form}`]) {
        const reply = await who.page.request.get(place);
        const page = await reply.text();
        ok(!/남이 보면|답변: 회원|이한빛/.test(page), `${place}: ${page.slice(0, 300)}`);
      }
    // Not even the writer may change what was filed, and its answer with it.
    const edit = await writer.page.request.get(`/?q=node/${form}/submission/${mine}/edit`);
    ok(edit.status() === 403, String(edit.status()));
  });
  await prove(part, 'list_discreet', async () => {
    for (const who of [stranger, other])
      for (const page of [await site.list(who), await who.look('/'), await site.results(who)])
        ok(!/이한빛|허브가 옮긴 비밀|회원의 비밀/.test(page));
    ok((await site.results(officer)).includes('허브가 옮긴 비밀'), 'the officer sees it in the table');
  });
}
