import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { type Agency, AgencyCode, wordReason } from '../../../../../schemas/index.ts';
import { fromGiven, reasonOf } from '../../../../../schemas/reason.ts';
import {
  type BoardHealth,
  listBoardHealth,
  unknownHealth,
} from '../../../../complaints/reading/read-operations.ts';
import { sumUp } from '../../../../complaints/reading/sum-up-board.ts';
import { checkBoard } from '../../../../exchange/boards/try-board.ts';
import { Refusal } from '../../../../http/problem.ts';
import type { AdminDoorDependencies } from '../admin-dependencies.ts';
import { examples } from '../admin-examples.ts';
import { BoardCheck, BoardList } from '../admin-schemas.ts';
import { linkNext } from '../answer-change.ts';
import { describeAdmin } from '../describe-admin.ts';

const pageSize = 100;

/** Routes that tell how the boards of the agencies are doing. */
export function boardRoutes(app: FastifyInstance, { store, directory, boards }: AdminDoorDependencies): void {
  const listed = describeAdmin({
    operation: 'listBoards',
    tag: 'boards',
    summary: 'How the boards are doing',
    description: `By the code of the agency, ${pageSize} on a page.`,
    query: Type.Object({
      after: Type.Optional(
        Type.String({ maxLength: 100, description: 'The code of the last one that you have' }),
      ),
    }),
    replies: {
      200: {
        description: 'A page',
        headers: ['Link'],
        media: { 'application/json': { schema: BoardList, example: examples.boards } },
      },
    },
  });
  app.get<{ Querystring: { after?: string } }>('/boards', listed, async (request, reply) => {
    const { after = '' } = request.query;
    const agencies = [...directory.listAgencies()].sort((a, b) => (a.code < b.code ? -1 : 1));
    const found = agencies.filter(({ code }) => code > after);
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    if (found.length > pageSize && last) linkNext(request, reply, { after: last.code });
    const health = await listBoardHealth(store);
    return { boards: page.map((agency) => toBoard(agency, health.get(agency.code))) };
  });

  const checked = describeAdmin({
    operation: 'checkBoard',
    tag: 'boards',
    summary: 'Look now whether a board can be reached, lets the hub in and has the expected shape',
    description: 'As `hub adapter check`; nothing is written there. It may take a minute.',
    params: Type.Object({ code: Type.String({ ...AgencyCode, description: 'The code of the agency' }) }),
    replies: {
      200: {
        description: 'What was found; a board that is away is `ok: false`',
        media: { 'application/json': { schema: BoardCheck, example: examples.check } },
      },
    },
    problems: [404],
  });
  app.post<{ Params: { code: string } }>('/boards/:code/check', checked, async ({ params: { code } }) => {
    try {
      const board = boards.find(code);
      if (!board) throw new Refusal('not-found', `there is no agency ${code} with a board`);
      const { ok, lines } = await checkBoard(board);
      const word = (given: Parameters<typeof fromGiven>[0]) => wordReason(fromGiven(given), 'en');
      return {
        ok,
        lines: lines.map((line) => ({ ok: line.ok, what: word(line.what), detail: word(line.detail) })),
      };
    } catch (error) {
      if (error instanceof Refusal) throw error;
      return { ok: false, lines: [{ ok: false, what: 'check', detail: wordReason(reasonOf(error), 'en') }] };
    }
  });
}

function toBoard(agency: Agency, health: Omit<BoardHealth, 'agency'> = unknownHealth) {
  const { state, pausedUntil } = sumUp(agency, health);
  const { deliveredAt, polledAt, failures, behind, parkedLinks, parkedItems, lastError } = health;
  return {
    agency: agency.code,
    state,
    pausedUntil,
    deliveredAt,
    polledAt,
    failures,
    behind,
    parked: parkedLinks + parkedItems,
    ...(lastError && { lastError: wordReason(lastError, 'en') }),
  };
}
