import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { StartFixture } from '../../../adapters/conformance/board-fixture.ts';
import type { AdapterContext, BoardAdapter } from '../../../adapters/contract.ts';
import { openFaultyLine } from '../../../adapters/kit/faulty-line.ts';
import { readMarked } from '../../../adapters/open311/marks.ts';
import { checkBoardSettings, createAdapter } from '../../../adapters/registry.ts';
import type { Agency } from '../../../schemas/index.ts';
import {
  type Open311Board,
  type Open311BoardOptions,
  startOpen311Board,
} from '../../boards/open311-board/index.ts';
import { faultModes, toSpoiler } from './fault-modes.ts';

export const secret = 'open311-board-secret-51d0';

/** The sample agency, pointed at a board of this test, with what the test changes of its settings. */
export async function readSampleAgency(url: string, changes: object = {}): Promise<Agency> {
  const file = new URL('../../boards/open311-board/agency.yaml', import.meta.url);
  const agency = parse(await readFile(file, 'utf8')) as Agency;
  if (!agency.board) throw new Error('the sample agency has no board');
  const settings = { ...agency.board.settings, endpoint: url, ...changes };
  return { ...agency, board: { ...agency.board, pollEvery: 0.2, settings } };
}

export const startBoard = (options: Partial<Open311BoardOptions> = {}): Promise<Open311Board> =>
  startOpen311Board({ apiKey: secret, ...options });

/** An adapter for settings that must be good. */
export function connect({ board }: Agency, context: Partial<AdapterContext> = {}): BoardAdapter {
  const problems = board ? checkBoardSettings(board) : [];
  if (!board || problems.length > 0) throw new Error(JSON.stringify(problems));
  return createAdapter(board, { agency: 'busan', timeZone: 'Asia/Seoul', secret: () => secret, ...context });
}

/** XML is what the specification asks for. */
export const startOpen311Fixture: StartFixture = () => startFixture('xml');

export async function startFixture(format: 'xml' | 'json'): ReturnType<StartFixture> {
  const given = { secret };
  const board = await startBoard({ mostRows: 3 });
  const line = await openFaultyLine(Number(new URL(board.url).port));
  const requests = { by: 'updated', pageSize: 3, paging: true, overlapSeconds: 10, windowDays: 3650 };
  const from = '2025-01-01T00:00:00+09:00';
  const updates = { overlapSeconds: 10, fileField: 'media' };
  const agency = await readSampleAgency(board.url.replace(/:\d+/, `:${line.port}`), {
    format,
    from,
    requests,
    updates,
  });
  const adapter = connect(agency, { secret: () => given.secret });
  return {
    adapter,
    pageSize: 3,
    // A window is made smaller until it fits into three rows, and each has its updates.
    pageRequests: 12,
    overlapSeconds: 10,
    secret,
    line,
    unfitTitle: '긴 제목 '.repeat(1000),
    unknownCode: 'on_hold',
    board: {
      file: (description) => String(board.file({ description })),
      attach: (id, file) => board.attach(Number(id), file),
      files: (id) =>
        board.files(Number(id)).map(({ update, name, sha256 }) => ({
          of: update && /^첨부파일 \(\d+\)/.test(update.description) ? 'reply' : 'post',
          name,
          sha256,
        })),
      edit: (id, description) => board.edit(Number(id), { description }),
      swell: (id, letters) => board.edit(Number(id), { description: '가'.repeat(letters) }),
      spoil: toSpoiler(board.faults),
      setCode: (id, status) => board.edit(Number(id), { status }),
      setClock: (now) => board.setClock(() => now),
      fault: (fault) => {
        given.secret = fault === 'unauthorised' ? `${secret}-old` : secret;
        board.faults.mode = faultModes[fault];
      },
      requests: () => board.faults.requests,
      posts: () =>
        board.requests().map(({ no, description, attributes, updates }) => ({
          externalId: String(no),
          title: description.split('\r\n')[0] ?? '',
          ...(attributes.receipt_number && { receiptNumber: attributes.receipt_number }),
          answers: updates.flatMap((update) => {
            const marked = readMarked(update.description);
            return marked?.kind === 'answered' ? [marked.text] : [];
          }),
        })),
    },
    close: async () => {
      await adapter.close();
      await line.close();
      await board.close();
    },
  };
}
