import { deepStrictEqual as equal, match, ok } from 'node:assert';
import { waitFor } from '../support/wait-for.ts';
import type { Person } from './person.ts';
import type { Context, HeldComplaint } from './product.ts';

/** A product in which complaints are issues: officers answer by notes, and set a state when they are done. */
export interface Desk {
  part: string;
  /** The agency's code. */
  agency: string;
  officer: Person;
  writer: Person;
  /** Somebody who may write a note to any issue, and has nothing to do with it. */
  other: Person;
  /** Returns the number of the issue. */
  file(who: Person, issue: { title: string; text: string; file?: NewFile }): Promise<string>;
  note(who: Person, issue: string, note: Note): Promise<void>;
  /** The number of the issue with this title, if there is one. */
  find(title: string): Promise<string | undefined>;
  /** What this person's page of the issue shows. */
  view(who: Person, issue: string): Promise<string>;
  /** How often each title stands in the product's own tables. */
  count(): Promise<Map<string, number>>;
  /** What the page of an issue that is done shows. */
  doneWords: RegExp;
}

export interface NewFile {
  name: string;
  content: string;
}

export interface Note {
  text: string;
  isDone?: boolean;
  isPrivate?: boolean;
  file?: NewFile;
}

export const deskPromises = [
  { id: 'private_note', title: 'an officer’s private note stays in the product' },
  { id: 'interim_in', title: 'an officer’s note before the issue is done tells of progress' },
  { id: 'files_in', title: 'files of a post and of an answer reach the hub, each in its place' },
];

const text = '첫 줄입니다.\n\n둘째 줄 <b>&amp;</b> "따옴표" 🙏';
const abroad = '공원 의자가 부서졌습니다';
const own = '기관일 산책로 등이 꺼졌습니다';

const textsOf = ({ events }: HeldComplaint, type: string) =>
  events
    .filter((event) => event.type === type)
    .map(({ data }) => ((data.answer ?? data.followUp) as { text: string }).text);

/** The promises of a desk, in an order in which each needs only what came before. */
export async function tryDesk(context: Context, desk: Desk): Promise<void> {
  await tryPartner(context, desk);
  await tryOwn(context, desk);
  await tryKill(context, desk);
  const setting = 'who sees an issue is a setting of the product';
  for (const promise of ['others_excluded', 'list_discreet', 'guest_reads'] as const)
    context.skip(desk.part, promise, setting);
  context.skip(desk.part, 'counters', 'the product keeps no counters beside its issues');
}

/** Complaints that travel between the desk and the partner. */
async function tryPartner({ hub, prove }: Context, desk: Desk): Promise<void> {
  const { part, agency, officer, writer } = desk;
  await prove(part, 'complaint_in', async () => {
    await desk.file(writer, { title: abroad, text, file: { name: '사진.txt', content: '사진 내용' } });
    equal((await hub.wait(abroad)).body, text);
  });
  for (const promise of ['answer_out', 'writer_reads'] as const)
    await prove(part, promise, async () => {
      const { receiptNumber, events } = await hub.wait(abroad);
      if (!events.some(({ type }) => type === 'answered'))
        await hub.answer(receiptNumber, '내일 고치겠습니다.\n감사합니다.');
      await hub.settle(agency);
      const page = await lookFor(desk, promise === 'answer_out' ? officer : writer, {
        title: abroad,
        said: '내일 고치겠습니다.',
      });
      match(page, /이담당/);
      match(page, desk.doneWords);
    });
  await prove(part, 'complaint_out', async () => {
    await hub.file(agency, { title: '잔디가 말랐습니다', body: text, name: '최민원' });
    await hub.settle(agency);
    const page = await lookFor(desk, officer, { title: '잔디가 말랐습니다', said: '첫 줄입니다.' });
    // Some products read texts as markup, in which &amp; is &.
    match(page, /둘째 줄 <b>&(amp;)?<\/b> "따옴표" 🙏/);
  });
  await prove(part, 'answer_in', async () => {
    const issue = (await desk.find('잔디가 말랐습니다')) ?? '';
    await desk.note(officer, issue, { text: '물을 주었습니다 🙏\n둘째 줄', isDone: true });
    const held = await hub.wait('잔디가 말랐습니다', ({ status }) => status === 'answered');
    equal(textsOf(held, 'answered'), ['물을 주었습니다 🙏\n둘째 줄']);
  });
}

