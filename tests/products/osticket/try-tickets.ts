import { equal, match, ok } from 'node:assert';
import type { Context } from '../product.ts';
import { agency, part, type Stage } from './stage.ts';

const hong = { name: '홍길동', email: 'hong@home.example' };
const titles = {
  in: '가로등이 꺼져 있습니다',
  own: '기관일 R&D 과제 문의',
  out: 'R&D <script>alert(1)</script> 신청',
};

/** What goes in and out of the desk, and who reads it. */
export async function tryTickets(context: Context, stage: Stage): Promise<void> {
  await tryIncoming(context, stage);
  await tryOutgoing(context, stage);
}

async function tryIncoming({ hub, prove, skip }: Context, { site, officer, newest }: Stage) {
  await prove(part, 'complaint_in', async () => {
    await site.file(hong, titles.in, '첫 줄입니다.\n둘째 줄 3 < 5 & "따옴표"');
    match((await hub.wait(titles.in)).body, /^첫 줄입니다\.\n둘째 줄 3 < 5 & "따옴표"$/);
  });
  const first = await newest();
  await prove(part, 'answer_out', async () => {
    await hub.answer(
      (await hub.wait(titles.in)).receiptNumber,
      '내일 고치겠습니다.\n감사합니다.',
      '이<u>담당',
    );
    await hub.settle(agency);
    match(
      await officer.look(`/scp/tickets.php?id=${first.id}`),
      /이<u>담당 posted[\s\S]*내일 고치겠습니다\.\n+감사합니다\./,
    );
  });
  await prove(part, 'guest_reads', async () => {
    const writer = await site.enter(hong.email, first.number);
    match(await writer.look(`/tickets.php?id=${first.id}`), /내일 고치겠습니다\./);
  });
  await prove(part, 'others_excluded', async () => {
    const page = await (await site.guest()).look(`/tickets.php?id=${first.id}`);
    ok(!/첫 줄입니다|내일 고치겠습니다/.test(page), page.slice(0, 300));
  });
  for (const id of ['list_discreet', 'writer_reads'] as const)
    skip(part, id, 'nobody but officers sees a list, and everybody files as a guest');
  await site.file(hong, titles.own, '글');
  const { id, number } = await newest();
  const wait = (words: string) =>
    hub.wait(titles.own, ({ events }) => JSON.stringify(events).includes(words));
  await hub.wait(titles.own);
  await prove(part, 'notes_stay', async () => {
    await site.reply(officer, id, '안에서만 보는 메모', true);
    await hub.look(agency);
    ok(!JSON.stringify(await hub.find(titles.own)).includes('안에서만'));
    match(await officer.look(`/scp/tickets.php?id=${id}`), /안에서만 보는 메모/);
  });
  await prove(part, 'answer_in', async () => {
    await site.reply(officer, id, '담당자의 답변');
    ok((await wait('담당자의 답변')).events.some(({ type }) => type === 'answered'));
  });
  await prove(part, 'follow_up', async () => {
    await site.ask(await site.enter(hong.email, number), id, '언제까지인가요?');
    ok((await wait('언제까지인가요?')).events.some(({ type }) => type === 'followed_up'));
    equal((await hub.find(titles.own)).length, 1);
  });
  skip(part, 'passer_by', 'nobody else can write in a ticket but whom an officer invites');
}

async function tryOutgoing({ hub, prove }: Context, { site, officer, query, newest }: Stage) {
  const body = '첫 줄 <i> {x}\n둘째 줄 & 끝';
  const receiptNumber = await hub.file(agency, { title: titles.out, body, name: '이<u>한빛' });
  await hub.settle(agency);
  const { id } = await newest();
  const view = () => officer.look(`/scp/tickets.php?id=${id}`);
  await prove(part, 'complaint_out', async () => {
    const page = await view();
    for (const words of [titles.out, '이<u>한빛', '첫 줄 <i> {x}']) ok(page.includes(words), words);
    ok((await officer.look('/scp/tickets.php')).includes(receiptNumber), 'it stands in the list');
  });
  await prove(part, 'line_ends', async () => match(await view(), /첫 줄 <i> \{x\}\n+둘째 줄 & 끝/));
  await prove(part, 'counters', async () => {
    await site.reply(officer, id, '바로 처리하겠습니다');
    await hub.wait(titles.out, ({ events }) => events.some(({ type }) => type === 'answered'));
    await hub.followUp(receiptNumber, '언제 끝나나요?');
    await hub.settle(agency);
    match(await view(), /민원인 posted[\s\S]*언제 끝나나요\?/);
    const [state] = await query('select isanswered, status_id from ost_ticket where ticket_id = ?', [id]);
    equal(Number(state?.isanswered), 0);
    equal(Number(state?.status_id), 1);
  });
  await prove(part, 'killed', async () => {
    const all = ['하나', '둘', '셋'].map((n) => `죽어도 하나 ${n}`);
    for (const title of all) await hub.file(agency, { title, body: '글', name: '이한빛' });
    await hub.kill();
    await hub.start();
    await hub.settle(agency);
    for (const title of all) {
      const held = await query('select 1 from ost_form_entry_values where value = ?', [title]);
      equal(held.length, 1, title);
    }
  });
  await prove(part, 'nothing_doubled', async () => {
    for (const title of Object.values(titles)) equal((await hub.find(title)).length, 1, title);
  });
}
