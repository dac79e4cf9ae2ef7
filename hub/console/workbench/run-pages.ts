import type { Agency } from '../../../schemas/index.ts';
import { may } from '../../access/people/rights.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { findInForce } from '../../configuration/versions.ts';
import type { DifferenceKind } from '../../exchange/workbench/compare-mapped.ts';
import {
  cancelRun,
  findRun,
  listRuns,
  mostDifferences,
  mostItems,
  type Run,
} from '../../exchange/workbench/runs.ts';
import { listDifferences } from '../../exchange/workbench/stored-items.ts';
import { withPersonal } from '../../personal/with-personal.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';
import { codeOf, readWorkingDraft } from './working-draft.ts';

const kinds: DifferenceKind[] = ['broken', 'changed', 'mended', 'failing'];
const usual = 10_000;

/** What a draft would have made of what the board gave before: runs in the background, and their differences. */
export const runPages: Pages = (app, deps) => {
  const { store, workbench, log } = deps;

  app.get('/agencies/:code/workbench/runs', async (request, reply) => {
    const user = request.demand('see_configuration');
    const code = codeOf(request);
    const working = may(user, 'configure') ? await readWorkingDraft(deps, user, code) : undefined;
    return reply.page('workbench-runs', {
      code,
      isDraft: working?.isDraft ?? false,
      hasBoard: working ? working.agency !== undefined : true,
      wrong: working?.problems.length ?? 0,
      runs: (await listRuns(store, code)).map(toShownRun),
      most: usual,
      largest: mostItems,
    });
  });

  app.post('/agencies/:code/workbench/runs', async (request, reply) => {
    const user = request.demand('configure');
    const code = codeOf(request);
    const back = (done: string) => reply.redirect(`/agencies/${code}/workbench/runs?done=${done}`, 303);
    const { agency, problems } = await readWorkingDraft(deps, user, code);
    if (!agency || problems.length > 0) return back('workbench_draft_wrong');
    const most = Number(request.typed().most);
    if (!Number.isSafeInteger(most) || most < 1 || most > mostItems) return back('workbench_most');
    const stored = await findInForce(store.db, { kind: 'agency', name: code });
    const inForce = stored?.body as Agency | undefined;
    const id = await workbench.start({ draft: agency, inForce, most, by: user.login });
    if (id) log.info({ user: user.id, agency: code, run: id }, 'a draft is tried on what the board gave');
    return back(id ? 'workbench_started' : 'workbench_running');
  });

  app.post('/agencies/:code/workbench/runs/:id/cancel', async (request, reply) => {
    request.demand('configure');
    const code = codeOf(request);
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    const isOver = await cancelRun(store, code, id);
    const done = isOver ? 'workbench_cancelled' : 'workbench_over';
    return reply.redirect(`/agencies/${code}/workbench/runs?done=${done}`, 303);
  });

  app.get('/agencies/:code/workbench/runs/:id', async (request, reply) => {
    const user = request.demand('see_configuration');
    const code = codeOf(request);
    const id = toUuid((request.params as { id: string }).id);
    const run = id && (await findRun(store, code, id));
    if (!run) throw new PageError('not_found');
    const asked = request.asked();
    return reply.page('workbench-run', {
      code,
      ...(await withPersonal(store, toReader(request), async (opened, tell) => {
        const seesPersons = may(user, 'see_person');
        const shown = await toDifferences({ store: opened }, run, asked, seesPersons);
        const subjects = shown.rows.map((row) => row.id);
        tell({ act: 'list', purpose: 'configuring', subjects, items: ['raw'], masked: !seesPersons });
        return shown;
      })),
    });
  });
};

async function toDifferences(
  { store }: Pick<ConsoleDeps, 'store'>,
  run: NonNullable<Awaited<ReturnType<typeof findRun>>>,
  asked: Record<string, string>,
  seesPersons: boolean,
) {
  const kind = kinds.find((one) => one === asked.kind);
  const page = await listDifferences(store, run, { kind, before: toUuid(asked.after), seesPersons });
  const address = (more: Record<string, string>) =>
    `/agencies/${run.agency}/workbench/runs/${run.id}?${new URLSearchParams({ ...(kind && { kind }), ...more })}`;
  return {
    run: toShownRun(run),
    kinds,
    kind: kind ?? '',
    seesPersons,
    isPart: run.changed + run.mended + run.broken + run.failing > mostDifferences,
    kept: mostDifferences,
    rows: page.rows.map(({ changes, ...row }) => ({
      ...row,
      changes: changes.map(({ pointer, before = null, after = null }) => ({ pointer, before, after })),
    })),
    pager: {
      previous: null,
      first: asked.after ? address({}) : null,
      next: page.next ? address({ after: page.next }) : null,
    },
  };
}

/** With its fields, the most frequent first. */
const toShownRun = (run: Run) => ({
  ...run,
  fields: Object.entries(run.fields)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([pointer, n]) => ({ pointer, n })),
});
