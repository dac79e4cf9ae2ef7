import { toReason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { ConfigurationError, type ConfigurationProblem } from '../configuration-error.ts';
import { type ConfigurationDocument, type DocumentKey, keyOf } from '../document.ts';
import { readDocument } from '../read-document.ts';
import { findNewestMark, listInForce } from '../versions.ts';
import type { By, Change } from './change.ts';
import { checkWhole } from './check-together.ts';
import { compareDocuments, type DocumentChange } from './difference.ts';
import type { ChangeRules } from './plan-change.ts';
import { changeConfiguration } from './proposals.ts';

/** The text of one document of a whole configuration. */
export type GivenDocument = DocumentKey & { source: string };

/** What became, or would become, of a whole configuration. */
export interface WholeChanged {
  changes: DocumentChange[];
  /** The id of the proposal that waits for a second person. */
  proposed?: string;
}

interface PlannedWhole {
  changes: DocumentChange[];
  wanted: Change[];
}

/** How often a whole configuration is compared anew because somebody changed a document at the same moment. */
const mostTurns = 3;

/**
 * Brings a whole configuration into force: what is not among the documents is removed. All or none are changed. The way
 * of a pipeline, as `hub config apply` is that of the server itself. `isExpected` is asked about the mark of the newest
 * version. Errors: ConfigurationError `invalid` (with every problem), `in-use`, `moved`.
 */
export async function changeWhole(
  store: Store,
  rules: ChangeRules,
  given: readonly GivenDocument[],
  by: By,
  isExpected: (mark: string) => boolean = () => true,
): Promise<WholeChanged> {
  for (let turn = 1; ; turn += 1) {
    if (!isExpected(await findNewestMark(store.db)))
      throw new ConfigurationError('moved', 'the configuration was changed by somebody');
    const { changes, wanted } = await compareWhole(store, given);
    if (changes.length === 0) return { changes };
    try {
      const done = await changeConfiguration(store, rules, wanted, by);
      return 'proposed' in done ? { changes, proposed: done.proposed } : { changes: done.applied };
    } catch (error) {
      const isMoved = error instanceof ConfigurationError && error.kind === 'moved';
      if (!isMoved || turn === mostTurns) throw error;
    }
  }
}

/** What {@link changeWhole} would do. Errors: ConfigurationError `invalid`. */
export async function planWhole(store: Store, given: readonly GivenDocument[]): Promise<DocumentChange[]> {
  return (await compareWhole(store, given)).changes;
}

async function compareWhole(
  { db }: Pick<Store, 'db'>,
  given: readonly GivenDocument[],
): Promise<PlannedWhole> {
  const documents = readAll(given);
  const inForce = await listInForce(db);
  const versions = new Map(inForce.map((document) => [keyOf(document), document.version]));
  const changes = compareDocuments(inForce, documents);
  // A document that somebody changes between this look and the change is noticed by its version.
  const wanted = changes.map(({ kind, name, source = null }) => {
    const base = versions.get(keyOf({ kind, name })) ?? 0;
    return { kind, name, source, base };
  });
  return { changes, wanted };
}

function readAll(given: readonly GivenDocument[]): ConfigurationDocument[] {
  const problems: ConfigurationProblem[] = [];
  const known = new Set<string>();
  const documents = given.map(({ kind, name, source }) => {
    const read = readDocument({ kind, name }, source);
    problems.push(...read.problems);
    if (known.has(keyOf({ kind, name })))
      problems.push({ document: { kind, name }, pointer: '', reason: toReason('document_twice') });
    known.add(keyOf({ kind, name }));
    return read.document;
  });
  if (!given.some(({ kind }) => kind === 'routing'))
    problems.push({
      document: { kind: 'routing', name: 'routing' },
      pointer: '',
      reason: toReason('file_missing'),
    });
  if (documents.length === known.size) problems.push(...checkWhole(documents));
  if (problems.length === 0) return documents;
  throw new ConfigurationError('invalid', 'the configuration is not usable', problems);
}
