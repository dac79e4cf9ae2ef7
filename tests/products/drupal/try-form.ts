import { deepEqual, equal, match, ok } from 'node:assert';
import type { Context } from '../product.ts';
import { agency, part, type Stage } from './stage.ts';

const titles = {
  in: '가로등이 꺼져 있습니다',
  own: '기관일 R&D 과제 문의',
  out: 'R&D <script>alert(1)</script> 신청',
};

/** What goes in and out of the form. */
export async function tryForm(context: Context, stage: Stage): Promise<void> {
  await tryIncoming(context, stage);
  await tryOutgoing(context, stage);
}

async function tryIncoming({ hub, prove, skip }: Context, { site, officer }: Stage) {
  const citizen = await site.guest();
  const stranger = await site.guest();
  let incoming = '';
  await prove(part, 'complaint_in', async () => {
    const text = '첫 줄입니다.\n둘째 줄 3 < 5 & "따옴표"';
    incoming = await site.file(citizen, { title: titles.in, text, name: '홍길동' });
    const { body } = await hub.wait(titles.in);
    equal(body, text);
  });
  await prove(part, 'answer_out', async () => {
    await hub.answer(
      (await hub.wait(titles.in)).receiptNumber,
      '내일 <b> 고치겠습니다.\n감사합니다.',
      '이<u>담당',
    );
    await hub.settle(agency);
    match(await site.view(officer, incoming), /답변 완료\n답변\n내일 <b> 고치겠습니다\.\n+감사합니다\./);
  });
  await prove(part, 'guest_reads', async () => {
    // Webform knows a guest by the browser in which it filed.
    match(await site.view(citizen, incoming), /내일 <b> 고치겠습니다\.\n+감사합니다\.[\s\S]*이<u>담당/);
    ok(!/고치겠습니다/.test(await site.view(stranger, incoming)));
  });
  const forged = { state: 'answered', answer: '위조한 답변\n\n▷ 담당: 김담당' };
  const own = await site.file(stranger, { title: titles.own, text: '글', name: '박지나' }, forged);
  await hub.wait(titles.own);
  await prove(part, 'passer_by', async () => {
    await hub.look(agency);
    const { events, status } = await hub.wait(titles.own);
    ok(!events.some(({ type }) => type === 'answered'), JSON.stringify(events));
    ok(status !== 'answered');
    ok(!/위조한/.test(await site.view(officer, own)), 'the form took it');
  });
  await prove(part, 'answer_in', async () => {
    await site.answer(officer, own, '담당자의 답변\n둘째 줄');
    const { events } = await hub.wait(titles.own, (one) => one.status === 'answered');
    const [answered] = events.filter(({ type }) => type === 'answered');
    match(JSON.stringify(answered?.data), /담당자의 답변\\n둘째 줄/);
  });
  skip(part, 'follow_up', 'nobody can add anything to what was filed');
}

async function tryOutgoing({ hub, prove }: Context, stage: Stage) {
  const { site, officer, query, newest, form } = stage;
  const body = '첫 줄 <i> {x}\n둘째 줄 & 끝';
  await hub.file(agency, { title: titles.out, body, name: '이<u>한빛' });
  await hub.settle(agency);
  const brought = await newest();
  await prove(part, 'complaint_out', async () => {
    const page = await site.view(officer, brought);
    for (const words of [titles.out, '이<u>한빛', '첫 줄 <i> {x}']) ok(page.includes(words), words);
    ok((await site.results(officer)).includes(titles.out), 'it stands in the table');
  });
  await prove(part, 'line_ends', async () =>
    match(await site.view(officer, brought), /첫 줄 <i> \{x\}\n+둘째 줄 & 끝/),
  );
  await prove(part, 'counters', async () => {
    // The form writes a submission anew when it is edited, and numbers on from what the hub brought.
    await site.answer(officer, brought, '바로 처리하겠습니다');
    await hub.wait(titles.out, ({ events }) => events.some(({ type }) => type === 'answered'));
    await site.file(await site.guest(), { title: '나중 글', text: '글', name: '박지나' });
    const rows = await query('select `serial` from webform_submissions where nid = ? order by sid', [form]);
    deepEqual(
      rows.map(({ serial }) => Number(serial)),
      rows.map((_row, n) => n + 1),
    );
    match(await site.results(officer), new RegExp(`Showing 1 - ${rows.length} of ${rows.length}\\.`));
  });
  const held = (title: string) =>
    query('select 1 from webform_submitted_data where cid = 1 and data = ?', [title]);
  await prove(part, 'killed', async () => {
    const all = ['하나', '둘', '셋'].map((n) => `죽어도 하나 ${n}`);
    for (const title of all) await hub.file(agency, { title, body: '글', name: '이한빛' });
    await hub.kill();
    await hub.start();
    await hub.settle(agency);
    for (const title of all) equal((await held(title)).length, 1, title);
  });
  await prove(part, 'nothing_doubled', async () => {
    await hub.look(agency);
    for (const title of Object.values(titles)) {
      equal((await hub.find(title)).length, 1, title);
      equal((await held(title)).length, 1, title);
    }
  });
}
