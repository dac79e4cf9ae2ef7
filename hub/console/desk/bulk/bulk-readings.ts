import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeAudit } from '../../../access/audit/audit.ts';
import { may, toReadingAgency } from '../../../access/people/rights.ts';
import { findContributed } from '../../../complaints/reading/search.ts';
import { withPersonal } from '../../../personal/with-personal.ts';
import { maskName } from '../../../words/mask-name.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toReader } from '../../visit/to-reader.ts';
import type { Ticked } from './bulk-form.ts';
import { exportCsv } from './export-csv.ts';

/** What is given out at once; every other act asks for more first. */
export const readings = ['print', 'csv'] as const;
type Reading = (typeof readings)[number];

/** Asks why the list is saved. The list that was ticked stays. */
export const askReason = (reply: FastifyReply, { rows, typed, to }: Ticked) =>
  reply.page(
    'bulk-reason',
    {
      numbers: rows.map(({ receiptNumber }) => receiptNumber),
      back: to,
      // The second time, nothing was typed.
      problem: typed.reason === undefined ? null : 'problem.required',
    },
    typed.reason === undefined ? 200 : 422,
  );

/** A list on paper or as a file. Whoever takes lists of persons out of the hub is noted, with the numbers alone. */
export async function giveOut(
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  request: FastifyRequest,
  reply: FastifyReply,
  reading: Reading,
  { rows, to, typed }: Ticked,
) {
  const user = request.signedIn();
  // An agency that only contributes to a complaint knows no person of it.
  const reader = toReadingAgency(user);
  const contributed =
    reader === undefined
      ? undefined
      : await findContributed(
          store.db,
          reader,
          rows.map(({ id }) => id),
        );
  const isMasked = (id: string) => !may(user, 'see_person') || contributed?.has(id) === true;
  const shown = rows.map((row) =>
    isMasked(row.id) ? { ...row, complainant: maskName(row.complainant) } : row,
  );
  await withPersonal(store, toReader(request), (opened, tell) => {
    for (const masked of [false, true])
      tell({
        ...(reading === 'csv'
          ? { act: 'export', purpose: 'exporting' }
          : { act: 'print', purpose: 'printing' }),
        subjects: rows.map(({ id }) => id).filter((id) => isMasked(id) === masked),
        items: ['name', 'text'],
        masked,
        reason: typed.reason ?? '',
      });
    return opened.db.transaction().execute((trx) =>
      writeAudit(trx, {
        ...{ actor: user.login, way: 'console', subject: `${rows.length} complaints` },
        action: reading === 'csv' ? 'complaints.exported' : 'complaints.printed',
        agency: user.agency ?? undefined,
        detail: { receiptNumbers: rows.map(({ receiptNumber }) => receiptNumber) },
      }),
    );
  });
  if (reading === 'print')
    return reply.page('bulk-print', {
      rows: shown,
      back: to,
    });
  const day = new Date().toISOString().slice(0, 10);
  return reply
    .type('text/csv; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="complaints-${day}.csv"`)
    .send(exportCsv(directory, shown, request.language()));
}
