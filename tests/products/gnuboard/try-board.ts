import { match, ok } from 'node:assert';
import { waitFor } from '../../support/wait-for.ts';
import type { Context } from '../product.ts';
import { board, boardAgency, type Stage } from './stage.ts';

const part = 'gnuboard5-board';
const viewOf = (post: string) => `/bbs/board.php?bo_table=${board}&wr_id=${post}`;

/** The promises of a board, in an order in which each needs only what came before. */
export async function tryBoard({ hub, prove }: Context, { site, writer }: Stage): Promise<void> {
  let post = '';
  await prove(part, 'complaint_in', async () => {
    post = await site.write(writer, board, {
      title: '가로등이 꺼져 있습니다',
      text: '첫 줄입니다.\n\n둘째 줄 <b>&amp;</b> "따옴표"',
      secret: true,
    });
    const { body } = await hub.wait('가로등이 꺼져 있습니다');
    ok(body === '첫 줄입니다.\n\n둘째 줄 <b>&amp;</b> "따옴표"', body);
  });
  await prove(part, 'writer_reads', async () => {
    const { receiptNumber } = await hub.wait('가로등이 꺼져 있습니다');
    await hub.answer(receiptNumber, '내일 고치겠습니다.\n감사합니다.');
    await hub.settle(boardAgency);
    const page = await waitFor('the answer in the page', async () => {
      const text = await writer.look(viewOf(post));
      return text.includes('내일 고치겠습니다.') && text;
    });
    match(page, /이담당/);
  });
}
