import type { FastifyReply, FastifyRequest } from 'fastify';
import { countWaiting } from '../../complaints/reading/count-waiting.ts';
import { planChange } from '../../configuration/changes/plan-change.ts';
import { changeConfiguration } from '../../configuration/changes/proposals.ts';
import { discardDraft } from '../../configuration/drafts.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toPlanned } from './difference-view.ts';
import { codeOf } from './draft-page.ts';
import { toFailure } from './failure.ts';

/** Taking an agency out of force: what still waits for it, and what refers to it. */
export const removalPages: Pages = (app, deps) => {
  const { store, settings, log } = deps;
  const rules = { fourEyes: settings.CONFIG_FOUR_EYES === 'yes' };

  app.get('/agencies/:code/configuration/removal', async (request, reply) => {
    request.demand('configure');
    return showRemoval(deps, request, reply, {});
  });

  app.post('/agencies/:code/configuration/removal', async (request, reply) => {
    const user = request.demand('configure');
    const code = codeOf(request);
    const { note = '', base = '' } = request.typed();
    if (note === '') return showRemoval(deps, request, reply, { noteProblem: 'problem.required' });
    try {
      const change = { kind: 'agency', name: code, source: null, base: Number(base) || 0 } as const;
      const by = { author: user.login, way: 'console', note } as const;
      const done = await changeConfiguration(store, rules, [change], by);
      await discardDraft(store, user.login, 'agency', code);
      log.info({ user: user.id, agency: code }, 'agency removed at the console');
      return 'proposed' in done
        ? reply.redirect(`/configuration/proposals/${done.proposed}?done=configuration_proposed`, 303)
        : reply.redirect('/configuration?done=agency_removed', 303);
    } catch (error) {
      return showRemoval(deps, request, reply, { note, failure: toFailure(error) });
    }
  });
};

interface Said {
  note?: string;
  noteProblem?: string | null;
  failure?: string | null;
}

async function showRemoval(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { note = '', noteProblem = null, failure = null }: Said,
) {
  const code = codeOf(request);
  const rules = { fourEyes: deps.settings.CONFIG_FOUR_EYES === 'yes' };
  const planned = await planChange(deps.store, { kind: 'agency', name: code, source: null }, rules);
  if (!planned.inForce) throw new PageError('not_found');
  const waiting = await countWaiting(deps.store, code);
  const data = {
    mode: 'removal',
    code,
    version: null,
    action: `/agencies/${code}/configuration/removal`,
    undone: [],
    waiting,
    proposal: null,
    base: planned.inForce.version,
    changes: [{ kind: 'agency', name: code, ...toPlanned(planned) }],
    mayDo: planned.problems.length === 0 && waiting.unanswered + waiting.undelivered === 0,
    needsSecondPerson: planned.needsSecondPerson,
    note,
    noteProblem,
    failure,
  };
  return reply.page('configuration-change', data, failure || noteProblem ? 422 : 200);
}
