import { ok } from 'node:assert';
import type { Person } from '../person.ts';
import type { Context } from '../product.ts';
import { agency, part, type Stage } from './stage.ts';

const password = 'guest-1';
const secret = { text: '<p>남이 보면 안 되는 본문</p>', secret: true };

/** Who reads what, looked at as guest, writer, another member and administrator. */
export async function tryReaders(context: Context, { site, writer, other, officer, newest }: Stage) {
  const { hub, prove } = context;
  const ask = async (who: Person, title: string, by?: { name: string; password: string }) => {
    await site.write(who, { title, ...secret, ...(by && { by }) });
    const post = await newest();
    await hub.answer((await hub.wait(title)).receiptNumber, `답변: ${title}`);
    await hub.settle(agency);
    return post;
  };
  const mine = await ask(writer, '회원의 비밀');
  const guests = await ask(await site.guest(), '손님의 비밀', { name: '손님', password });
  await prove(part, 'writer_reads', async () => {
    ok((await site.view(writer, mine)).includes('답변: 회원의 비밀'));
    ok((await site.view(officer, mine)).includes('답변: 회원의 비밀'));
  });
  await prove(part, 'guest_reads', async () => {
    ok((await site.view(await site.guest(), guests, password)).includes('답변: 손님의 비밀'));
  });
  const title = '허브가 옮긴 비밀';
  const receiptNumber = await hub.file(agency, { title, body: '남이 보면 안 되는 본문', name: '이한빛' });
  await hub.settle(agency);
  const brought = await newest();
  const stranger = await site.guest();
  await prove(part, 'others_excluded', async () => {
    ok((await site.view(officer, brought)).includes('남이 보면 안 되는 본문'), 'the administrator reads it');
    for (const who of [stranger, other])
      for (const post of [mine, guests, brought]) {
        const page = await site.view(who, post);
        ok(!/남이 보면|답변:/.test(page), page.slice(0, 300));
      }
    for (const empty of ['', ' ', '0'])
      ok(!/남이 보면/.test(await site.view(stranger, brought, empty)), 'an empty password opened it');
  });
  await prove(part, 'list_discreet', async () => {
    for (const who of [stranger, other]) ok(!/이한빛|허브가 옮긴 비밀/.test(await site.list(who)));
    ok((await site.list(stranger)).includes(receiptNumber), 'the list is open');
    ok((await site.view(officer, brought)).includes(title), 'the administrator reads the title');
  });
}
