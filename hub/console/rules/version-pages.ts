import { toRollback } from '../../configuration/changes/apply.ts';
import { planRollback } from '../../configuration/changes/plan-change.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { findVersion, listVersions } from '../../configuration/versions.ts';
import { PageError } from '../../web/page-error.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import type { DeskDocument } from './desk-document.ts';
import { openers } from './openers.ts';
import { toRules, toShownPlan, tryToApply } from './review-pages.ts';

const versionsOnPage = 30;

/** Who changed a document when and why, and bringing an earlier version back. */
export const versionPages: Pages = (app, deps) => {
  const { store } = deps;
  for (const { path, open } of openers) {
    app.get(`${path}/versions`, async (request, reply) => {
      request.demand('see_configuration');
      const document = await open(deps, request);
      const upTo = /^\d{1,18}$/.exec(request.asked().upto ?? '')?.[0];
      const { kind, name } = document;
      const found = await listVersions(
        store.db,
        { kind, name, ...(upTo && { before: upTo }) },
        versionsOnPage + 1,
      );
      const versions = found.slice(0, versionsOnPage);
      return reply.page('rules-versions', {
        document,
        versions,
        further: found.length > versionsOnPage ? (versions.at(-1)?.mark ?? null) : null,
        isFirst: upTo === undefined,
      });
    });

    app.get(`${path}/versions/:version`, async (request, reply) => {
      request.demand('see_configuration');
      const version = toVersion(request.params);
      return reply.page('rules-rollback', await toData(deps, await open(deps, request), version));
    });

    app.post(`${path}/versions/:version`, async (request, reply) => {
      const user = request.demand('configure');
      const document = await open(deps, request);
      const version = toVersion(request.params);
      const { note = '', base } = request.typed();
      const again = async (problem: string) =>
        reply.page('rules-rollback', { ...(await toData(deps, document, version)), note, problem }, 422);
      if (note === '') return again('problem.required');
      const change = {
        ...(await find(() => toRollback(store, { ...document, version }))),
        base: Number(base),
      };
      const outcome = await tryToApply(deps, [change], { author: user.login, way: 'console', note });
      if (outcome === undefined) return again('problem.not_applied');
      deps.log.info(
        { user: user.id, kind: document.kind, name: document.name, version },
        'rules rolled back',
      );
      return reply.redirect(toLocalPath(`${document.path}/versions?done=${outcome}`), 303);
    });
  }
};

function toVersion(params: unknown): number {
  const version = Number((params as { version: string }).version);
  if (!Number.isInteger(version) || version < 1 || version > 2 ** 31 - 1) throw new PageError('not_found');
  return version;
}

/** A version that is not there has no page. */
async function find<Found>(read: () => Promise<Found>): Promise<Found> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ConfigurationError && error.kind === 'unknown') throw new PageError('not_found');
    throw error;
  }
}

async function toData({ store, settings }: ConsoleDeps, document: DeskDocument, version: number) {
  const { kind, name, inForce } = document;
  const target = { kind, name, version };
  const plan = await find(() => planRollback(store, target, toRules(settings)));
  const found = await findVersion(store.db, target);
  return {
    document,
    version,
    author: found?.author ?? '',
    appliedAt: found?.appliedAt ?? null,
    isCurrent: inForce?.version === version,
    source: found?.body === null ? null : (found?.source ?? null),
    plan: toShownPlan(plan, { kind, source: found?.body === null ? null : (found?.source ?? null) }),
    note: '',
    problem: null,
  };
}
