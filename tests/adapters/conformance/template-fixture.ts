import type { BoardFixture } from '../../../adapters/conformance/board-fixture.ts';
import { openFaultyLine } from '../../../adapters/kit/faulty-line.ts';
import { templateAdapter } from '../../../adapters/template/index.ts';
import { startTemplateBoard } from '../../boards/template-board/index.ts';
import { toSpoiler } from './fault-modes.ts';

/** The sample board behind a line that can be bent, and an adapter that is connected to it. */
export async function startTemplateFixture(): Promise<BoardFixture> {
  const secret = 'template-board-secret-9d41';
  const given = { secret };
  const board = await startTemplateBoard(secret);
  const line = await openFaultyLine(board.port);
  const settings = {
    endpoint: `http://127.0.0.1:${line.port}/`,
    auth: { kind: 'apiKey', header: 'x-api-key', secret: 'env:TEMPLATE_KEY' },
    codes: { status: { NEW: 'received', WORK: 'in_progress', DONE: 'answered' } },
    pageSize: 3,
    overlapSeconds: 10,
  };
  const problems = templateAdapter.checkSettings(settings);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const context = {
    agency: 'sample',
    timeZone: 'Asia/Seoul',
    secret: () => given.secret,
    networks: ['127.0.0.0/8'],
  };
  const adapter = templateAdapter.create(settings, context);
  const { storage } = board;
  return {
    adapter,
    line,
    secret,
    pageSize: 3,
    overlapSeconds: 10,
    unknownCode: 'HOLD',
    // Fingerprints are read as pull reads, which looks at some pages twice.
    pageRequests: 2,
    board: {
      file: (title) => String(storage.add({ title }).no),
      edit: (id, title) => void storage.change(Number(id), { title }),
      spoil: toSpoiler(board),
      setCode: (id, status) => void storage.change(Number(id), { status }),
      swell: (id, letters) => void storage.change(Number(id), { body: '가'.repeat(letters) }),
      setClock: board.setClock,
      fault: (fault) => {
        given.secret = fault === 'unauthorised' ? `${secret}-old` : secret;
        board.fault = fault;
      },
      requests: () => board.requests,
      posts: () =>
        storage.list().map(({ no, title, hubNo, answers }) => ({
          externalId: String(no),
          title,
          ...(hubNo && { receiptNumber: hubNo }),
          answers: answers.map(({ text }) => text),
        })),
    },
    close: async () => {
      await adapter.close();
      await line.close();
      await board.close();
    },
  };
}
