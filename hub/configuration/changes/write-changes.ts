import { type RawBuilder, sql, type Transaction } from 'kysely';
import { owingStatuses } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import { toLiterals } from '../../store/literals.ts';
import { signalChannels } from '../../store/signals/signal-channels.ts';
import { tryCredentialsAgain } from '../../store/states/board-state.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { noteSwitch } from '../stages/stage-switches.ts';
import type { By } from './change.ts';
import type { DocumentChange } from './difference.ts';

/** The most places of a document that an audit entry lists. */
const mostPaths = 100;

/**
 * Writes the versions, an audit entry for each, and the signal to all processes. The changes were checked. Errors:
 * ConfigurationError `in-use`.
 */
export async function writeChanges(
  trx: Transaction<Tables>,
  changes: DocumentChange[],
  by: By & { secondPerson?: string },
): Promise<void> {
  for (const change of changes) {
    const { kind, name } = change;
    if (change.change === 'removed' && kind === 'agency') await refuseInUse(trx, name);
    const version = await writeVersion(trx, change, by);
    await writeAudit(trx, {
      actor: by.author,
      way: by.way,
      action: `configuration.${change.change}`,
      subject: `${kind} ${name}`,
      agency: kind === 'agency' ? name : undefined,
      detail: {
        version,
        ...(by.note && { note: by.note }),
        ...(by.key && { key: by.key }),
        ...(change.paths.length > 0 && { paths: change.paths.slice(0, mostPaths) }),
        ...(by.secondPerson && { secondPerson: by.secondPerson }),
      },
    });
    const isTextOnly = change.change === 'changed' && change.paths.length === 0;
    if (kind === 'agency' && !isTextOnly) await tryCredentialsAgain(trx, name);
    if (kind === 'agency') await noteSwitch(trx, { ...by, name, body: change.body, version });
  }
  if (changes.length > 0) await sql`select pg_notify(${signalChannels.configuration}, '')`.execute(trx);
}

async function writeVersion(trx: Transaction<Tables>, change: DocumentChange, by: By): Promise<number> {
  const { kind, name, body, source = null } = change;
  const latest = await trx
    .selectFrom('configurations')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('version'))
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('configurations')
    .set({ superseded: true })
    .where('kind', '=', kind)
    .where('name', '=', name)
    .where('superseded', '=', false)
    .execute();
  const { author, way, note } = by;
  const version = latest.version + 1;
  await trx
    .insertInto('configurations')
    .values({ kind, name, version, body: toJson(body), source, author, way, note })
    .execute();
  return version;
}

/** A missing body is SQL's null, which marks a removal. */
function toJson(body: unknown): RawBuilder<unknown> | null {
  return body === undefined ? null : sql`${JSON.stringify(body)}::jsonb`;
}

/** An agency may leave if nothing waits for it: no complaint to answer, and nothing to bring to its board. */
async function refuseInUse(trx: Transaction<Tables>, code: string): Promise<void> {
  const { rows } = await sql<{ unanswered: number; undelivered: number }>`
    select
      (select count(*)::int from complaints where assignee = ${code}
        and status in (${sql.raw(toLiterals(owingStatuses))})) as unanswered,
      (select count(*)::int from links where agency = ${code}
        and (state = 'parked' or state = 'open' and held < due)) as undelivered`.execute(trx);
  const { unanswered = 0, undelivered = 0 } = rows[0] ?? {};
  if (unanswered + undelivered === 0) return;
  throw new ConfigurationError(
    'in-use',
    `agency ${code} cannot be removed: ${unanswered} complaints wait for its answer, ${undelivered} wait to be brought to its board`,
  );
}
