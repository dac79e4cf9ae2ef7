import { ok } from 'node:assert';
import type { Context } from '../product.ts';
import { agency, part, type Stage } from './stage.ts';

/** Who reads what, looked at as guest, writer, another member and editor. */
export async function tryReaders(context: Context, { site, writer, other, officer, newest }: Stage) {
  const { hub, prove, skip } = context;
  const text = '<p>남이 보면 안 되는 본문</p>';
  const mine = await site.write(writer, { title: '회원의 비밀', text, secret: true });
  await hub.answer((await hub.wait('회원의 비밀')).receiptNumber, '답변: 회원의 비밀');
  await hub.settle(agency);
  await prove(part, 'writer_reads', async () => {
    ok((await site.view(writer, mine)).includes('답변: 회원의 비밀'));
    ok((await site.view(officer, mine)).includes('답변: 회원의 비밀'));
  });
  skip(part, 'guest_reads', 'guests cannot write posts');
  const title = '허브가 옮긴 비밀';
  await hub.file(agency, { title, body: '남이 보면 안 되는 본문', name: '이한빛' });
  await hub.settle(agency);
  const brought = await newest();
  const stranger = await site.guest();
  await prove(part, 'others_excluded', async () => {
    ok((await site.view(officer, brought)).includes('남이 보면 안 되는 본문'), 'the editor reads it');
    const places = [mine, brought].flatMap((post) => [
      `/?p=${post}`,
      `/index.php?rest_route=/wp/v2/posts/${post}`,
      `/index.php?rest_route=/wp/v2/comments&post=${post}`,
      `/?feed=rss2&p=${post}`,
    ]);
    for (const who of [stranger, other])
      for (const place of [...places, '/?feed=comments-rss2', '/?s=보면']) {
        const page = await (await who.page.request.get(place)).text();
        ok(!/남이 보면|답변: 회원|이한빛/.test(page), `${place}: ${page.slice(0, 300)}`);
      }
  });
  await prove(part, 'list_discreet', async () => {
    for (const who of [stranger, other])
      for (const page of [await site.list(who), await who.look('/')])
        ok(!/이한빛|허브가 옮긴 비밀|회원의 비밀/.test(page));
    ok((await site.list(officer)).includes(title), 'the editor sees it in the list');
  });
}
