import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, readingPlaces, type Stage, said, stages } from '../../../schemas/index.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { switchStage } from '../../configuration/stages/switch-stage.ts';
import { countWaiting } from '../../exchange/rehearsal/read-rehearsed.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { getAgencyWithBoard } from './get-agency.ts';

/** A switch that came back because something is wrong with it. */
interface Returned {
  to: Stage;
  note: string;
  readFrom: string;
  problem: string | null;
  others: Problem[];
}

/** The checklist of an agency on its way to live, and the switch from stage to stage. */
export const stagePages: Pages = (app, deps) => {
  const { rehearsals, store, settings, log } = deps;

  app.get('/agencies/:code/stage', async (request, reply) => {
    request.demand('see_operations');
    return showStage(deps, request, reply);
  });

  app.post('/agencies/:code/stage/prove', async (request, reply) => {
    const user = request.demand('repair');
    const agency = getAgencyWithBoard(deps, request);
    await rehearsals.prove(agency, user.login);
    log.info({ user: user.id, agency: agency.code }, 'board checked for the checklist');
    return reply.redirect(`/agencies/${agency.code}/stage?done=proved#steps`, 303);
  });

  app.post('/agencies/:code/stage', async (request, reply) => {
    const user = request.demand('repair');
    const agency = getAgencyWithBoard(deps, request);
    const typed = request.typed();
    const to = stages.find((stage) => stage === typed.stage);
    if (!to) throw new PageError('not_understood');
    const readFrom = readingPlaces.find((place) => place === typed.readFrom);
    const note = typed.note ?? '';
    const returned = { to, note, readFrom: readFrom ?? 'continue', problem: null, others: [] };
    if (to === 'live' && !note && !(await rehearsals.checklist(agency)).isReady)
      return showStage(deps, request, reply, { ...returned, problem: 'problem.reason_needed' });
    const change = { agency: agency.code, stage: to, ...(to === 'live' && readFrom && { readFrom }) };
    const rules = { fourEyes: settings.CONFIG_FOUR_EYES === 'yes' };
    try {
      const changed = await switchStage(store, rules, change, { author: user.login, way: 'console', note });
      log.info({ user: user.id, agency: agency.code, stage: to }, 'switch of the stage of an agency');
      const done = 'proposed' in changed ? 'stage_proposed' : 'stage_switched';
      return reply.redirect(`/agencies/${agency.code}/stage?done=${done}`, 303);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      return showStage(deps, request, reply, { ...returned, others: toProblems(error) });
    }
  });
};

async function showStage(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  returned?: Returned,
): Promise<FastifyReply> {
  const agency = getAgencyWithBoard(deps, request);
  const [list, waiting] = await Promise.all([
    deps.rehearsals.checklist(agency),
    countWaiting(deps.store, agency.code),
  ]);
  return reply.page(
    'stage',
    {
      agency,
      list,
      waiting,
      others: stages.filter((stage) => stage !== list.stage),
      readingPlaces,
      returned: returned ?? {
        to: '',
        note: '',
        readFrom: agency.readFrom ?? 'continue',
        problem: null,
        others: [],
      },
    },
    returned ? 422 : 200,
  );
}

/** Somebody else changed the agency at the same moment, or the configuration would not be usable. */
const toProblems = ({ kind, problems, message }: ConfigurationError): Problem[] =>
  kind === 'invalid' ? problems : [{ pointer: '', reason: said(message) }];
