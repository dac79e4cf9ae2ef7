import type { BoardAdapter, ExpressionPlace, Normalised } from '../../../adapters/contract.ts';
import type { ExplainedField } from '../../../adapters/kit/mapping/explain.ts';
import type { Agency, Problem } from '../../../schemas/index.ts';
import { fromGivenProblem, type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';
import type { Sample } from '../boards/try-board.ts';
import { listFields } from '../remap/find-changes.ts';
import { isStopped } from './compare-mapped.ts';
import { explainPlace, listPlaces } from './places.ts';
import { createPureAdapter } from './pure-adapter.ts';

/** A name that a field's expression reads, with what the sample has there. */
interface ReadName {
  name: string;
  /** Absent: the sample has no such value. */
  value?: string;
}

/** One field of the canonical post, and where it comes from. */
interface TriedField {
  pointer: string;
  /** Absent: the field is empty, or the post could not be made. */
  value?: string;
  /** The part of the expression that says what it becomes. Absent: it comes from the expression as a whole. */
  source?: string;
  /** Its place in the expression, for {@link replaceField}. */
  field?: string;
  reads: ReadName[];
  reasons: Reason[];
}

interface TriedItem {
  externalId: string;
  /** `skipped`: it was not tried, since the expression did not end for the ones before. */
  state: 'good' | 'bad' | 'skipped';
  problems: Problem[];
}

export interface TriedIncoming {
  items: TriedItem[];
  /** The chosen item field by field. */
  fields: TriedField[];
  /** Problems that belong to no field. */
  others: Problem[];
}

const atOnce = 3;
/** So many stopped evaluations show that the expression never ends. */
const mostStopped = 3;

/** Maps samples by a draft. Nothing is kept, and nothing is called. */
export async function tryIncoming(agency: Agency, samples: Sample[], chosen: number): Promise<TriedIncoming> {
  const place = listPlaces(agency).find(({ reads }) => reads === 'post');
  try {
    const adapter = createPureAdapter(agency);
    if (!adapter)
      return nothing([{ pointer: '', reason: toReason('draft_has_no_board', { agency: agency.code }) }]);
    try {
      const mapped = await mapAll(adapter, samples);
      const items = samples.map(({ externalId }, n) => ({ externalId, ...toState(mapped[n]) }));
      const item = samples[chosen];
      const result = mapped[chosen];
      if (!item || !result) return { items, fields: [], others: [] };
      return { items, ...toFields(place && explainPlace(agency, place, [item]).fields, item, result, place) };
    } finally {
      await adapter.close();
    }
  } catch (error) {
    return nothing([{ pointer: '', reason: reasonOf(error) }]);
  }
}

const nothing = (others: Problem[]): TriedIncoming => ({ items: [], fields: [], others });

/** Undefined: it was not tried. */
async function mapAll(adapter: BoardAdapter, samples: Sample[]): Promise<(Normalised | undefined)[]> {
  const mapped: (Normalised | undefined)[] = [];
  let stopped = 0;
  for (let n = 0; n < samples.length && stopped < mostStopped; n += atOnce) {
    const some = await Promise.all(samples.slice(n, n + atOnce).map(({ raw }) => adapter.normalise(raw)));
    mapped.push(...some);
    stopped += some.filter((one) => problemsOf(one).some(({ reason }) => isStopped(reason))).length;
  }
  return mapped;
}

const problemsOf = (mapped: Normalised): Problem[] =>
  mapped.ok ? [] : mapped.problems.map(fromGivenProblem);

function toState(mapped: Normalised | undefined): Pick<TriedItem, 'state' | 'problems'> {
  if (!mapped) return { state: 'skipped', problems: [] };
  return { state: mapped.ok ? 'good' : 'bad', problems: problemsOf(mapped) };
}

/** All items of a list come from one part of the expression, so places in lists are left out. */
const toPlain = (pointer: string) => pointer.replace(/\/(?:\*|\d+)(?=\/|$)/g, '');

function toFields(
  explained: ExplainedField[] = [],
  { raw }: Sample,
  mapped: Normalised,
  place: ExpressionPlace | undefined,
): Pick<TriedIncoming, 'fields' | 'others'> {
  const sources = new Map(explained.map((field) => [toPlain(field.pointer), field]));
  const values = mapped.ok ? listFields(mapped.post) : [];
  const problems = problemsOf(mapped);
  const rows = new Map<string, TriedField>();
  const rowOf = (pointer: string): TriedField => {
    const known = rows.get(pointer);
    const made = known ?? toRow(pointer, findSource(sources, pointer), raw);
    rows.set(pointer, made);
    return made;
  };
  for (const { pointer, after } of values) rowOf(pointer).value = after ?? '';
  for (const { pointer, reason } of problems) if (pointer !== '') rowOf(pointer).reasons.push(reason);
  // Fields that stay empty show that their expression found nothing.
  const filled = new Set([...rows.keys()].map(toPlain));
  for (const field of explained)
    if (
      isLeaf(field, explained) &&
      ![...filled].some((one) => one === toPlain(field.pointer)) &&
      !field.pointer.includes('*')
    )
      rowOf(field.pointer);
  const order = explained.map(({ pointer }) => toPlain(pointer));
  const rank = ({ pointer }: TriedField) => {
    const at = order.indexOf(toPlain(pointer));
    return at < 0 ? order.length : at;
  };
  const fields = [...rows.values()].sort((a, b) => rank(a) - rank(b));
  const others = problems.filter(({ pointer }) => pointer === '');
  return { fields: place ? fields : fields.map((field) => ({ ...field, reads: [] })), others };
}

const isLeaf = ({ pointer }: ExplainedField, all: ExplainedField[]) =>
  !all.some((other) => other.pointer.startsWith(`${pointer}/`));

/** The part that says what the field becomes, else the one of the object that it stands in. */
function findSource(sources: Map<string, ExplainedField>, pointer: string): ExplainedField | undefined {
  for (let at = toPlain(pointer); at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = sources.get(at);
    if (found) return found;
  }
  return undefined;
}

function toRow(pointer: string, from: ExplainedField | undefined, raw: unknown): TriedField {
  return {
    pointer,
    ...(from && { source: from.source, field: from.pointer }),
    reads: (from?.reads ?? []).slice(0, mostReads).map((name) => toRead(name, raw)),
    reasons: [],
  };
}

const mostReads = 12;
const longest = 80;

function toRead(name: string, raw: unknown): ReadName {
  const found = name
    .split('.')
    .reduce<unknown[]>((values, part) => values.flatMap((one) => step(one, part)), [raw]);
  const [value] = found.filter((one) => typeof one !== 'object');
  if (value === undefined) return { name };
  const text = String(value);
  const signs = [...text];
  return { name, value: signs.length > longest ? `${signs.slice(0, longest).join('')}…` : text };
}

function step(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => step(item, name));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  const inner = (value as Record<string, unknown>)[name];
  return inner === null || inner === undefined ? [] : [inner].flat();
}
