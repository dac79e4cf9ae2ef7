import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseJson } from '../../../adapters/kit/text/json.ts';
import type { Problem } from '../../../schemas/index.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { EngineerError } from '../../engineer/engineer-error.ts';
import type { Typed } from '../../web/forms.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { orNotFound, toOwnAgency, toOwnId } from './own-agency.ts';

/** What is parked of the own agency, persons masked: corrected and judged again, delivered again. */
export const ownParkedPages: Pages = (app, deps) => {
  const { engineer } = deps;

  app.get('/engineer/parked', async (request, reply) => {
    const { agency } = toOwnAgency(deps, request);
    const asked = request.asked();
    const linksAfter = toUuid(asked.linksAfter);
    const [items, links] = await Promise.all([
      engineer.parked.items(agency, toPlace(asked)),
      engineer.parked.links(agency, linksAfter ? { after: linksAfter } : {}),
    ]);
    return reply.page('engineer-parked', {
      items: items.rows,
      links: links.rows,
      moreLinks: links.next ? `/engineer/parked?linksAfter=${links.next}#links` : null,
      pager: toPager('/engineer/parked', asked, items),
    });
  });

  app.get('/engineer/parked/:id', async (request, reply) => {
    toOwnAgency(deps, request);
    return showItem(deps, request, reply);
  });

  app.post('/engineer/parked/:id/retry', async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const id = toOwnId(request);
    const { body } = request.typed();
    const edited = parse(body);
    if (!edited.ok) return showItem(deps, request, reply, { body: body ?? '', problem: 'problem.json' });
    try {
      const { result } = await engineer.change(actor, { action: 'parked_retry', subject: id }, () =>
        engineer.parked.retryItem(actor, id, ...edited.value),
      );
      if (result.applied) return reply.redirect('/engineer/parked?done=own_item_applied', 303);
      const { problems } = result;
      return showItem(deps, request, reply, { body: body ?? '', problem: 'problem.still_parked', problems });
    } catch (error) {
      return toGone(reply, error);
    }
  });

  app.post('/engineer/parked/events/:id/retry', async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const id = toOwnId(request);
    try {
      await engineer.change(actor, { action: 'parked_retry', subject: id }, () =>
        engineer.parked.retryLink(actor, id),
      );
      return reply.redirect('/engineer/parked?done=link_retried', 303);
    } catch (error) {
      return toGone(reply, error);
    }
  });
};

/** Somebody else may have decided meanwhile. Then the list says so. */
function toGone(reply: FastifyReply, error: unknown) {
  if (!(error instanceof EngineerError)) throw error;
  const done = error.kind === 'not_found' ? 'parked_gone' : 'parked_settling';
  return reply.redirect(`/engineer/parked?done=${done}`, 303);
}

const toPlace = ({ after, before }: Typed) => ({ ...(after && { after }), ...(before && { before }) });

/** The typed JSON as the last argument of a retry. Nothing typed gives no argument. */
function parse(text: string | undefined): { ok: true; value: [] | [unknown] } | { ok: false } {
  if (!text) return { ok: true, value: [] };
  try {
    return { ok: true, value: [parseJson(text)] };
  } catch {
    return { ok: false };
  }
}

/** What came back of the form. */
interface Returned {
  body: string;
  problem: string;
  problems?: Problem[];
}

async function showItem(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  returned?: Returned,
) {
  const { agency } = toOwnAgency(deps, request);
  const item = await orNotFound(deps.engineer.parked.item(agency, toOwnId(request)));
  const data = {
    item,
    body: returned?.body || JSON.stringify(item.body, null, 2),
    problems: returned?.problems ?? item.problems ?? [],
    problem: returned?.problem ?? null,
  };
  return reply.page('engineer-parked-item', data, returned ? 422 : 200);
}
