import type { FastifyReply, FastifyRequest } from 'fastify';
import { decisions } from '../../../adapters/contract.ts';
import { parseJson } from '../../../adapters/kit/text/json.ts';
import { channels, complaintKinds, type Problem, statuses } from '../../../schemas/index.ts';
import { maskFileName } from '../../access/people/masking.ts';
import { may } from '../../access/people/rights.ts';
import { listNotices } from '../../complaints/reading/read-notices.ts';
import {
  findParkedItem,
  listParkedItems,
  listParkedLinks,
  type ParkedLink,
  toUuid,
} from '../../complaints/reading/read-operations.ts';
import { listParkedFiles } from '../../complaints/reading/read-parked-files.ts';
import {
  listParkedGroups,
  mostOfGroup,
  type ParkedGroup,
} from '../../complaints/reading/read-parked-groups.ts';
import { ParkedActionError } from '../../exchange/parked/parked-actions.ts';
import { findRawTitle } from '../../exchange/workbench/find-raw-title.ts';
import { maskNotice } from '../../personal/mask-file.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { readItemTitles } from '../visit/read-item-titles.ts';
import { toReader } from '../visit/to-reader.ts';
import { findJsonFault } from './items/json-fault.ts';
import { findUnknownCode, putRawFields, toRawFields } from './items/raw-fields.ts';
import { listUnwritable, toCodePoint } from './items/unwritable-signs.ts';

