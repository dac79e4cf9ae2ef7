import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { type Agency, AgencyCode, type Problem, wordReason } from '../../../../../schemas/index.ts';
import { stageOf } from '../../../../configuration/stages/stage-of.ts';
import { listLeftPosts, listTests, type TestRow } from '../../../../exchange/rehearsal/read-tests.ts';
import type { TestEntry } from '../../../../exchange/rehearsal/test-register.ts';
import { Refusal } from '../../../../http/problem.ts';
import type { AdminDoorDependencies } from '../admin-dependencies.ts';
import { examples } from '../admin-examples.ts';
import { AdminProblem } from '../admin-problem.ts';
import { describeAdmin } from '../describe-admin.ts';
import { toDoer } from '../let-admin-in.ts';
import { Test, TestList, TestOrder, TestsRemoved } from './test-schemas.ts';

const params = Type.Object({
  code: Type.String({ ...AgencyCode, description: 'The code of the agency' }),
});
type OfBoard = { Params: { code: string } };
const path = '/boards/:code/tests';

/** Test complaints of an agency on trial: made, listed and removed as a whole, as on its page. */
export function testRoutes(app: FastifyInstance, dependencies: AdminDoorDependencies): void {
  makeRoute(app, dependencies);
  listRoute(app, dependencies);
  removeRoute(app, dependencies);
}

function makeRoute(app: FastifyInstance, { store, directory, rehearsals }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'makeTest',
    tag: 'boards',
    summary: 'Make a test complaint, which goes the full way to the board',
    description:
      'Only while the agency is in the stage `trial` (409). It appears in no list, count, deadline or alert.',
    params,
    body: { 'application/json': { schema: TestOrder, example: examples.testOrder } },
    replies: {
      201: {
        description: 'It is made, and on its way',
        media: { 'application/json': { schema: Test, example: examples.test } },
      },
    },
    problems: [404, 409],
  });
  app.post<OfBoard & { Body: Static<typeof TestOrder> }>(path, options, async (request, reply) => {
    const agency = mustHaveBoard(directory, request.params.code);
    if (stageOf(agency) !== 'trial')
      throw new AdminProblem('conflict', `${agency.code} is in the stage ${stageOf(agency)}, not in trial`);
    const { direction = 'to_board', ...about } = request.body;
    const wanted = { ...about, agency: agency.code, direction, language: 'ko' as const };
    const made = await rehearsals.makeTest(wanted, toDoer(request.admin));
    if (!made.ok) throw new Refusal('invalid', undefined, made.problems.map(toOwnPlace));
    return reply.status(201).send(await findMade(store, made.test));
  });
}

function listRoute(app: FastifyInstance, { store, directory }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'listTests',
    tag: 'boards',
    summary: 'The test complaints of an agency, newest first, and what removed ones left on its board',
    params,
    replies: {
      200: {
        description: 'All of them',
        media: { 'application/json': { schema: TestList, example: examples.tests } },
      },
    },
    problems: [404],
  });
  app.get<OfBoard>(path, options, async ({ params: { code } }) => {
    mustHaveBoard(directory, code);
    const [tests, left] = await Promise.all([listTests(store, code), listLeft(store, code)]);
    return { tests: tests.map(toTest), left };
  });
}

function removeRoute(app: FastifyInstance, { store, directory, rehearsals }: AdminDoorDependencies): void {
  const options = describeAdmin({
    operation: 'removeTests',
    tag: 'boards',
    summary: 'Remove all test complaints of an agency from the hub, with their files',
    description: 'What they proved is kept. The hub cannot take posts off a board: they are named.',
    params,
    replies: {
      200: {
        description: 'How many were removed; again, none',
        media: { 'application/json': { schema: TestsRemoved, example: examples.testsRemoved } },
      },
    },
    problems: [404],
  });
  app.delete<OfBoard>(path, options, async ({ params: { code }, admin }) => {
    const removed = await rehearsals.removeTests(mustHaveBoard(directory, code), toDoer(admin));
    return { removed, left: await listLeft(store, code) };
  });
}

function mustHaveBoard({ findAgency }: AdminDoorDependencies['directory'], code: string): Agency {
  const agency = findAgency(code);
  if (!agency?.board) throw new Refusal('not-found', `there is no agency ${code} with a board`);
  return agency;
}

async function findMade(store: AdminDoorDependencies['store'], { id, agency }: TestEntry) {
  const made = (await listTests(store, agency)).find((one) => one.id === id);
  if (!made) throw new AdminProblem('conflict', 'the test was removed meanwhile');
  return toTest(made);
}

const listLeft = async (store: AdminDoorDependencies['store'], code: string) =>
  (await listLeftPosts(store, code)).map(({ mark, receiptNumber, post }) => ({ mark, receiptNumber, post }));

/** Without the address: a program has no use for it. */
const toTest = ({ link, ...test }: TestRow) => ({
  mark: test.mark,
  direction: test.direction,
  receiptNumber: test.receiptNumber,
  status: test.status,
  madeBy: test.madeBy,
  madeAt: test.madeAt,
  board: link && {
    post: link.externalId,
    state: link.state,
    held: link.held,
    due: link.due,
    ...(link.lastError && { lastError: wordReason(link.lastError, 'en') }),
  },
  heard: test.heard,
  files: test.files.map(({ name, state }) => ({ name, state })),
});

/** The caller gave the parts of the content, and not the content. */
function toOwnPlace({ pointer, ...problem }: Problem): Problem {
  const own = pointer === '/content/complainant/email' ? '/address' : pointer.replace(/^\/content/, '');
  return { pointer: own, ...problem };
}
