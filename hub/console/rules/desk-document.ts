import { createHash } from 'node:crypto';
import { planChange } from '../../configuration/changes/plan-change.ts';
import type { ConfigurationProblem } from '../../configuration/configuration-error.ts';
import type { DocumentKind } from '../../configuration/document.ts';
import { discardDraft, findDraft, listDrafts, saveDraft } from '../../configuration/drafts.ts';
import { findInForce, type StoredDocument } from '../../configuration/versions.ts';
import type { Store } from '../../store/database.ts';

/** A document as one person edits it. */
export interface DeskDocument {
  kind: DocumentKind;
  name: string;
  /** Its page. */
  path: string;
  /** The person's draft, or else what is in force, or else what holds where nothing is. */
  source: string;
  isDraft: boolean;
  /** When the draft was changed last. */
  changedAt: Date | null;
  /** The version on which the draft was begun, or that is in force. 0: none. */
  base: number;
  inForce: Pick<StoredDocument, 'version' | 'source' | 'author' | 'appliedAt'> | null;
  /** What holds where nothing is in force: the hub's own text of a template. */
  fallback: string;
  /** Changes with the text, so that a form of a page that is out of date is not applied to another text. */
  mark: string;
}

/** Which document. `name` is the kind again unless given. */
export interface DeskKey {
  kind: DocumentKind;
  name?: string;
  fallback?: string;
}

/** `person`: the login. */
export async function openDocument(
  store: Store,
  person: string,
  { kind, name = kind, fallback = '' }: DeskKey,
): Promise<DeskDocument> {
  const [inForce, draft] = await Promise.all([
    findInForce(store.db, { kind, name }),
    findDraft(store, person, kind, name),
  ]);
  const source = draft?.source ?? inForce?.source ?? fallback;
  return {
    kind,
    name,
    path: kind === 'template' ? `/rules/templates/${name}` : `/rules/${kind}`,
    source,
    isDraft: draft !== undefined,
    changedAt: draft?.changedAt ?? null,
    base: draft?.base ?? inForce?.version ?? 0,
    inForce: inForce ?? null,
    fallback,
    mark: createHash('sha256').update(source).digest('base64url').slice(0, 16),
  };
}

/** Keeps the text as the person's draft. The text that holds already is no draft: then the draft goes. */
export async function keepDraft(
  store: Store,
  person: string,
  { kind, name, base, inForce, fallback }: DeskDocument,
  source: string,
): Promise<void> {
  const isCurrent = base === (inForce?.version ?? 0);
  if (isCurrent && source === (inForce?.source ?? fallback)) await discardDraft(store, person, kind, name);
  else await saveDraft(store, { person, kind, name, base, source });
}

/** What is wrong with the draft, if it were applied. What is in force is good, or was when it was applied. */
export async function findProblems(
  store: Store,
  { kind, name, source, base, isDraft }: DeskDocument,
): Promise<ConfigurationProblem[]> {
  return isDraft ? (await planChange(store, { kind, name, source, base })).problems : [];
}

/** The names of the documents of a kind of which the person has a draft. */
export async function listDraftNames(store: Store, person: string, kind: DocumentKind): Promise<string[]> {
  const drafts = await listDrafts(store, person);
  return drafts.filter((draft) => draft.kind === kind).map(({ name }) => name);
}
