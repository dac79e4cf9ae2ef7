import { listUnknownYears } from '../../clock/named-days.ts';
import type { Pages } from '../visit/console-context.ts';
import { keepDraft, listDraftNames, openDocument } from './desk-document.ts';
import { readClock, readRouting } from './read-rules.ts';
import { readTemplates } from './templates/template-sources.ts';

/** The overview of the rules, and the text of routing and clock as a whole. */
export const rulesPages: Pages = (app, deps) => {
  const { store } = deps;
  app.get('/rules', async (request, reply) => {
    const { login } = request.demand('see_configuration');
    const [routing, clock, templates, drafts] = await Promise.all([
      openDocument(store, login, { kind: 'routing' }),
      openDocument(store, login, { kind: 'clock' }),
      readTemplates(deps),
      listDraftNames(store, login, 'template'),
    ]);
    const rules = readRouting(routing.inForce?.source ?? '');
    const changes = readClock(clock.inForce?.source ?? '') ?? {};
    const year = new Date().getFullYear();
    return reply.page('rules', {
      routing: { document: routing, rules: rules?.rules.length ?? 0, fallback: rules?.default ?? '' },
      clock: {
        document: clock,
        days: Object.keys({ ...changes.holidays, ...changes.workingDays }).length,
        periods: changes.periods?.length ?? 0,
        unknownYears: listUnknownYears([year, year + 1, year + 2], changes),
      },
      templates: { own: templates.own.size, drafts },
    });
  });

  for (const kind of ['routing', 'clock'] as const)
    app.post(`/rules/${kind}/text`, async (request, reply) => {
      const { login } = request.demand('configure');
      const source = request
        .typedExactly('source')
        .replaceAll('\r\n', '\n')
        .replaceAll('\0', '')
        .toWellFormed();
      const document = await openDocument(store, login, { kind });
      if (request.typed().mark !== document.mark)
        return reply.redirect(`/rules/${kind}?done=rules_moved`, 303);
      await keepDraft(store, login, document, source);
      return reply.redirect(`/rules/${kind}?done=draft_kept`, 303);
    });
};
