import type { FastifyReply, FastifyRequest } from 'fastify';
import { complaintKinds } from '../../../../schemas/index.ts';
import { keepWithOrigin } from '../../../complaints/route.ts';
import { toShown } from '../../../web/form-problems.ts';
import type { Typed } from '../../../web/forms.ts';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { type DeskDocument, findProblems, keepDraft, openDocument } from '../desk-document.ts';
import { readRouting } from '../read-rules.ts';
import { editRouting, type RoutingEdit } from './edit-routing.ts';
import { conditionFields, toShownRules } from './routing-words.ts';
import { blankRule, fromRule, toRule } from './rule-form.ts';

/** Which agency answers what: the rules in words, and the forms that change a person's draft of them. */
export const routingPages: Pages = (app, deps) => {
  app.get('/rules/routing', async (request, reply) => {
    const { login } = request.demand('see_configuration');
    return showRouting(deps, reply, await openDocument(deps.store, login, { kind: 'routing' }));
  });

  app.get('/rules/routing/rule', async (request, reply) => {
    const { login } = request.demand('configure');
    const { number } = request.asked();
    const document = await openDocument(deps.store, login, { kind: 'routing' });
    const routing = readRouting(document.source);
    const rule = number === undefined ? undefined : routing?.rules[Number(number) - 1];
    if (!routing || (number !== undefined && !rule)) throw new PageError('not_found');
    const values = rule ? fromRule(rule) : blankRule;
    return showForm(deps, reply, { document, values, number: number ?? '', problems: {} });
  });

  app.post('/rules/routing/rule', async (request, reply) => {
    const { login } = request.demand('configure');
    const typed = request.typed();
    const { number = '', before } = typed;
    const document = await openDocument(deps.store, login, { kind: 'routing' });
    const { rule, problems } = toRule(typed);
    if (Object.keys(problems).length > 0)
      return showForm(deps, reply, { document, values: { ...blankRule, ...typed }, number, problems });
    const end = readRouting(document.source)?.rules.length ?? 0;
    const edit: RoutingEdit = number
      ? { kind: 'replace', rule, at: Number(number) - 1 }
      : { kind: 'add', rule, at: before ? Number(before) - 1 : end };
    return changeRouting(deps, request, reply, document, edit);
  });

  app.post('/rules/routing/change', async (request, reply) => {
    const { login } = request.demand('configure');
    const document = await openDocument(deps.store, login, { kind: 'routing' });
    return changeRouting(deps, request, reply, document, toEdit(request.typed()));
  });
};

/** What a button beside a rule, or the form of the default, asks for. */
function toEdit({ action, number, to = '' }: Typed): RoutingEdit {
  const at = Number(number) - 1;
  if (action === 'default') return { kind: 'default', to };
  if (action === 'remove') return { kind: 'remove', at };
  if (action === 'up') return { kind: 'move', at, to: at - 1 };
  if (action === 'down') return { kind: 'move', at, to: at + 1 };
  throw new PageError('not_understood');
}

async function changeRouting(
  { store }: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  document: DeskDocument,
  edit: RoutingEdit,
) {
  const { login } = request.signedIn();
  const routing = readRouting(document.source);
  // The rule that was meant may stand elsewhere by now.
  if (!routing || request.typed().mark !== document.mark)
    return reply.redirect('/rules/routing?done=rules_moved', 303);
  const isIn = (at: number, end: number) => Number.isInteger(at) && at >= 0 && at < end;
  const { length } = routing.rules;
  if (edit.kind !== 'default' && !isIn(edit.at, edit.kind === 'add' ? length + 1 : length))
    throw new PageError('not_understood');
  if (edit.kind === 'move' && !isIn(edit.to, length)) return reply.redirect('/rules/routing', 303);
  await keepDraft(store, login, document, editRouting(document.source, edit));
  return reply.redirect('/rules/routing?done=draft_kept', 303);
}

async function showRouting(deps: ConsoleDeps, reply: FastifyReply, document: DeskDocument) {
  const routing = readRouting(document.source);
  const problems = await findProblems(deps.store, document);
  const rules = routing ? toShownRules(routing) : [];
  const ofRule = (number: number) =>
    problems.filter(({ pointer }) => pointer.startsWith(`/rules/${number - 1}/`));
  return reply.page('routing', {
    document,
    rules: rules.map((rule) => ({ ...rule, problems: ofRule(rule.number) })),
    readable: routing !== undefined,
    fallback: routing?.default ?? '',
    problems: routing ? problems.filter(({ pointer }) => !/^\/rules\/\d/.test(pointer)) : problems,
    targets: listTargets(deps),
  });
}

/** The agencies to which a rule may lead, and the word for the one that took the complaint in. */
const listTargets = ({ directory }: ConsoleDeps): string[] => [
  keepWithOrigin,
  ...directory.listAgencies().map(({ code }) => code),
];

interface ShownForm {
  document: DeskDocument;
  values: Typed;
  /** The rule that is changed. Empty: a new one. */
  number: string;
  problems: ReturnType<typeof toRule>['problems'];
}

function showForm(deps: ConsoleDeps, reply: FastifyReply, { document, values, number, problems }: ShownForm) {
  const { length = 0 } = readRouting(document.source)?.rules ?? [];
  const data = {
    document,
    values,
    number,
    targets: listTargets(deps),
    places: Array.from({ length }, (_, n) => String(n + 1)),
    kinds: complaintKinds.map((kind) => ({ kind, picked: values[`kind_${kind}`] === 'yes' })),
    problems: toShown([...conditionFields, 'to', 'note'], { fields: problems, others: [] }).fields,
  };
  return reply.page('routing-rule', data, Object.keys(problems).length > 0 ? 422 : 200);
}
