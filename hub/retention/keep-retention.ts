import type { Logger } from 'pino';
import type { Agency } from '../../schemas/index.ts';
import type { Signer } from '../access/keys/signing-key.ts';
import type { Duty } from '../queue/ticker.ts';
import { inTransaction, type Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { destroyComplaints } from './destroy-complaints.ts';
import {
  addRemoved,
  announce,
  begin,
  type Destruction,
  finish,
  hubItself,
  listDestroyed,
  listToRun,
  stopDestruction,
} from './destructions.ts';
import { countOver, lockOver, type Over } from './find-over.ts';
import { type DestructionReport, digestNumbers, signReport } from './report.ts';
import { listSpans, toCutoff } from './rules.ts';

export interface RetentionDependencies {
  store: Store;
  exclusive: Exclusive;
  listAgencies(): readonly Agency[];
  /** Opens the key that signs reports: that of the access log. */
  signer(): Promise<Signer>;
  log: Logger;
}

const minute = 60_000;
/** Complaints of one transaction. */
const batch = 50;

/** Announces what is over, and destroys what was announced when its hour has come. One process does it at a time. */
export function createRetentionDuties(dependencies: RetentionDependencies): Duty[] {
  const { exclusive } = dependencies;
  return [
    {
      name: 'complaints that have been kept long enough',
      every: 10 * minute,
      run: async () => {
        await exclusive.run('retention', async (lost) => {
          await announceWhatIsOver(dependencies);
          await runWhatIsDue(dependencies, lost);
        });
      },
    },
  ];
}

/** Announces a destruction for each rule by which something is over. Something of it may still be held when it runs. */
export async function announceWhatIsOver(
  { store, listAgencies, log }: Omit<RetentionDependencies, 'exclusive' | 'signer'>,
  now = new Date(),
): Promise<void> {
  for (const agency of listAgencies())
    for (const span of listSpans(agency)) {
      const of = { agency: agency.code, kinds: span.kinds, cutoff: toCutoff(span.years, now) };
      const { all, held, underWay } = await countOver(store.pool, of);
      const expected = all - held - underWay;
      if (expected === 0) continue;
      const id = await announce(store, { ...span, ...of, expected }, now);
      if (id)
        log.info(
          { destruction: id, agency: agency.code, complaints: expected },
          'a destruction is announced',
        );
    }
}

/** @param lost another process took over: the rest is its affair. */
export async function runWhatIsDue(
  dependencies: Omit<RetentionDependencies, 'exclusive'>,
  lost: AbortSignal,
  now = new Date(),
): Promise<void> {
  for (const destruction of await listToRun(dependencies.store, now))
    if (!lost.aborted) await runOne(dependencies, destruction, lost, now);
}

/** The rule may have changed since it was announced. Then the longer time holds. Undefined: there is no such rule. */
function toOver(agencies: readonly Agency[], destruction: Destruction, now: Date): Over | undefined {
  const agency = agencies.find(({ code }) => code === destruction.agency);
  const span = agency && listSpans(agency).find(({ kinds }) => kinds.join() === destruction.kinds.join());
  if (!span) return undefined;
  const cutoff = new Date(Math.min(destruction.cutoff.getTime(), toCutoff(span.years, now).getTime()));
  return { agency: destruction.agency, kinds: destruction.kinds, cutoff };
}

async function runOne(
  { store, listAgencies, signer, log }: Omit<RetentionDependencies, 'exclusive'>,
  destruction: Destruction,
  lost: AbortSignal,
  now: Date,
): Promise<void> {
  const { id } = destruction;
  const over = toOver(listAgencies(), destruction, now);
  if (!over) {
    await stopDestruction(store, { id, by: hubItself, reason: 'rule_gone' });
    log.warn({ destruction: id }, 'a destruction is stopped: its rule is in the configuration no more');
    return;
  }
  // Before anything is destroyed: without a key there would be no report.
  const key = await signer();
  if (!(await begin(store, id, now))) return;
  while (!lost.aborted) {
    const goesOn = await destroyBatch(store, id, over);
    if (goesOn === 'stopped' || lost.aborted) return;
    if (goesOn === 'done') break;
  }
  if (lost.aborted) return;
  const report = await makeReport(store, { ...destruction, begunAt: destruction.begunAt ?? now }, over);
  await finish(store, id, signReport(report, key));
  log.info({ destruction: id, complaints: report.complaints }, 'a destruction is done');
}

class Stopped extends Error {}

async function destroyBatch({ pool }: Store, id: string, over: Over): Promise<'more' | 'done' | 'stopped'> {
  try {
    return await inTransaction(pool, async (client) => {
      const complaints = await lockOver(client, over, batch);
      if (complaints.length === 0) return 'done';
      const removed = await destroyComplaints(
        client,
        complaints.map((one) => one.id),
        id,
      );
      if (!(await addRemoved(client, id, removed))) throw new Stopped();
      return 'more';
    });
  } catch (error) {
    if (error instanceof Stopped) return 'stopped';
    throw error;
  }
}

async function makeReport(
  store: Store,
  destruction: Destruction & { begunAt: Date },
  over: Over,
): Promise<DestructionReport> {
  const destroyed = await listDestroyed(store, destruction.id);
  const { rows } = await store.pool.query<Pick<Destruction, 'removed'>>(
    'select removed from destructions where id = $1',
    [destruction.id],
  );
  const byKind = Map.groupBy(destroyed, ({ kind }) => kind);
  return {
    format: 'minwon-hub destruction 1',
    id: destruction.id,
    agency: destruction.agency,
    kinds: destruction.kinds,
    years: destruction.years,
    source: destruction.source,
    completedBefore: over.cutoff.toISOString(),
    announcedAt: destruction.announcedAt.toISOString(),
    begunAt: destruction.begunAt.toISOString(),
    endedAt: new Date().toISOString(),
    complaints: destroyed.length,
    byKind: Object.fromEntries([...byKind].map(([kind, of]) => [kind, of.length])),
    receiptNumbers: digestNumbers(destroyed.map(({ receiptNumber }) => receiptNumber)),
    removed: rows[0]?.removed ?? {},
    left: await countOver(store.pool, over),
  };
}
