import { may } from '../../access/people/rights.ts';
import { listOpenProposals } from '../../configuration/changes/proposals.ts';
import { type DocumentKind, documentKinds } from '../../configuration/document.ts';
import { listDrafts } from '../../configuration/drafts.ts';
import { listVersions, type VersionEntry } from '../../configuration/versions.ts';
import type { Pages } from '../visit/console-context.ts';

const onPage = 30;

/** The configuration as a whole: what one has begun, what waits for a second person, and what was changed by whom. */
export const overviewPages: Pages = (app, { store }) => {
  app.get('/configuration', async (request, reply) => {
    const user = request.demand('see_configuration');
    const { until, kind, proposalsAfter } = request.asked();
    const before = until !== undefined && /^\d{1,18}$/.test(until) ? until : undefined;
    const of = documentKinds.find((one) => one === kind);
    const [drafts, waiting, found] = await Promise.all([
      may(user, 'configure') ? listDrafts(store, user.login) : [],
      listOpenProposals(store, proposalsAfter, onPage + 1),
      listVersions(store.db, { ...(of && { kind: of }), ...(before && { before }) }, onPage + 1),
    ]);
    const proposals = waiting.slice(0, onPage);
    const lastProposal = waiting.length > onPage ? proposals.at(-1) : undefined;
    const rows = found.slice(0, onPage);
    const last = found.length > onPage ? rows.at(-1) : undefined;
    const filter = of ? `kind=${of}&` : '';
    return reply.page('configurations', {
      drafts: drafts.map((draft) => ({ ...draft, to: toPage(draft) })),
      proposals: proposals.map(({ id, author, note, proposed_at: at, changes }) => ({
        id,
        author,
        note,
        at,
        changes,
      })),
      nextProposals: lastProposal ? `/configuration?proposalsAfter=${lastProposal.id}` : null,
      kinds: documentKinds,
      kind: of ?? '',
      versions: rows.map((row) => ({ ...row, to: toVersionPage(row) })),
      next: last ? `/configuration?${filter}until=${last.mark}` : null,
      first: before ? `/configuration?${filter}` : null,
    });
  });
};

interface Named {
  kind: DocumentKind;
  name: string;
}

/** Where a document is edited. */
function toPage({ kind, name }: Named): string {
  if (kind === 'agency') return `/agencies/${name}/configuration`;
  return kind === 'template' ? `/rules/templates/${name}` : `/rules/${kind}`;
}

/** Where a version is shown. */
const toVersionPage = ({ version, ...named }: VersionEntry): string => `${toPage(named)}/versions/${version}`;
