import type { Logger } from 'pino';
import { type Reason, reasonOf, toReason } from '../../../schemas/reason.ts';
import type { Look } from '../../queue/looks.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { createBatches } from '../remap/batches.ts';
import {
  type Compared,
  compareMapped,
  type DifferenceKind,
  isStopped,
  type Mappers,
  toField,
} from './compare-mapped.ts';
import { createPureAdapter } from './pure-adapter.ts';
import { findRunning, type RunningRun, type RunStep, saveStep, saveTotal } from './runs.ts';

/** Items that are read by one query, and that are mapped at once. */
const batch = 400;
const atOnce = 40;
/** A draft whose expression had to be stopped so often in one step would take days for all items. */
const mostStopped = 3;
/** The first items, which show whether the draft ends at all: some need not come to the expression that does not. */
const firstItems = 5;
/** The most fields that are counted apart. */
const mostFields = 60;

interface Item {
  id: string;
  body: string;
}

/** Runs drafts over what boards gave before, a batch at a time. */
export function createRunDraft(dependencies: { store: Store; exclusive: Exclusive; log: Logger }): Look {
  const { store, exclusive, log } = dependencies;

  async function workBatch(agency: string, run: RunningRun, stop: AbortSignal): Promise<void> {
    if (run.total === null) {
      await saveTotal(store, run.id, await countItems(store, run));
      return;
    }
    const step = await toStep(store, run, stop);
    if (step) await saveStep(store, run, step);
    log.info({ agency, run: run.id, ...step?.counts }, 'a draft was tried on items');
  }

  return createBatches(exclusive, 'workbench', {
    findRunning: (agency) => findRunning(store, agency),
    workBatch,
  });
}

const ofAgency = `agency = $1 and source = 'poll' and outcome in ('applied', 'parked') and body <> ''`;

async function countItems({ pool }: Store, { agency, id, most }: RunningRun): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::integer as n from (select 1 from raw_items where ${ofAgency} and id < $2 limit $3) as found`,
    [agency, id, most],
  );
  return rows[0]?.n ?? 0;
}

/** The newest first, so that what differs now is seen soon. */
async function readItems({ pool }: Store, run: RunningRun, limit: number): Promise<Item[]> {
  const { rows } = await pool.query<Item>(
    `select id, body from raw_items where ${ofAgency} and id < $2 order by id desc limit $3`,
    [run.agency, run.position ?? run.id, limit],
  );
  return rows;
}

/** Undefined: the work was stopped on the way, and this step is begun again later. */
async function toStep(store: Store, run: RunningRun, stop: AbortSignal): Promise<RunStep | undefined> {
  const step: RunStep = {
    position: undefined,
    counts: { same: 0, changed: 0, mended: 0, broken: 0, failing: 0 },
    fields: { ...run.fields },
    differences: [],
    isLast: false,
  };
  const mappers = openMappers(run);
  if ('error' in mappers) return { ...step, error: mappers.error };
  try {
    const limit = Math.min(batch, run.most - run.looked);
    const items = await readItems(store, run, limit);
    const parts = [items.slice(0, firstItems), ...toParts(items.slice(firstItems))];
    for (const part of parts) {
      if (stop.aborted) return undefined;
      const stopped = await compareSome(step, mappers, part);
      if (stopped >= mostStopped) return { ...step, error: toReason('draft_never_ends', { n: stopped }) };
    }
    return { ...step, isLast: items.length < limit };
  } finally {
    await mappers.close();
  }
}

const toParts = (items: Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / atOnce) }, (_, n) =>
    items.slice(n * atOnce, (n + 1) * atOnce),
  );

type OpenMappers = Mappers & { close(): Promise<unknown> };

/** An error is about the settings, so it stays until they are others. */
function openMappers({ agency, draft, inForce }: RunningRun): OpenMappers | { error: Reason } {
  try {
    const adapter = createPureAdapter(draft);
    if (!adapter) return { error: toReason('draft_has_no_board', { agency }) };
    const before = inForce ? createPureAdapter(inForce) : undefined;
    const close = () => Promise.all([adapter.close(), before?.close()]);
    return { draft: adapter, inForce: before, close };
  } catch (error) {
    return { error: reasonOf(error) };
  }
}

/** Counts the items into the step. Returns for how many the draft had to be stopped. */
async function compareSome(step: RunStep, mappers: Mappers, items: Item[]): Promise<number> {
  const compared = await Promise.all(items.map(({ body }) => compareMapped(mappers, JSON.parse(body))));
  for (const [at, one] of compared.entries()) count(step, items[at]?.id ?? '', one);
  step.position = items.at(-1)?.id ?? step.position;
  return compared.filter(({ problems }) => problems.some(({ reason }) => isStopped(reason))).length;
}

function count(step: RunStep, id: string, { kind, changes, problems }: Compared): void {
  step.counts[kind] += 1;
  if (kind === 'same') return;
  step.differences.push({ id, kind: kind satisfies DifferenceKind });
  if (kind === 'mended') return;
  for (const field of new Set([...changes, ...problems].map(({ pointer }) => toField(pointer)))) {
    const known = step.fields[field];
    if (known !== undefined || Object.keys(step.fields).length < mostFields)
      step.fields[field] = (known ?? 0) + 1;
  }
}
