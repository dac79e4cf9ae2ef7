import type { FastifyReply, FastifyRequest } from 'fastify';
import { toRollback } from '../../configuration/changes/apply.ts';
import { compareSources, type PlannedChange, planRollback } from '../../configuration/changes/plan-change.ts';
import { changeConfiguration } from '../../configuration/changes/proposals.ts';
import { readDocument } from '../../configuration/read-document.ts';
import { hideSecrets } from '../../configuration/secrecy/hide-secrets.ts';
import { findVersion, listVersions, type VersionEntry } from '../../configuration/versions.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toDifference, toPlanned } from './difference-view.ts';
import { codeOf } from './draft-page.ts';
import { toFailure } from './failure.ts';

const onPage = 20;

/** The versions of an agency's configuration: who applied what, two beside each other, and the way back to one. */
export const agencyVersionPages: Pages = (app, deps) => {
  const { store, settings, log } = deps;
  const rules = { fourEyes: settings.CONFIG_FOUR_EYES === 'yes' };

  app.get('/agencies/:code/configuration/versions', async (request, reply) => {
    request.demand('see_configuration');
    const code = codeOf(request);
    const { until } = request.asked();
    const before = until !== undefined && /^\d{1,18}$/.test(until) ? until : undefined;
    const found = await listVersions(
      store.db,
      { kind: 'agency', name: code, ...(before && { before }) },
      onPage + 1,
    );
    if (found.length === 0 && !before) throw new PageError('not_found');
    const rows = found.slice(0, onPage);
    const last = found.length > onPage ? rows.at(-1) : undefined;
    const versions = await Promise.all(rows.map((row) => withChanges(deps, row)));
    const next = last ? `/agencies/${code}/configuration/versions?until=${last.mark}` : null;
    return reply.page('configuration-versions', { code, versions, next, isFirst: before === undefined });
  });

  app.get('/agencies/:code/configuration/compare', async (request, reply) => {
    request.demand('see_configuration');
    const { from = '', to = '' } = request.asked();
    const [one, other] = [toVersion(from), toVersion(to)].sort((a, b) => a - b);
    return showVersion(deps, request, reply, { version: other ?? 0, than: one ?? 0 });
  });

  app.get('/agencies/:code/configuration/versions/:version', async (request, reply) => {
    request.demand('see_configuration');
    const version = versionOf(request);
    return showVersion(deps, request, reply, { version, than: version - 1 });
  });

  app.get('/agencies/:code/configuration/versions/:version/rollback', async (request, reply) => {
    request.demand('configure');
    return showRollback(deps, request, reply, {});
  });

  app.post('/agencies/:code/configuration/versions/:version/rollback', async (request, reply) => {
    const user = request.demand('configure');
    const code = codeOf(request);
    const version = versionOf(request);
    const { note = '', base = '' } = request.typed();
    if (note === '') return showRollback(deps, request, reply, { noteProblem: 'problem.required' });
    try {
      const change = await toRollback(store, { kind: 'agency', name: code, version });
      const by = { author: user.login, way: 'console', note } as const;
      const done = await changeConfiguration(store, rules, [{ ...change, base: toVersion(base) }], by);
      log.info({ user: user.id, agency: code, version }, 'configuration rolled back at the console');
      return 'proposed' in done
        ? reply.redirect(`/configuration/proposals/${done.proposed}?done=configuration_proposed`, 303)
        : reply.redirect(`/agencies/${code}/configuration/versions?done=configuration_rolled_back`, 303);
    } catch (error) {
      return showRollback(deps, request, reply, { note, failure: toFailure(error) });
    }
  });
};

const toVersion = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);
const versionOf = (request: FastifyRequest): number =>
  toVersion((request.params as { version: string }).version);

/** The text of a version, as it may be shown. Null: it took the agency out of force, or there is none. */
async function findSource({ store }: ConsoleDeps, code: string, version: number): Promise<string | null> {
  const found = await findVersion(store.db, { kind: 'agency', name: code, version });
  return found && found.body !== null ? found.source : null;
}

/** A version in the list, with the places that it changed. */
async function withChanges(deps: ConsoleDeps, row: VersionEntry) {
  const [before, after] = await Promise.all([
    findSource(deps, row.name, row.version - 1),
    findSource(deps, row.name, row.version),
  ]);
  const isNew = before === null && !row.removal;
  const { places, lines } = compareSources(row, before ?? undefined, after ?? undefined);
  const difference = toDifference({ places, lines: [] });
  const isTextOnly = places.length === 0 && lines.some(({ kind }) => kind !== 'same');
  return {
    ...row,
    isNew,
    isTextOnly,
    places: difference.places.slice(0, 3),
    more: Math.max(0, places.length - 3),
  };
}

async function showVersion(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { version, than }: { version: number; than: number },
) {
  const code = codeOf(request);
  const key = { kind: 'agency', name: code } as const;
  const found = await findVersion(deps.store.db, { ...key, version });
  if (!found) throw new PageError('not_found');
  const [before, after] = await Promise.all([findSource(deps, code, than), findSource(deps, code, version)]);
  const [newest] = await listVersions(deps.store.db, key, 1);
  const shown = after === null ? null : hideSecrets(after, readDocument(key, after), '••••••');
  return reply.page('configuration-version', {
    code,
    version,
    than,
    author: found.author,
    appliedAt: found.appliedAt,
    difference: toDifference(compareSources(key, before ?? undefined, after ?? undefined)),
    source: shown,
    isNewest: newest?.version === version,
  });
}

interface Said {
  note?: string;
  noteProblem?: string | null;
  failure?: string | null;
}

async function showRollback(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { note = '', noteProblem = null, failure = null }: Said,
) {
  const code = codeOf(request);
  const version = versionOf(request);
  const target = { kind: 'agency', name: code, version } as const;
  const rules = { fourEyes: deps.settings.CONFIG_FOUR_EYES === 'yes' };
  let planned: PlannedChange;
  try {
    planned = await planRollback(deps.store, target, rules);
  } catch (error) {
    toFailure(error);
    throw new PageError('not_found', error);
  }
  const data = {
    mode: 'rollback',
    code,
    version,
    action: `/agencies/${code}/configuration/versions/${version}/rollback`,
    undone: await listUndone(deps, code, version),
    waiting: null,
    proposal: null,
    base: planned.inForce?.version ?? 0,
    changes: [{ kind: 'agency', name: code, ...toPlanned(planned) }],
    mayDo: planned.problems.length === 0,
    needsSecondPerson: planned.needsSecondPerson,
    note,
    noteProblem,
    failure,
  };
  return reply.page('configuration-change', data, failure || noteProblem ? 422 : 200);
}

/** The versions after it, the newest first: what a rollback undoes. */
async function listUndone({ store }: ConsoleDeps, code: string, version: number): Promise<VersionEntry[]> {
  const newest = await listVersions(store.db, { kind: 'agency', name: code }, 50);
  return newest.filter((one) => one.version > version);
}
