import type { FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../../access/people/users.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';
import { stageOf, trialDesk } from '../../configuration/stages/stage-of.ts';
import type { Doer } from '../../exchange/rehearsal/note-test.ts';
import { findTest, listLeftPosts, listTests, type TestFile } from '../../exchange/rehearsal/read-tests.ts';
import { newFormKey } from '../../exchange/rehearsal/rehearsals.ts';
import { toMarkText } from '../../exchange/rehearsal/test-register.ts';
import { type FormProblems, noProblems, toFormProblems, toShown } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { getAgencyWithBoard } from './get-agency.ts';
import { rehearsalTexts } from './rehearsal-texts.ts';

const directions = ['to_board', 'from_board'] as const;
const blank: Typed = {
  direction: 'to_board',
  address: '',
  title: '',
  body: '',
  category: '',
  region: '',
  withFile: '',
};
const places: Record<string, string> = {
  '/content/title': 'title',
  '/content/body': 'body',
  '/content/category': 'category',
  '/content/region': 'region',
  '/content/complainant/email': 'address',
};

/** Test complaints of an agency: made, answered, looked at, and removed as a whole. */
export const trialPages: Pages = (app, deps) => {
  const { rehearsals, log } = deps;

  app.get('/agencies/:code/trial', async (request, reply) => {
    request.demand('see_operations');
    return showTests(deps, request, reply);
  });

  app.post('/agencies/:code/trial', async (request, reply) => {
    const user = request.demand('repair');
    const agency = getAgencyWithBoard(deps, request);
    if (stageOf(agency) !== 'trial')
      return reply.redirect(`/agencies/${agency.code}/trial?done=not_in_trial`, 303);
    const typed = request.typed();
    const { title = '', body = '', category = '', region = '', address = '', withFile } = typed;
    const direction = directions.find((one) => one === typed.direction) ?? 'to_board';
    const about = { title, body, category, region, address, withFile: withFile === 'yes' };
    const wanted = { agency: agency.code, direction, ...about, language: user.language };
    const made = await rehearsals.makeTest(wanted, toDoer(user));
    if (!made.ok)
      return showTests(deps, request, reply, {
        typed,
        problems: toFormProblems(made.problems, places, typed),
      });
    log.info({ user: user.id, agency: agency.code, test: made.test.id }, 'test complaint made');
    return reply.redirect(`/agencies/${agency.code}/trial?done=test_made#tests`, 303);
  });

  app.post('/agencies/:code/trial/remove', async (request, reply) => {
    const user = request.demand('repair');
    const agency = getAgencyWithBoard(deps, request);
    const removed = await rehearsals.removeTests(agency, toDoer(user));
    log.info({ user: user.id, agency: agency.code, removed }, 'test complaints removed');
    return reply.redirect(`/agencies/${agency.code}/trial?done=tests_removed`, 303);
  });

  app.post('/agencies/:code/trial/left/:id/clear', async (request, reply) => {
    const user = request.demand('repair');
    const { code } = getAgencyWithBoard(deps, request);
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    await rehearsals.clearLeft(code, id, toDoer(user));
    return reply.redirect(`/agencies/${code}/trial?done=left_cleared#left`, 303);
  });

  app.get('/agencies/:code/trial/:receiptNumber', async (request, reply) => {
    request.demand('see_operations');
    return showTest(deps, request, reply);
  });

  app.post('/agencies/:code/trial/:receiptNumber/answer', async (request, reply) => {
    const user = request.demand('repair');
    const { code } = getAgencyWithBoard(deps, request);
    const test = await getTest(deps, request);
    const { text = '', key = '', withFile } = request.typed();
    if (!text) return showTest(deps, request, reply, 'problem.required');
    const said = { text, key: key || newFormKey(), name: user.name, withFile: withFile === 'yes' };
    await rehearsals.answerTest(test, said, toDoer(user));
    return reply.redirect(`/agencies/${code}/trial/${test.receiptNumber}?done=test_answered`, 303);
  });
};

const toDoer = ({ login }: User): Doer => ({ actor: login, way: 'console' });

async function showTests(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  returned?: { typed: Typed; problems: FormProblems },
): Promise<FastifyReply> {
  const agency = getAgencyWithBoard(deps, request);
  const [tests, left] = await Promise.all([
    listTests(deps.store, agency.code),
    listLeftPosts(deps.store, agency.code),
  ]);
  const data = {
    agency,
    stage: stageOf(agency),
    tests: tests.map((test) => ({ ...test, markText: toMarkText(test.mark) })),
    left: left.map((post) => ({ ...post, markText: toMarkText(post.mark) })),
    directions,
    values: { ...blank, ...toSample(), ...returned?.typed },
    problems: toShown(Object.keys(blank), returned?.problems ?? noProblems),
  };
  return reply.page('trial', data, returned ? 422 : 200);
}

/** The engineer of the agency reads it on the board, so it is in Korean whatever the administrator reads. */
const toSample = () => ({
  title: rehearsalTexts['trial.sample_title']?.[0] ?? '',
  body: rehearsalTexts['trial.sample_body']?.[0] ?? '',
});

async function getTest(deps: ConsoleDeps, request: FastifyRequest): Promise<TestFile> {
  const { code } = getAgencyWithBoard(deps, request);
  const number = parseReceiptNumber((request.params as { receiptNumber: string }).receiptNumber);
  const test = number && (await findTest(deps.store, code, number));
  if (!test) throw new PageError('not_found');
  return test;
}

async function showTest(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string | null = null,
) {
  const agency = getAgencyWithBoard(deps, request);
  const test = await getTest(deps, request);
  const isAnswerable =
    test.direction === 'from_board' && test.links.some(({ agency: at }) => at === trialDesk);
  const data = {
    agency,
    test: toShownTest(test),
    stage: stageOf(agency),
    isAnswerable,
    key: newFormKey(),
    problem,
  };
  return reply.page('test-complaint', data, problem ? 422 : 200);
}

/** Times come as text out of JSON. What an event says is its answer or its follow-up. */
const toShownTest = (test: TestFile) => ({
  ...test,
  events: test.events.map(({ at, data, ...event }) => {
    const said = (data.answer ?? data.followUp) as { text?: string } | undefined;
    return { ...event, at: new Date(at), text: said?.text ?? null };
  }),
  notices: test.notices.map(({ sentAt, ...notice }) => ({ ...notice, sentAt: sentAt && new Date(sentAt) })),
  attempts: test.attempts.map(({ startedAt, ...attempt }) => ({
    ...attempt,
    startedAt: new Date(startedAt),
  })),
});
