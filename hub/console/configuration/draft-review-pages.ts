import type { FastifyReply, FastifyRequest } from 'fastify';
import { compareSources, type PlannedChange, planChange } from '../../configuration/changes/plan-change.ts';
import { changeConfiguration } from '../../configuration/changes/proposals.ts';
import { type Draft, discardDraft, findDraft, saveDraft } from '../../configuration/drafts.ts';
import { mergeValues, type ValueConflict } from '../../configuration/form/merge-values.ts';
import { isHidden } from '../../configuration/secrecy/find-secrets.ts';
import { findVersion } from '../../configuration/versions.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toDifference, toParts, toPlanned } from './difference-view.ts';
import { codeOf } from './draft-page.ts';
import { toFailure } from './failure.ts';

/** Before a draft is applied: what it changes, what somebody else applied meanwhile, and why. */
export const draftReviewPages: Pages = (app, deps) => {
  const { store, settings, log } = deps;
  const rules = { fourEyes: settings.CONFIG_FOUR_EYES === 'yes' };

  app.get('/agencies/:code/configuration/review', async (request, reply) => {
    const user = request.demand('configure');
    const draft = await findDraft(store, user.login, 'agency', codeOf(request));
    if (!draft) return reply.redirect(`/agencies/${codeOf(request)}/configuration?done=no_agency_draft`, 303);
    return showReview(deps, request, reply, draft, {});
  });

  app.post('/agencies/:code/configuration/apply', async (request, reply) => {
    const user = request.demand('configure');
    const code = codeOf(request);
    const draft = await findDraft(store, user.login, 'agency', code);
    if (!draft) return reply.redirect(`/agencies/${code}/configuration?done=no_agency_draft`, 303);
    const { note = '', seen = '' } = request.typed();
    const again = (fields: Record<string, string>, failure: string | null = null) =>
      showReview(deps, request, reply, draft, { note, fields, failure });
    if (note === '') return again({ note: 'problem.required' });
    if (seen !== draft.changedAt.toISOString()) return again({}, 'draft_changed');
    try {
      const by = { author: user.login, way: 'console', note } as const;
      const { base, source } = draft;
      const done = await changeConfiguration(
        store,
        rules,
        [{ kind: 'agency', name: code, base, source }],
        by,
      );
      await discardDraft(store, user.login, 'agency', code);
      log.info({ user: user.id, agency: code }, 'configuration changed at the console');
      return 'proposed' in done
        ? reply.redirect(`/configuration/proposals/${done.proposed}?done=configuration_proposed`, 303)
        : reply.redirect(`/agencies/${code}/configuration?done=configuration_applied`, 303);
    } catch (error) {
      return again({}, toFailure(error));
    }
  });

  app.post('/agencies/:code/configuration/merge', async (request, reply) => {
    const user = request.demand('configure');
    const code = codeOf(request);
    const path = `/agencies/${code}/configuration`;
    const draft = await findDraft(store, user.login, 'agency', code);
    const planned = draft && (await planDraft(deps, draft));
    if (!draft || !planned?.moved) return reply.redirect(toLocalPath(`${path}/review`), 303);
    const source = planned.moved.merged ?? (await mergeByValues(deps, draft, planned, request))?.source;
    if (source === undefined) return reply.redirect(toLocalPath(`${path}/review?done=not_merged`), 303);
    await saveDraft(store, { ...draft, source, base: planned.moved.version });
    return reply.redirect(toLocalPath(`${path}/review?done=draft_joined`), 303);
  });
};

const planDraft = ({ store, settings }: ConsoleDeps, { kind, name, base, source }: Draft) =>
  planChange(store, { kind, name, base, source }, { fourEyes: settings.CONFIG_FOUR_EYES === 'yes' });

/** `keep.<n>`: in the n-th conflict the draft counts. */
async function mergeByValues(
  { store }: ConsoleDeps,
  draft: Draft,
  { inForce }: PlannedChange,
  request: FastifyRequest,
) {
  if (!inForce || draft.base === 0) return undefined;
  const begun = await findVersion(store.db, { kind: draft.kind, name: draft.name, version: draft.base });
  if (!begun) return undefined;
  const merge = (keep: string[]) => mergeValues(begun.source, draft.source, inForce.source, new Set(keep));
  const typed = request.typed();
  const kept = merge([])?.conflicts.filter((_, n) => typed[`keep.${n}`] === 'mine') ?? [];
  return merge(kept.map(({ pointer }) => pointer));
}

interface Said {
  note?: string;
  fields?: Record<string, string>;
  failure?: string | null;
}

async function showReview(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  draft: Draft,
  { note = '', fields = {}, failure = null }: Said,
) {
  const planned = await planDraft(deps, draft);
  const { moved, inForce } = planned;
  const key = { kind: draft.kind, name: draft.name };
  const begun = moved && (await findVersion(deps.store.db, { ...key, version: draft.base }));
  const merged = moved && !moved.merged ? await mergeByValues(deps, draft, planned, request) : undefined;
  const data = {
    code: draft.name,
    inForce: inForce ?? null,
    ...toPlanned(planned),
    moved: moved
      ? {
          ...moved,
          theirs: toDifference(compareSources(key, begun?.source, inForce?.source)),
          mayMerge: moved.merged !== undefined || merged !== undefined,
          byLines: moved.merged !== undefined,
          conflicts: (merged?.conflicts ?? []).map(toShownConflict),
        }
      : null,
    needsSecondPerson: planned.needsSecondPerson,
    seen: draft.changedAt.toISOString(),
    note,
    noteProblem: fields.note ?? null,
    failure,
  };
  return reply.page('configuration-review', data, failure || fields.note ? 422 : 200);
}

function toShownConflict({ pointer, mine, theirs }: ValueConflict) {
  const word = (value: unknown) =>
    value === undefined ? null : isHidden(pointer, value) ? '••••••' : JSON.stringify(value);
  return { pointer, parts: toParts(pointer), mine: word(mine), theirs: word(theirs) };
}
