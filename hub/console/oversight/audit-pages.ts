import { type AuditEntry, readAuditPage } from '../../access/audit/audit.ts';
import type { Typed } from '../../web/forms.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';

/** Who changed what, newest first, whichever way the change came. */
export const auditPages: Pages = (app, { store, directory }) => {
  app.get('/audit', async (request, reply) => {
    request.demand('see_audit');
    const asked = request.asked();
    const page = await readAuditPage(store, toFilter(asked), asked);
    return reply.page('audit', {
      rows: page.rows.map(toRow),
      pager: toPager('/audit', asked, page),
      asked: { agency: '', actor: '', ...asked },
      agencies: directory.listAgencies().map(({ code }) => code),
    });
  });
};

const toFilter = ({ agency, actor, action }: Typed) => ({
  agency: agency || undefined,
  actor: actor?.trim() || undefined,
  action: action || undefined,
});

/** Each part of the detail on a line of its own, in the order in which it was written. */
function toRow({ detail, ...entry }: AuditEntry) {
  const parts = typeof detail === 'object' && detail !== null ? Object.entries(detail) : [];
  return { ...entry, details: parts.map(([name, value]) => ({ name, value: toText(value) })) };
}

const isChangedPlace = (value: unknown): value is { path: string } =>
  typeof value === 'object' && value !== null && 'path' in value;

function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(toText).join(', ');
  if (isChangedPlace(value)) return value.path;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
