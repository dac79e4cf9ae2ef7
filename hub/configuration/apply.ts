import { type RawBuilder, sql, type Transaction } from 'kysely';
import { type Agency, owingStatuses } from '../../schemas/index.ts';
import type { Store } from '../store/database.ts';
import { toLiterals } from '../store/literals.ts';
import { signalChannels } from '../store/signals/signal-channels.ts';
import { tryCredentialsAgain } from '../store/states/board-state.ts';
import type { Tables } from '../store/tables/tables.ts';
import { ConfigurationError } from './configuration-error.ts';
import { compareDocuments, type DocumentChange } from './difference.ts';
import { type ConfigurationDocument, checkDocument, checkReferences, type DocumentKind } from './document.ts';
import { validateFolder } from './folder.ts';
import { findBody, listInForce } from './versions.ts';

/** What applying the folder would change. Errors: ConfigurationError `invalid`. */
export async function diffConfiguration(store: Store, folder: string): Promise<DocumentChange[]> {
  return compareDocuments(await listInForce(store.db), await readValid(folder));
}

/**
 * Brings the folder into force: a new version of each document that changed, and nothing for the others. All or none
 * are applied. Errors: ConfigurationError `invalid` (with every problem) or `in-use` (an agency to be removed still has
 * work).
 */
export async function applyConfiguration(
  store: Store,
  folder: string,
  author: string,
): Promise<DocumentChange[]> {
  const wanted = await readValid(folder);
  return changeInForce(store, author, () => Promise.resolve(wanted));
}

/**
 * Brings an earlier version of one document into force again, as a new version. It is checked against the documents in
 * force now. Errors: ConfigurationError `unknown`, `invalid`, `in-use`.
 */
export async function rollbackConfiguration(
  store: Store,
  target: { kind: DocumentKind; name: string; version: number },
  author: string,
): Promise<DocumentChange[]> {
  const { kind, name, version } = target;
  return changeInForce(store, author, async (trx, inForce) => {
    const body = await findBody(trx, target);
    if (body === undefined)
      throw new ConfigurationError('unknown', `there is no version ${version} of ${kind} ${name}`);
    const others = inForce.filter((document) => document.kind !== kind || document.name !== name);
    const wanted = body === null ? others : [...others, { kind, name, body }];
    refuseInvalid(wanted, target);
    return wanted;
  });
}

/** Brings one more agency into force. Everything else stays as it is. Errors: ConfigurationError `taken`, `invalid`. */
export async function addAgency(store: Store, agency: Agency, author: string): Promise<void> {
  await changeInForce(store, author, async (_trx, inForce) => {
    const added = { kind: 'agency', name: agency.code, body: agency } as const;
    if (inForce.some(({ kind, name }) => kind === 'agency' && name === agency.code))
      throw new ConfigurationError('taken', `there is an agency ${agency.code} already`);
    const wanted = [...inForce, added];
    refuseInvalid(wanted, added);
    return wanted;
  });
}

async function readValid(folder: string): Promise<ConfigurationDocument[]> {
  const { documents, problems } = await validateFolder(folder);
  if (problems.length === 0) return documents;
  throw new ConfigurationError('invalid', `${folder} is not usable`, problems);
}

function refuseInvalid(documents: ConfigurationDocument[], changed: { kind: string; name: string }): void {
  const own = documents.filter(({ kind, name }) => kind === changed.kind && name === changed.name);
  const found = [
    ...own.flatMap((document) => checkDocument(document).map((problem) => ({ document, problem }))),
    ...checkReferences(documents),
  ];
  if (found.length === 0) return;
  const problems = found.map(({ document: { kind, name }, problem }) => ({
    document: { kind, name },
    ...problem,
  }));
  throw new ConfigurationError('invalid', `${changed.kind} ${changed.name} would not be usable`, problems);
}

/** Makes `wanted` the documents in force, in one transaction. Two such changes take turns. */
async function changeInForce(
  store: Store,
  author: string,
  want: (trx: Transaction<Tables>, inForce: ConfigurationDocument[]) => Promise<ConfigurationDocument[]>,
): Promise<DocumentChange[]> {
  return store.db.transaction().execute(async (trx) => {
    await sql`lock table configurations in share row exclusive mode`.execute(trx);
    const inForce = await listInForce(trx);
    const changes = compareDocuments(inForce, await want(trx, inForce));
    for (const change of changes) {
      if (change.change === 'removed' && change.kind === 'agency') await refuseInUse(trx, change.name);
      await writeVersion(trx, change, author);
      if (change.kind === 'agency') await tryCredentialsAgain(trx, change.name);
    }
    if (changes.length > 0) await sql`select pg_notify(${signalChannels.configuration}, '')`.execute(trx);
    return changes;
  });
}

async function writeVersion(trx: Transaction<Tables>, change: DocumentChange, author: string): Promise<void> {
  const { kind, name, body } = change;
  const latest = trx
    .selectFrom('configurations')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('version'))
    .where('kind', '=', kind)
    .where('name', '=', name);
  const { version } = await latest.executeTakeFirstOrThrow();
  await trx
    .insertInto('configurations')
    .values({ kind, name, version: version + 1, body: toJson(body), author })
    .execute();
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
