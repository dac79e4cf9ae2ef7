import type { FastifyInstance, FastifyReply } from 'fastify';
import type { By, Change } from '../../configuration/changes/change.ts';
import { type PlannedChange, planChange } from '../../configuration/changes/plan-change.ts';
import { changeConfiguration } from '../../configuration/changes/proposals.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { discardDraft, saveDraft } from '../../configuration/drafts.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import type { DeskDocument } from './desk-document.ts';
import { type Opener, openers } from './openers.ts';
import { readRouting } from './read-rules.ts';
import { compareRules } from './routing/routing-changes.ts';
import { toShownLines } from './shown-lines.ts';

/** The review of a draft: what it would change, in words and in lines; applying it, and giving it up. */
export const reviewPages: Pages = (app, deps) => {
  for (const opener of openers) {
    addReview(app, deps, opener);
    addEndings(app, deps, opener);
  }
};

function addReview(app: FastifyInstance, deps: ConsoleDeps, { path, open }: Opener): void {
  const { store } = deps;

  app.get(`${path}/review`, async (request, reply) => {
    request.demand('configure');
    const document = await open(deps, request);
    const change = toChange(document, request.asked().remove === 'yes');
    return change ? showReview(deps, reply, { document, change }) : leave(reply, document, 'no_draft');
  });

  app.post(`${path}/apply`, async (request, reply) => {
    const user = request.demand('configure');
    const document = await open(deps, request);
    const { note = '', mark, remove } = request.typed();
    const change = toChange(document, remove === 'yes');
    if (!change) return leave(reply, document, 'no_draft');
    const shown = { document, change, note };
    if (note === '') return showReview(deps, reply, { ...shown, problem: 'problem.required' });
    // The draft is another than the one that was reviewed.
    if (mark !== document.mark) return showReview(deps, reply, { ...shown, problem: 'problem.draft_moved' });
    const outcome = await tryToApply(deps, [change], { author: user.login, way: 'console', note });
    if (outcome === undefined) return showReview(deps, reply, { ...shown, problem: 'problem.not_applied' });
    await discardDraft(store, user.login, document.kind, document.name);
    deps.log.info({ user: user.id, kind: document.kind, name: document.name, outcome }, 'rules changed');
    return leave(reply, document, outcome);
  });
}

/** What else becomes of a draft: it takes in what another person applied meanwhile, or it is given up. */
function addEndings(app: FastifyInstance, deps: ConsoleDeps, { path, open }: Opener): void {
  const { store } = deps;

  app.post(`${path}/merge`, async (request, reply) => {
    const { login: person } = request.demand('configure');
    const document = await open(deps, request);
    const { kind, name, source, base } = document;
    const { moved } = await planChange(store, { kind, name, source, base });
    if (moved?.merged === undefined) return leave(reply, document, 'rules_moved');
    await saveDraft(store, { person, kind, name, base: moved.version, source: moved.merged });
    return reply.redirect(toLocalPath(`${document.path}/review?done=draft_merged`), 303);
  });

  app.post(`${path}/discard`, async (request, reply) => {
    const { login } = request.demand('configure');
    const document = await open(deps, request);
    await discardDraft(store, login, document.kind, document.name);
    return leave(reply, document, 'draft_gone');
  });
}

const leave = (reply: FastifyReply, { path }: DeskDocument, done: string) =>
  reply.redirect(toLocalPath(`${path}?done=${done}`), 303);

/** What applying would do. Undefined: there is nothing to apply. */
function toChange(
  { kind, name, source, base, isDraft, inForce }: DeskDocument,
  remove: boolean,
): Change | undefined {
  if (remove)
    return inForce && kind === 'template' ? { kind, name, source: null, base: inForce.version } : undefined;
  return isDraft ? { kind, name, source, base } : undefined;
}

/** Where the rule of four eyes holds, the change waits for a second person. Undefined: it cannot be applied as it is. */
export async function tryToApply(
  { store, settings }: ConsoleDeps,
  changes: Change[],
  by: By,
): Promise<'rules_applied' | 'rules_proposed' | undefined> {
  try {
    const done = await changeConfiguration(store, toRules(settings), changes, by);
    return 'applied' in done ? 'rules_applied' : 'rules_proposed';
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

export const toRules = ({ CONFIG_FOUR_EYES }: ConsoleDeps['settings']) => ({
  fourEyes: CONFIG_FOUR_EYES === 'yes',
});

interface Shown {
  document: DeskDocument;
  change: Change;
  note?: string;
  problem?: string;
}

async function showReview(
  deps: ConsoleDeps,
  reply: FastifyReply,
  { document, change, note = '', problem }: Shown,
) {
  const plan = await planChange(deps.store, change, toRules(deps.settings));
  const data = {
    document,
    note,
    problem: problem ?? null,
    isRemoval: change.source === null,
    plan: toShownPlan(plan, change),
  };
  return reply.page('rules-review', data, problem ? 422 : 200);
}

/** A plan for a view, in which every name needs a value. The text after the change is `source`. */
export const toShownPlan = (
  { problems, places, lines, moved, needsSecondPerson, inForce }: PlannedChange,
  { kind, source }: Pick<Change, 'kind' | 'source'>,
) => ({
  rules: kind === 'routing' ? toRuleChanges(inForce?.source, source) : null,
  problems: problems.map((problem) => ({ ...problem, line: problem.line ?? null })),
  places: places.map(({ before = null, after = null, ...place }) => ({ ...place, before, after })),
  lines: toShownLines(lines),
  moved: moved ? { ...moved, canMerge: moved.merged !== undefined } : null,
  needsSecondPerson,
});

/** Null: one of the texts cannot be read, and the places have to do. */
function toRuleChanges(before: string | undefined, after: string | null) {
  const [old, fresh] = [readRouting(before ?? ''), readRouting(after ?? '')];
  if (!old || !fresh) return null;
  const fallback = old.default === fresh.default ? null : { before: old.default, after: fresh.default };
  return { changes: compareRules(old, fresh), fallback };
}
