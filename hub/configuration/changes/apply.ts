import { sql, type Transaction } from 'kysely';
import type { Agency } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { ConfigurationError, type ConfigurationProblem } from '../configuration-error.ts';
import type { ConfigurationDocument, DocumentKey } from '../document.ts';
import { validateFolder } from '../folder.ts';
import { readDocument } from '../read-document.ts';
import { findInForce, findVersion, listInForce, toSource } from '../versions.ts';
import type { By, Change } from './change.ts';
import { checkTogether, type Replacement } from './check-together.ts';
import { compareDocument, compareDocuments, type DocumentChange } from './difference.ts';
import { writeChanges } from './write-changes.ts';

export type { By, Change } from './change.ts';

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
  { note = '', way = 'command' }: Partial<By> = {},
): Promise<DocumentChange[]> {
  const wanted = await readValid(folder);
  return changeInTurn(store, async (trx) => {
    const changes = compareDocuments(await listInForce(trx), wanted);
    await writeChanges(trx, changes, { author, way, note });
    return changes;
  });
}

/**
 * Brings the texts into force, each as a new version, or takes documents out of force. All or none are applied, and a
 * text that is in force already makes no version. Errors: ConfigurationError `invalid` (with every problem), `in-use`,
 * `moved` (a document is not at the version any more that `base` says).
 */
export async function applyChanges(store: Store, changes: Change[], by: By): Promise<DocumentChange[]> {
  return changeInTurn(store, (trx) => applyIn(trx, changes, by));
}

/**
 * {@link applyChanges} inside a transaction of {@link changeInTurn}. `secondPerson` agreed to it.
 */
export async function applyIn(
  trx: Transaction<Tables>,
  changes: Change[],
  by: By & { secondPerson?: string },
): Promise<DocumentChange[]> {
  const found: DocumentChange[] = [];
  const problems: ConfigurationProblem[] = [];
  const replaced: Replacement[] = [];
  for (const { kind, name, source, base } of changes) {
    const inForce = await findInForce(trx, { kind, name });
    if (base !== undefined && base !== (inForce?.version ?? 0))
      throw new ConfigurationError(
        'moved',
        `${kind} ${name} was changed by ${inForce?.author ?? 'somebody'}`,
      );
    const document = source === null ? undefined : readInto({ kind, name }, source, problems);
    replaced.push({ kind, name, document });
    const change = document || inForce ? compareDocument(inForce, document) : undefined;
    if (change) found.push(change);
  }
  if (problems.length === 0 && found.length > 0) problems.push(...(await checkTogether(trx, replaced)));
  if (problems.length > 0) throw new ConfigurationError('invalid', toInvalid(changes), problems);
  await writeChanges(trx, found, by);
  return found;
}

/**
 * Brings an earlier version of one document into force again, as a new version. It is checked against the documents in
 * force now. Errors: ConfigurationError `unknown`, `invalid`, `in-use`.
 */
export async function rollbackConfiguration(
  store: Store,
  target: DocumentKey & { version: number },
  author: string,
  { note = '', way = 'command', base }: Partial<By> & { base?: number } = {},
): Promise<DocumentChange[]> {
  const change = await toRollback(store, target);
  return applyChanges(store, [{ ...change, base }], { author, way, note });
}

/** The change that brings an earlier version back. Errors: ConfigurationError `unknown`. */
export async function toRollback(
  store: Store,
  { kind, name, version }: DocumentKey & { version: number },
): Promise<Change> {
  const found = await findVersion(store.db, { kind, name, version });
  if (!found) throw new ConfigurationError('unknown', `there is no version ${version} of ${kind} ${name}`);
  return { kind, name, source: found.body === null ? null : found.source };
}

/** Brings one more agency into force. Everything else stays as it is. Errors: ConfigurationError `taken`, `invalid`. */
export async function addAgency(
  store: Store,
  agency: Agency,
  author: string,
  { note = '', way = 'command' }: Partial<By> = {},
): Promise<void> {
  await orTaken(agency, applyChanges(store, [toAddition(agency)], { author, way, note }));
}

/** The change that adds an agency which is not there yet. */
export const toAddition = (agency: Agency): Change => ({
  kind: 'agency',
  name: agency.code,
  source: toSource(agency),
  base: 0,
});

/** An addition that was refused because there is such an agency. Errors: ConfigurationError `taken`, and others as they are. */
export async function orTaken<Result>({ code }: Agency, adding: Promise<Result>): Promise<Result> {
  try {
    return await adding;
  } catch (error) {
    if (!(error instanceof ConfigurationError) || error.kind !== 'moved') throw error;
    throw new ConfigurationError('taken', `there is an agency ${code} already`);
  }
}

/** Does it in one transaction. Two changes of the configuration take turns. */
export function changeInTurn<Result>(
  store: Store,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return store.db.transaction().execute(async (trx) => {
    await sql`lock table configurations in share row exclusive mode`.execute(trx);
    return work(trx);
  });
}

async function readValid(folder: string): Promise<ConfigurationDocument[]> {
  const { documents, problems } = await validateFolder(folder);
  if (problems.length === 0) return documents;
  throw new ConfigurationError('invalid', `${folder} is not usable`, problems);
}

function readInto(key: DocumentKey, source: string, problems: ConfigurationProblem[]): ConfigurationDocument {
  const read = readDocument(key, source);
  problems.push(...read.problems);
  return read.document;
}

const toInvalid = (changes: Change[]) =>
  `${changes.map(({ kind, name }) => `${kind} ${name}`).join(', ')} would not be usable`;
