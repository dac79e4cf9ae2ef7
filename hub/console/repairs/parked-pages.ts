import type { FastifyReply, FastifyRequest } from 'fastify';
import { decisions } from '../../../adapters/contract.ts';
import { parseJson } from '../../../adapters/kit/text/json.ts';
import type { Problem } from '../../../schemas/index.ts';
import { maskFileName } from '../../access/people/masking.ts';
import { may } from '../../access/people/rights.ts';
import { listNotices } from '../../complaints/reading/read-notices.ts';
import {
  findParkedItem,
  listParkedItems,
  listParkedLinks,
  toUuid,
} from '../../complaints/reading/read-operations.ts';
import { listParkedFiles } from '../../complaints/reading/read-parked-files.ts';
import { ParkedActionError } from '../../exchange/parked/parked-actions.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

/** What a person has to decide: raw items, links and notices that the hub could not process by itself. */
export const parkedPages: Pages = (app, deps) => {
  const { store, parked } = deps;
  decideOnItems(app, deps);
  decideOnFiles(app, deps);

  app.get('/parked', async (request, reply) => {
    const user = request.demand('see_operations');
    const asked = request.asked();
    const [items, links, files, notices] = await Promise.all([
      listParkedItems(store, asked),
      listParkedLinks(store, { ...(asked.linksAfter && { after: asked.linksAfter }) }),
      listParkedFiles(store),
      listNotices(store, { state: 'failed' }),
    ]);
    const moreLinks = links.next ? `/parked?linksAfter=${links.next}#links` : null;
    return reply.page('parked', {
      items: items.rows,
      links: links.rows,
      notices: notices.rows,
      moreLinks,
      files: may(user, 'see_person')
        ? files
        : files.map((file) => ({ ...file, name: maskFileName(file.name) })),
      pager: toPager('/parked', asked, items),
    });
  });

  app.post('/parked/links/:id/retry', async (request, reply) => {
    const user = request.demand('repair');
    return act(reply, async () => {
      await parked.retryLink(getId(request), user.login);
      return reply.redirect('/parked?done=link_retried', 303);
    });
  });

  app.post('/parked/links/:id/skip', async (request, reply) => {
    const user = request.demand('repair');
    const { reason = '', externalId } = request.typed();
    if (reason === '') return reply.redirect('/parked?done=reason_missing', 303);
    return act(reply, async () => {
      await parked.skipEvent(getId(request), user.login, reason, externalId);
      return reply.redirect('/parked?done=event_skipped', 303);
    });
  });

  app.post('/parked/notices/:id/retry', async (request, reply) => {
    const user = request.demand('repair');
    return act(reply, async () => {
      await parked.retryNotice(getId(request), user.login);
      return reply.redirect('/parked?done=notice_retried', 303);
    });
  });
};

const decideOnItems: Pages = (app, deps) => {
  const { parked } = deps;
  app.get('/parked/items/:id', async (request, reply) => {
    request.demand('see_operations');
    return showItem(deps, request, reply);
  });

  app.post('/parked/items/:id/retry', async (request, reply) => {
    const user = request.demand('repair');
    const { body } = request.typed();
    const corrected = parseRaw(body);
    if (!corrected.ok) return showItem(deps, request, reply, { body: body ?? '', problem: 'problem.json' });
    return act(reply, async () => {
      const accepted = await parked.retryItem(getId(request), user.login, ...corrected.value);
      if ('receiptNumber' in accepted)
        return reply.redirect(`/complaints/${accepted.receiptNumber}?done=item_applied`, 303);
      const problem = { body: body ?? '', problem: 'problem.still_parked', problems: accepted.problems };
      return showItem(deps, request, reply, problem);
    });
  });

  app.post('/parked/items/:id/amend', async (request, reply) => {
    const user = request.demand('repair');
    const { decision: asked } = request.typed();
    const decision = decisions.find((known) => known === asked);
    if (!decision) throw new PageError('not_found');
    return act(reply, async () => {
      const accepted = await parked.amendItem(getId(request), user.login, decision);
      if ('receiptNumber' in accepted)
        return reply.redirect(`/complaints/${accepted.receiptNumber}?done=item_applied`, 303);
      return showItem(deps, request, reply, {
        problem: 'problem.still_parked',
        problems: accepted.problems,
      });
    });
  });

  app.post('/parked/items/:id/discard', async (request, reply) => {
    const user = request.demand('repair');
    const { reason = '' } = request.typed();
    if (reason === '') return showItem(deps, request, reply, { reasonProblem: 'problem.required' });
    return act(reply, async () => {
      await parked.discardItem(getId(request), user.login, reason);
      return reply.redirect('/parked?done=item_discarded', 303);
    });
  });
};

const decideOnFiles: Pages = (app, { parked }) => {
  app.post('/parked/files/:id/retry', async (request, reply) => {
    const user = request.demand('repair');
    return act(reply, async () => {
      await parked.retryFile(getOnItsWay(request), user.login);
      return reply.redirect('/parked?done=file_retried', 303);
    });
  });

  app.post('/parked/files/:id/give-up', async (request, reply) => {
    const user = request.demand('repair');
    const { reason = '' } = request.typed();
    if (reason === '') return reply.redirect('/parked?done=reason_missing', 303);
    return act(reply, async () => {
      await parked.giveUpFile(getOnItsWay(request), user.login, reason);
      return reply.redirect('/parked?done=file_given_up', 303);
    });
  });
};

/** Somebody else may have decided meanwhile. Then the list says so. */
async function act(reply: FastifyReply, action: () => Promise<unknown>): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ParkedActionError) return reply.redirect(`/parked?done=parked_${error.kind}`, 303);
    throw error;
  }
}

function getId(request: FastifyRequest): string {
  const id = toUuid((request.params as { id: string }).id);
  if (!id) throw new PageError('not_found');
  return id;
}

/** The file that the URL names. If it is about one board, the form names the link. */
function getOnItsWay(request: FastifyRequest) {
  const { link } = request.typed();
  return { id: getId(request), ...(link && { linkId: toUuid(link) }) };
}

/** What a person typed into the item's form, if the form comes back. */
interface ReturnedItem {
  body?: string;
  problem?: string;
  problems?: Problem[];
  reasonProblem?: string;
}

async function showItem(
  { store, parked }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  returned?: ReturnedItem,
) {
  const item = await findParkedItem(store, getId(request));
  if (!item) return reply.redirect('/parked?done=parked_gone', 303);
  const user = request.signedIn();
  const seesPerson = may(user, 'see_person');
  const data = {
    item,
    body: seesPerson ? (returned?.body ?? toPretty(item.body)) : null,
    amendments: seesPerson && may(user, 'repair') ? await parked.listAmendments(item) : [],
    problems: returned?.problems ?? item.problems ?? [],
    problem: returned?.problem ?? null,
    reasonProblem: returned?.reasonProblem ?? null,
  };
  return reply.page('parked-item', data, returned ? 422 : 200);
}

function toPretty(body: string): string {
  const parsed = parseRaw(body);
  return parsed.ok && parsed.value.length === 1 ? JSON.stringify(parsed.value[0], null, 2) : body;
}

/** The typed JSON as the last argument of a retry. Nothing typed gives no argument. */
function parseRaw(text: string | undefined): { ok: true; value: [] | [unknown] } | { ok: false } {
  if (!text) return { ok: true, value: [] };
  try {
    return { ok: true, value: [parseJson(text)] };
  } catch {
    return { ok: false };
  }
}
