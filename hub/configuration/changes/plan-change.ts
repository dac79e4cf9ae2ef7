import { findAt, toSegment, toSegments } from '../../../schemas/json-pointer.ts';
import type { Store } from '../../store/database.ts';
import type { ConfigurationProblem } from '../configuration-error.ts';
import type { DocumentKey } from '../document.ts';
import { type ReadDocument, readDocument } from '../read-document.ts';
import { isHidden } from '../secrecy/find-secrets.ts';
import { hideSecrets } from '../secrecy/hide-secrets.ts';
import { findInForce, findVersion, type StoredDocument } from '../versions.ts';
import { toRollback } from './apply.ts';
import type { Change } from './change.ts';
import { checkTogether } from './check-together.ts';
import { type ChangedLine, compareLines, mergeTexts } from './compare-lines.ts';
import { comparePlaces, isBranch, type PlaceChange } from './difference.ts';

/** What is shown in place of a secret. */
export const hidden = '••••••';
/** The most characters of a value in words. */
const mostShown = 200;

/** One place of the document, in words. Absent: there is no value, or it has no words. */
interface PlannedPlace extends PlaceChange {
  before?: string;
  after?: string;
}

/** What a change would do, told before it is done. */
export interface PlannedChange {
  /** Empty: it may be applied. */
  problems: ConfigurationProblem[];
  inForce: Pick<StoredDocument, 'version' | 'source' | 'author' | 'appliedAt'> | undefined;
  /** The values that change. Secrets are never shown. */
  places: PlannedPlace[];
  /** The texts line by line. Secrets are never shown. */
  lines: ChangedLine[];
  /** Somebody applied another version since `base`. */
  moved?: {
    by: string;
    at: Date;
    version: number;
    /** The draft with the other's changes. Undefined: both changed the same lines. */
    merged: string | undefined;
    /** JSON pointers in the draft of what both changed; `line 12` in a template. */
    conflicts: string[];
  };
  needsSecondPerson: boolean;
}

/** Rules of this hub (hub/settings.ts). */
export interface ChangeRules {
  /** CONFIG_FOUR_EYES */
  fourEyes: boolean;
}

/** Tells what applying the text would do, beside what is in force now. Nothing is changed. */
export async function planChange(
  { db }: Pick<Store, 'db'>,
  { kind, name, source, base }: Change,
  { fourEyes }: ChangeRules = { fourEyes: false },
): Promise<PlannedChange> {
  const key = { kind, name };
  const inForce = await findInForce(db, key);
  const before = inForce && readDocument(key, inForce.source);
  const after = source === null ? undefined : readDocument(key, source);
  const problems = [...(after?.problems ?? [])];
  if (problems.length === 0 && (after || inForce))
    problems.push(...(await checkTogether(db, [{ ...key, document: after?.document }])));
  const moved = await findMove(db, { ...key, base }, inForce, after);
  return {
    problems,
    inForce: inForce && toShown(inForce),
    places: planPlaces(before, after),
    lines: compareLines(toText(before), toText(after)),
    ...(moved && { moved }),
    needsSecondPerson: fourEyes,
  };
}

/**
 * Tells what bringing an earlier version back would undo. Its problems say when it cannot come back, for example because
 * its adapter is gone. Errors: ConfigurationError `unknown`.
 */
export async function planRollback(
  store: Store,
  target: DocumentKey & { version: number },
  rules?: ChangeRules,
): Promise<PlannedChange> {
  return planChange(store, await toRollback(store, target), rules);
}

/** Tells what lies between two texts of one document, in words and in lines. Pure. */
export function compareSources(
  key: DocumentKey,
  before: string | undefined,
  after: string | undefined,
): Pick<PlannedChange, 'places' | 'lines'> {
  const [old, fresh] = [before, after].map((source) =>
    source === undefined ? undefined : readDocument(key, source),
  );
  return { places: planPlaces(old, fresh), lines: compareLines(toText(old), toText(fresh)) };
}

const toShown = ({ version, source, author, appliedAt }: StoredDocument) => ({
  version,
  source,
  author,
  appliedAt,
});

/** The text as it may be shown. */
function toText(read: ReadDocument | undefined): string {
  return read ? hideSecrets(read.document.source, read, hidden) : '';
}

function planPlaces(before: ReadDocument | undefined, after: ReadDocument | undefined): PlannedPlace[] {
  const [old, fresh] = [before?.document, after?.document];
  if (old?.kind === 'template' || fresh?.kind === 'template') return [];
  const secrets = new Set(
    [...(before?.secrets ?? []), ...(after?.secrets ?? [])].map(({ pointer }) => pointer),
  );
  return comparePlaces(old?.body, fresh?.body, '').map((place) => {
    const words = (body: unknown) => toWords(findAt(body, toSegments(place.path)), place.path, secrets);
    const [was, is] = [words(old?.body), words(fresh?.body)];
    return { ...place, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
  });
}

function toWords(value: unknown, pointer: string, secrets: ReadonlySet<string>): string | undefined {
  if (value === undefined) return undefined;
  const words = isBranch(value)
    ? JSON.stringify(hideWithin(value, pointer, secrets))
    : toWord(value, pointer, secrets);
  return words.length > mostShown ? `${words.slice(0, mostShown)}…` : words;
}

const toWord = (value: unknown, pointer: string, secrets: ReadonlySet<string>): string =>
  secrets.has(pointer) || isHidden(pointer, value) ? hidden : String(value);

function hideWithin(value: unknown, pointer: string, secrets: ReadonlySet<string>): unknown {
  if (!isBranch(value)) return typeof value === 'string' ? toWord(value, pointer, secrets) : value;
  const parts = Object.entries(value).map(
    ([name, part]) => [name, hideWithin(part, `${pointer}/${toSegment(name)}`, secrets)] as const,
  );
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

async function findMove(
  db: Store['db'],
  { kind, name, base }: DocumentKey & { base: number | undefined },
  inForce: StoredDocument | undefined,
  after: ReadDocument | undefined,
): Promise<PlannedChange['moved']> {
  if (base === undefined || base === (inForce?.version ?? 0)) return undefined;
  const begun = base > 0 ? await findVersion(db, { kind, name, version: base }) : undefined;
  if (!inForce) {
    const removal = await findRemoval(db, { kind, name }, base);
    return { ...removal, merged: undefined, conflicts: [''] };
  }
  const { author: by, appliedAt: at, version } = inForce;
  if (!after) return { by, at, version, merged: undefined, conflicts: [''] };
  const { text, conflicts } = mergeTexts(begun?.source ?? '', after.document.source, inForce.source);
  const { yaml } = after;
  const places = conflicts.map((line) => (yaml ? yaml.pointerAt(line) : `line ${line}`));
  return { by, at, version, merged: text, conflicts: [...new Set(places)] };
}

/** Who took the document out of force after the draft was begun. */
async function findRemoval(db: Store['db'], { kind, name }: DocumentKey, base: number) {
  const row = await db
    .selectFrom('configurations')
    .select(['author as by', 'applied_at as at', 'version'])
    .where('kind', '=', kind)
    .where('name', '=', name)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { by: '', at: new Date(0), version: base };
}
