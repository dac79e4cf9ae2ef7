import { complaintKinds, type Routing } from '../../../../schemas/index.ts';
import { simulateRouting } from '../../../complaints/reading/simulate-routing.ts';
import { withUnseen } from '../../../personal/with-personal.ts';
import type { Typed } from '../../../web/forms.ts';
import { toPager } from '../../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { openDocument } from '../desk-document.ts';
import { readRouting } from '../read-rules.ts';
import { toMatrix } from './simulation-matrix.ts';
import { tryText } from './tried-text.ts';

const blank = { title: '', body: '', category: '', region: '', kind: 'query', origin: 'hub' };
/** How many of the newest complaints a simulation looks at. */
const depths = ['200', '1000', '5000', '20000'];

/** What rules would do: with a text that somebody types, and with the newest complaints. Both change nothing. */
export const routingTryPages: Pages = (app, deps) => {
  const { store, directory } = deps;
  const { listAgencies } = directory;

  app.get('/rules/routing/try', async (request, reply) => {
    request.demand('see_configuration');
    return reply.page('routing-try', { values: blank, tried: [], ...choicesOf(deps) });
  });

  // A text may be a person's, so it stands in no address.
  app.post('/rules/routing/try', async (request, reply) => {
    const { login } = request.demand('see_configuration');
    const values = { ...blank, ...request.typed() };
    const kind = complaintKinds.find((one) => one === values.kind) ?? 'query';
    const document = await openDocument(store, login, { kind: 'routing' });
    const sets: [string, Routing | undefined][] = [
      ['in_force', directory.routing()],
      ['draft', document.isDraft ? readRouting(document.source) : undefined],
    ];
    const tried = sets.flatMap(([which, routing]) =>
      routing ? { which, ...tryText(values, kind, values.origin, routing) } : [],
    );
    return reply.page('routing-try', { values, tried, ...choicesOf(deps) });
  });

  app.get('/rules/routing/simulation', async (request, reply) => {
    const { login } = request.demand('see_configuration');
    const asked = request.asked();
    const document = await openDocument(store, login, { kind: 'routing' });
    const after = document.isDraft ? readRouting(document.source) : undefined;
    const last = depths.find((depth) => depth === asked.last) ?? depths[1];
    // Numbers, titles and the two agencies are shown, and nobody's name.
    const simulation =
      after &&
      (await withUnseen(store, (opened) =>
        simulateRouting(opened, { before: directory.routing(), after }, toBounds(asked, last)),
      ));
    return reply.page('routing-simulation', {
      document,
      readable: after !== undefined,
      simulation: simulation ?? null,
      matrix: simulation ? toMatrix(simulation.matrix) : null,
      pager: simulation ? toPager('/rules/routing/simulation', asked, simulation.page) : null,
      asked: { from: '', to: '', ...asked, last },
      depths,
      agencies: listAgencies().length,
    });
  });
};

const toBounds = ({ from, to, after, before }: Typed, last = '1000') => ({
  last: Number(last),
  only: { ...(from && { from }), ...(to && { to }) },
  place: { ...(after && { after }), ...(before && { before }) },
});

const choicesOf = ({ directory }: ConsoleDeps) => ({
  kinds: complaintKinds,
  origins: ['hub', ...directory.listAgencies().map(({ code }) => code)],
});
