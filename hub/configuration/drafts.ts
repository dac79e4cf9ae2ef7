import type { Store } from '../store/database.ts';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';
import type { DocumentKind } from './document.ts';
import { readDocument } from './read-document.ts';
import { hideSecrets } from './secrecy/hide-secrets.ts';
import { findInForce } from './versions.ts';
import { findSizeProblem } from './yaml/yaml-limits.ts';

/** What a person has begun to write and not applied. */
export interface Draft {
  /** The login. */
  person: string;
  kind: DocumentKind;
  name: string;
  /** The version in force when it was begun; 0: there was none. */
  base: number;
  source: string;
  changedAt: Date;
}

type DraftKey = Pick<Draft, 'person' | 'kind' | 'name'>;

/**
 * Keeps a draft, good or not: one for each person and document. A secret in the clear is left out of what is kept, and
 * its places are returned. Errors: ConfigurationError `invalid` for a text that is too large or cannot be stored.
 */
export async function saveDraft(
  { db }: Pick<Store, 'db'>,
  { person, kind, name, base, source }: Omit<Draft, 'changedAt'>,
): Promise<ConfigurationProblem[]> {
  const refused = findSizeProblem(source);
  if (refused)
    throw new ConfigurationError('invalid', `the draft of ${kind} ${name} cannot be kept`, [
      { document: { kind, name }, pointer: '', column: 1, ...refused },
    ]);
  const read = readDocument({ kind, name }, source);
  const kept = hideSecrets(source, read, '');
  const draft = { base, source: kept, changed_at: new Date() };
  await db
    .insertInto('configuration_drafts')
    .values({ person, kind, name, ...draft })
    .onConflict((conflict) => conflict.columns(['person', 'kind', 'name']).doUpdateSet(draft))
    .execute();
  return read.secrets;
}

const columns = ['person', 'kind', 'name', 'base', 'source', 'changed_at as changedAt'] as const;

export async function findDraft(
  { db }: Pick<Store, 'db'>,
  person: string,
  kind: DocumentKind,
  name: string,
): Promise<Draft | undefined> {
  return toOne(db, { person, kind, name }).executeTakeFirst();
}

const toOne = (db: Store['db'], { person, kind, name }: DraftKey) =>
  db
    .selectFrom('configuration_drafts')
    .select(columns)
    .where('person', '=', person)
    .where('kind', '=', kind)
    .where('name', '=', name);

/** What a person goes on with: the draft, or else what is in force. */
export interface WorkingText {
  draft: Draft | undefined;
  source: string;
  /** The version on which the draft was begun, or that is in force. */
  base: number;
}

/** Undefined: there is neither. An older hub took secrets in the clear: they are left out, and shown to nobody. */
export async function findWorkingText(
  store: Pick<Store, 'db'>,
  person: string,
  kind: DocumentKind,
  name: string,
): Promise<WorkingText | undefined> {
  const draft = await findDraft(store, person, kind, name);
  if (draft) return { draft, source: draft.source, base: draft.base };
  const inForce = await findInForce(store.db, { kind, name });
  if (!inForce) return undefined;
  const source = hideSecrets(inForce.source, readDocument({ kind, name }, inForce.source), '');
  return { draft, source, base: inForce.version };
}

/** A person's drafts, at most 200, the newest first. */
export async function listDrafts({ db }: Pick<Store, 'db'>, person: string): Promise<Draft[]> {
  return db
    .selectFrom('configuration_drafts')
    .select(columns)
    .where('person', '=', person)
    .orderBy('changed_at', 'desc')
    .limit(200)
    .execute();
}

export async function discardDraft(
  { db }: Pick<Store, 'db'>,
  person: string,
  kind: DocumentKind,
  name: string,
): Promise<void> {
  await db
    .deleteFrom('configuration_drafts')
    .where('person', '=', person)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .execute();
}
