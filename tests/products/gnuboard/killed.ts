import { equal } from 'node:assert';
import type { Context } from '../product.ts';
import { board, boardAgency, boardPart, qaAgency, qaPart, type Stage } from './stage.ts';

const each = 6;

/** The hub dies with complaints on their way, people write meanwhile, and it starts again: twice. */
export async function tryKilling(context: Context, stage: Stage): Promise<void> {
  const { hub, prove } = context;
  const [toBoard, fromBoard, toQuestions, fromQuestions]: [string[], string[], string[], string[]] = [
    [],
    [],
    [],
    [],
  ];
  for (const round of [1, 2]) {
    for (let n = 1; n <= each; n += 1) {
      toBoard.push(await file(context, boardAgency, `판으로 ${round}-${n}`));
      toQuestions.push(await file(context, qaAgency, `문의로 ${round}-${n}`));
    }
    await hub.kill();
    for (let n = 1; n <= each; n += 1) {
      fromBoard.push(await write(stage, `판에서 ${round}-${n}`));
      fromQuestions.push(await ask(stage, `문의에서 ${round}-${n}`));
    }
    await hub.start();
  }
  await prove(boardPart, 'killed', async () => {
    await hub.settle(boardAgency);
    await mustBeOnce(context, [...toBoard, ...fromBoard]);
    const rows = `select count(*) as n from g5_write_${board} where wr_is_comment = 0 and wr_content like ?`;
    for (const title of toBoard)
      equal(Number((await stage.query(rows, [`%제목: ${title}%`]))[0]?.n), 1, title);
    const [open] = await stage.query(`select count(*) as n from g5_write_${board} where wr_10 like '%~'`);
    equal(Number(open?.n), 0, 'unfinished rows');
  });
  await prove(qaPart, 'killed', async () => {
    await hub.settle(qaAgency);
    await mustBeOnce(context, [...toQuestions, ...fromQuestions]);
    const rows = 'select count(*) as n from g5_qa_content where qa_subject = ?';
    for (const title of toQuestions) equal(Number((await stage.query(rows, [title]))[0]?.n), 1, title);
  });
}

async function file({ hub }: Context, agency: string, title: string): Promise<string> {
  await hub.file(agency, { title, body: '글', name: '이순신' });
  return title;
}

async function write({ site, writer }: Stage, title: string): Promise<string> {
  await site.write(writer, board, { title, text: '글' });
  return title;
}

async function ask({ site, writer }: Stage, title: string): Promise<string> {
  await site.ask(writer, { title, text: '글' });
  return title;
}

async function mustBeOnce({ hub }: Context, titles: string[]): Promise<void> {
  for (const title of titles) {
    await hub.wait(title);
    equal((await hub.find(title)).length, 1, title);
  }
}