/** Who may answer, and what stays in the product: an issue that its own agency answers. */
async function tryOwn({ hub, prove }: Context, desk: Desk): Promise<void> {
  const { part, agency, officer, writer, other } = desk;
  const issue = await desk.file(writer, { title: own, text });
  await hub.wait(own);
  await prove(part, 'passer_by', async () => {
    await desk.note(other, issue, { text: '저도 같은 불편을 겪고 있어요' });
    const { events, status } = await hub.wait(own, ({ notes }) => notes.includes('comments_of_others'));
    ok(!events.some(({ type }) => /answered|followed_up/.test(type)), JSON.stringify(events));
    ok(!['answered', 'closed'].includes(status), status);
  });
  await prove(part, 'interim_in', async () => {
    await desk.note(officer, issue, { text: '확인 중입니다' });
    const held = await hub.wait(own, (one) => textsOf(one, 'interim_answered').length > 0);
    equal([textsOf(held, 'interim_answered'), textsOf(held, 'answered')], [['확인 중입니다'], []]);
  });
  await prove(part, 'follow_up', async () => {
    await desk.note(writer, issue, { text: '언제 고쳐지나요?' });
    const held = await hub.wait(own, (one) => textsOf(one, 'followed_up').length > 0);
    equal(textsOf(held, 'followed_up'), ['언제 고쳐지나요?']);
  });
  await prove(part, 'private_note', async () => {
    await desk.note(officer, issue, { text: '내부 검토: 예산 없음', isPrivate: true });
    match(await desk.view(officer, issue), /예산 없음/);
    await hub.look(agency);
    ok(!JSON.stringify(await hub.find(own)).includes('예산'), 'the private note is at the hub');
  });
  await prove(part, 'files_in', async () => {
    const file = { name: '점검표.txt', content: '점검 내용' };
    await desk.note(officer, issue, { text: '고쳤습니다', isDone: true, file });
    const held = await hub.wait(own, (one) => textsOf(one, 'answered').length > 0);
    const answer = held.events.find(({ type }) => type === 'answered')?.data.answer;
    const { attachments = [] } = answer as { attachments?: { name: string }[] };
    equal(
      attachments.map(({ name }) => name),
      ['점검표.txt'],
    );
    match(JSON.stringify((await hub.wait(abroad)).events[0]?.data), /사진\.txt/);
  });
  await prove(part, 'line_ends', async () => equal((await hub.wait(own)).body, text));
}

async function tryKill({ hub, prove }: Context, desk: Desk): Promise<void> {
  const { part, agency, writer } = desk;
  const titles = [1, 2, 3, 4].map((n) => `중단 시험 ${n}`);
  await prove(part, 'killed', async () => {
    const [here, there] = [titles.slice(0, 2), titles.slice(2)];
    for (const title of here) await desk.file(writer, { title, text });
    for (const title of there) await hub.file(agency, { title, body: text, name: '최민원' });
    await hub.kill();
    await hub.start();
    for (const title of here) await hub.wait(title);
    await hub.settle(agency);
  });
  await prove(part, 'nothing_doubled', async () => {
    await hub.look(agency);
    const counted = await desk.count();
    ok(titles.every((title) => counted.has(title)));
    for (const [title, n] of counted) {
      equal([title, n], [title, 1]);
      equal((await hub.find(title)).length, 1, title);
    }
  });
}

async function lookFor(
  desk: Desk,
  who: Person,
  { title, said }: { title: string; said: string },
): Promise<string> {
  const issue = await waitFor(`an issue ${title}`, () => desk.find(title));
  return waitFor(`"${said}" in the page`, async () => {
    const page = await desk.view(who, issue);
    return page.includes(said) && page;
  });
}