/** What a person has to decide: raw items, links and notices that the hub could not process by itself. */
export const parkedPages: Pages = (app, deps) => {
  const { store, parked } = deps;
  decideOnItems(app, deps);
  decideOnLinks(app, deps);
  decideOnFiles(app, deps);

  app.get('/parked', async (request, reply) => {
    const user = request.demand('see_operations');
    const { decided, left, ...asked } = request.asked();
    const [items, groups, links, files, notices] = await Promise.all([
      listParkedItems(store, asked),
      listParkedGroups(store),
      listParkedLinks(store, { ...(asked.linksAfter && { after: asked.linksAfter }) }),
      listParkedFiles(store),
      withPersonal(store, toReader(request), async (opened, tell) => {
        const found = await listNotices(opened, { state: 'failed' });
        tell({
          ...{ act: 'list', purpose: 'repairing', items: ['name', 'contact'] },
          subjects: found.rows.map(({ complaintId }) => complaintId),
          masked: !may(user, 'see_person'),
        });
        return found;
      }),
    ]);
    const titles = await readItemTitles(deps, request, [
      ...items.rows.map(({ id }) => id),
      ...groups.map(({ sample }) => sample),
    ]);
    const moreLinks = links.next ? `/parked?linksAfter=${links.next}#links` : null;
    return reply.page('parked', {
      items: items.rows.map((item) => ({ ...item, title: titles.get(item.id) ?? null })),
      groups: groups.map((group) => ({ ...toShownGroup(group), title: titles.get(group.sample) ?? null })),
      most: mostOfGroup,
      decided: toCount(decided),
      left: toCount(left) ?? 0,
      links: links.rows.map((link) => ({ ...link, signs: toSigns(deps, link) })),
      notices: may(user, 'see_person') ? notices.rows : notices.rows.map(maskNotice),
      moreLinks,
      files: may(user, 'see_person')
        ? files
        : files.map((file) => ({ ...file, name: maskFileName(file.name) })),
      pager: toPager('/parked', asked, items),
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
    request.demand('repair');
    return retry(deps, request, reply, request.typed().body);
  });

  app.post('/parked/items/:id/correct', async (request, reply) => {
    request.demand('repair');
    return retry(deps, request, reply, await putFields(deps, request));
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

/** Judges the item again: unchanged, or as this text has it. */
async function retry(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply, body?: string) {
  const { login } = request.signedIn();
  const corrected = parseRaw(body);
  if (!corrected.ok) return showItem(deps, request, reply, { body: body ?? '', problem: 'problem.json' });
  return act(reply, async () => {
    const accepted = await deps.parked.retryItem(getId(request), login, ...corrected.value);
    if ('receiptNumber' in accepted)
      return reply.redirect(`/complaints/${accepted.receiptNumber}?done=item_applied`, 303);
    const { problems } = accepted;
    return showItem(deps, request, reply, { body: body ?? '', problem: 'problem.still_parked', problems });
  });
}

const decideOnLinks: Pages = (app, { parked }) => {
  app.post('/parked/links/:id/retry', async (request, reply) => {
    const user = request.demand('repair');
    return act(reply, async () => {
      await parked.retryLink(getId(request), user.login);
      return reply.redirect('/parked?done=link_retried', 303);
    });
  });

  app.post('/parked/links/:id/rewrite', async (request, reply) => {
    const user = request.demand('repair');
    const typed = request.typedAll();
    const [signs = [], others = []] = ['sign', 'by'].map((name) => typed.get(name));
    const pairs = signs.map((sign, at) => [sign, others[at] ?? ''] as const);
    if (pairs.length === 0 || pairs.some(([sign, by]) => !isSubstitute(sign, by)))
      return reply.redirect('/parked?done=sign_wrong#links', 303);
    return act(reply, async () => {
      await parked.retryLink(getId(request), user.login, Object.fromEntries(pairs));
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

/** The item that the URL names, as a page shows or corrects it. Undefined: it is parked no more. */
const findItem = (store: ConsoleDeps['store'], request: FastifyRequest) =>
  withPersonal(store, toReader(request), async (opened, tell) => {
    const item = await findParkedItem(opened, getId(request));
    tell({
      ...{ act: request.method === 'GET' ? 'read' : 'change', purpose: 'repairing', items: ['raw'] },
      subjects: item ? [item.id] : [],
      masked: !may(request.signedIn(), 'see_person'),
    });
    return item;
  });

async function showItem(
  { store, directory, parked }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  returned?: ReturnedItem,
) {
  const item = await findItem(store, request);
  if (!item) return reply.redirect('/parked?done=parked_gone', 303);
  const user = request.signedIn();
  const seesPerson = may(user, 'see_person');
  const data = {
    item,
    title: findRawTitle(directory.findAgency(item.agency), item.body) ?? null,
    body: seesPerson ? (returned?.body ?? toPretty(item.body)) : null,
    ...toFields(returned?.body ?? item.body, returned?.problems ?? item.problems ?? [], seesPerson),
    amendments: seesPerson && may(user, 'repair') ? await parked.listAmendments(item) : [],
    problems: returned?.problems ?? item.problems ?? [],
    problem: returned?.problem ?? null,
    problemAt: (returned?.problem === 'problem.json' && findJsonFault(returned.body ?? '')) || null,
    reasonProblem: returned?.reasonProblem ?? null,
  };
  return reply.page('parked-item', data, returned ? 422 : 200);
}

/** One sign that is no plain letter or digit, and something short without it. */
const isSubstitute = (sign: string, by: string): boolean =>
  [...sign].length === 1 && !/[A-Za-z0-9]/.test(sign) && by.length <= 20 && !by.includes(sign);

/** The signs that keep a delivery from its board. A board behind an agent, and a feed, get texts as they are. */
const toSigns = ({ directory }: ConsoleDeps, { agency, lastError }: ParkedLink) =>
  directory.findAgency(agency)?.board?.via === 'agent'
    ? []
    : listUnwritable(lastError).map((sign) => ({ sign, code: toCodePoint(sign) }));

/** A number that the page was sent to with. What somebody made up says nothing. */
const toCount = (text: string | undefined): number | null =>
  /^\d{1,4}$/.test(text ?? '') ? Number(text) : null;

/** The record with what was typed into its fields, as JSON. */
async function putFields({ store }: ConsoleDeps, request: FastifyRequest): Promise<string | undefined> {
  const item = await findItem(store, request);
  const parsed = parseRaw(item?.body);
  const [raw] = parsed.ok ? parsed.value : [];
  return raw === undefined ? undefined : JSON.stringify(putRawFields(raw, request.typed()), null, 2);
}

/** The record as fields, and the code that no table knows, with what it may mean. */
function toFields(body: string, problems: Problem[], seesPerson: boolean) {
  const parsed = parseRaw(body);
  const [raw] = parsed.ok ? parsed.value : [];
  const code = findUnknownCode(problems);
  const words = code && ownWords[code.table];
  return {
    fields: seesPerson && raw !== undefined ? (toRawFields(raw, problems) ?? null) : null,
    code: code ? { ...code, words: words ?? null, area: words ? code.table : '' } : null,
  };
}

/** Tables whose words are the hub's own. */
const ownWords: Record<string, readonly string[]> = {
  status: statuses,
  kind: complaintKinds,
  channel: channels,
};

const toShownGroup = (group: ParkedGroup) => ({
  ...group,
  atOnce: Math.min(group.count, mostOfGroup),
  code: findUnknownCode(group.problems) ?? null,
});

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
