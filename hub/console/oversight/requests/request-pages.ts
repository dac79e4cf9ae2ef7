import type { FastifyReply, FastifyRequest } from 'fastify';
import { identityWays, mandates, requestKinds, requestWays } from '../../../personal/requests/request.ts';
import {
  countRequests,
  listRequests,
  receiveRequest,
  requestLists,
} from '../../../personal/requests/requests.ts';
import { identify, noteOf, noteTold, postpone } from '../../../personal/requests/take-step.ts';
import type { Typed } from '../../../web/forms.ts';
import { toPager } from '../../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { type Problems, readRequest, readUntil, requestFields } from './request-form.ts';
import { change, getRequest, show, toShown, withRequests } from './show-request.ts';

/** 개인정보 열람 등 요구: what persons ask about their own data, step by step. */
export const requestPages: Pages = (app, deps) => {
  app.get('/subject-requests', async (request, reply) => showList(deps, request, reply));

  app.get('/subject-requests/new', async (request, reply) => {
    request.demand('handle_requests');
    return showForm(reply, { kind: request.asked().kind ?? '' });
  });

  app.post('/subject-requests/new', async (request, reply) => {
    const user = request.demand('handle_requests');
    const typed = request.typed();
    const read = readRequest(typed);
    if ('problems' in read) return showForm(reply, typed, read.problems);
    const { number } = await withRequests(deps, request, async (opened, tell) => {
      const made = await receiveRequest(opened, { ...read, by: user.login }, deps.directory.clock().calendar);
      tell('change', [made.id]);
      return made;
    });
    deps.log.info({ user: user.id, request: number }, 'a request of a person was received');
    return reply.redirect(`/subject-requests/${number}?done=request_received`, 303);
  });

  app.get('/subject-requests/:number', async (request, reply) => {
    request.demand('see_requests');
    return show(deps, request, reply, await getRequest(deps, request));
  });

  stepPages(app, deps);
};

const stepPages: Pages = (app, deps) => {
  app.post('/subject-requests/:number/identify', async (request, reply) => {
    const { identity: asked = '', note = '' } = request.typed();
    const identity = identityWays.find((one) => one === asked);
    const problems = {
      ...(!identity && { identity: 'problem.required' }),
      ...(note === '' && { identityNote: 'problem.required' }),
    };
    return change(deps, request, reply, {
      problems,
      done: 'request_identified',
      work: (opened, one, by) =>
        identity ? identify(opened, one, { identity, note, by }) : Promise.resolve(false),
    });
  });

  app.post('/subject-requests/:number/postpone', async (request, reply) => {
    const found = await getRequest(deps, request);
    const { until: asked, note = '' } = request.typed();
    const read = readUntil(found, asked);
    const problems = {
      ...('problem' in read && { until: read.problem }),
      ...(note === '' && { postponeNote: 'problem.required' }),
    };
    return change(deps, request, reply, {
      problems,
      done: 'request_postponed',
      work: (opened, one, by) =>
        // Only seeing can be put off (article 35, paragraph 3).
        'until' in read && one.kind === 'access'
          ? postpone(opened, one, { until: read.until, note, by })
          : Promise.resolve(false),
    });
  });

  app.post('/subject-requests/:number/told', async (request, reply) => {
    const { note = '' } = request.typed();
    return change(deps, request, reply, {
      problems: note === '' ? { toldNote: 'problem.required' } : {},
      done: 'request_told',
      work: (opened, one, by) => noteTold(opened, one, { at: new Date(), note, by }),
    });
  });

  for (const [path, act] of [
    ['withdraw', 'withdrawn'],
    ['note', 'noted'],
  ] as const)
    app.post(`/subject-requests/:number/${path}`, async (request, reply) => {
      const { note = '' } = request.typed();
      return change(deps, request, reply, {
        problems: note === '' ? { [`${path}Note`]: 'problem.required' } : {},
        done: `request_${act}`,
        work: (opened, one, by) => noteOf(opened, one, act, { note, by }),
      });
    });
};

async function showList(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply) {
  const user = request.demand('see_requests');
  const asked = request.asked();
  const list = requestLists.find((one) => one === asked.list) ?? 'open';
  const counts = await countRequests(deps.store);
  const page = await withRequests(deps, request, async (opened, tell) => {
    const found = await listRequests(opened, { list }, asked);
    tell(
      'list',
      found.rows.map(({ id }) => id),
    );
    return found;
  });
  return reply.page('subject-requests', {
    ...{ list, counts },
    lists: requestLists.map((name) => ({ name, to: `/subject-requests?list=${name}` })),
    rows: page.rows.map((row) => toShown(row, user)),
    pager: toPager('/subject-requests', asked, page),
  });
}

function showForm(reply: FastifyReply, values: Typed, problems: Problems = {}) {
  const empty = (what: null | '') => Object.fromEntries(requestFields.map((name) => [name, what]));
  return reply.page(
    'subject-request-form',
    {
      values: { ...empty(''), ...values },
      problems: { ...empty(null), ...problems },
      choices: { kinds: requestKinds, ways: requestWays.filter((way) => way !== 'rest'), mandates },
    },
    Object.keys(problems).length > 0 ? 422 : 200,
  );
}
