import { toLimits } from '../../../adapters/relay/policy.ts';
import { type Reason, toOneReason, toReason, toReasonOf } from '../../../schemas/reason.ts';
import type { Topic } from '../../queue/topics.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { readAnew } from '../../store/states/board-state.ts';
import { detachLost } from '../../store/states/link-state.ts';
import type { DriftKind, DriftPart } from '../../store/tables/column-types.ts';
import { type Board, toPatience } from '../boards/boards.ts';
import { type SetBack, setBack } from '../delivery/set-back.ts';
import type { Accept } from '../intake/incoming.ts';

export interface RepairDependencies {
  store: Store;
  accept: Accept;
  look(topic: Topic): void;
}

/** A drift that somebody decided to repair. */
interface Drift {
  id: string;
  reconciliation_id: string;
  agency: string;
  kind: DriftKind;
  external_id: string;
  link_id: string | null;
  parts: DriftPart[];
  decided_by: string;
}

/** The result of one repair. `waits`: its link is under way, and the repair is tried again. */
type Repaired = { state: 'repaired' | 'open' | 'waits'; note: Reason };

const atOnce = 50;

/** Does the repairs decided for an agency, in their order. Returns how many have to wait. */
export async function repairDrifts(
  dependencies: RepairDependencies,
  board: Board,
  stop: AbortSignal,
): Promise<number> {
  const { pool } = dependencies.store;
  let waiting = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; !stop.aborted; ) {
    const { rows } = await pool.query<Drift>(
      `select id, reconciliation_id, agency, kind, external_id, link_id, parts, decided_by from drifts
       where agency = $1 and state = 'repairing' and id > $2 order by id limit ${atOnce}`,
      [board.agency.code, after],
    );
    const last = rows.at(-1);
    if (!last) break;
    for (const drift of rows) {
      const { state, note } = await repair(dependencies, board, drift, stop);
      if (state === 'waits') waiting += 1;
      await pool.query('update drifts set state = $2, note = $3 where id = $1', [
        drift.id,
        state === 'waits' ? 'repairing' : state,
        JSON.stringify(note),
      ]);
    }
    dependencies.look(`deliver:${board.agency.code}`);
    after = last.id;
  }
  return waiting;
}

async function repair(
  { store, accept }: RepairDependencies,
  board: Board,
  drift: Drift,
  stop: AbortSignal,
): Promise<Repaired> {
  const limit = () => AbortSignal.any([stop, AbortSignal.timeout(toPatience(board) * 1000)]);
  const notes: Reason[] = [];
  if (drift.parts.some(({ remedy }) => remedy === 'take')) {
    const taken = await takeIn({ store, accept }, board, drift, limit());
    if (taken.state !== 'repaired') return taken;
    notes.push(taken.note);
  }
  const events = drift.parts.flatMap((part) => part.events);
  if (events.length > 0 && drift.link_id) {
    const brought = await bring(store, board, drift, events, limit());
    if (brought.state !== 'repaired') return brought;
    notes.push(brought.note);
  }
  const left = drift.parts.some(({ remedy }) => remedy === 'person') ? 'open' : 'repaired';
  return { state: left, note: notes.length > 0 ? toOneReason(notes) : toReason('nothing_helps') };
}

/** Takes in the board's post as it is now, through the one way in. */
async function takeIn(
  { store, accept }: Pick<RepairDependencies, 'store' | 'accept'>,
  { adapter, agency, beside }: Board,
  drift: Drift,
  signal: AbortSignal,
): Promise<Repaired> {
  await detach(store, drift);
  if (!adapter.read) {
    // Known posts are recognised; unknown ones come in.
    if (beside) await beside.poll(true, signal);
    else await readAnew(store.pool, agency.code);
    return { state: 'repaired', note: toReason('read_from_beginning') };
  }
  const readAt = await readClock(store);
  const post = await adapter.read(drift.external_id, signal);
  if (!post) return { state: 'repaired', note: toReason('held_no_more') };
  const { rows } = await store.pool.query<{ id: string; outcome: string }>(
    "select id, outcome from raw_items where agency = $1 and external_id = $2 and version = $3 and outcome <> 'duplicate' order by round desc limit 1",
    [agency.code, post.externalId, post.version],
  );
  const [earlier] = rows;
  const accepted = await accept({
    agency: agency.code,
    source: 'poll',
    ...post,
    readAt,
    user: drift.decided_by,
    normalised: await adapter.normalise(post.raw),
    ...(earlier && { retryOf: earlier.id }),
    ...(earlier?.outcome === 'applied' && { remapped: true }),
  });
  if ('receiptNumber' in accepted)
    return { state: 'repaired', note: toReason('taken_in', { number: accepted.receiptNumber }) };
  const detail = toReasonOf(accepted.problems);
  return accepted.outcome === 'parked'
    ? { state: 'repaired', note: toReason('item_parked', { detail }) }
    : { state: 'open', note: toReason('item_refused', { detail }) };
}

async function readClock({ pool }: Store): Promise<number> {
  const { rows } = await pool.query<{ at: Date }>('select now() as at');
  return rows[0]?.at.getTime() ?? Date.now();
}

async function bring(
  store: Store,
  { adapter, connection }: Board,
  drift: Drift,
  events: number[],
  signal: AbortSignal,
): Promise<Repaired> {
  const isPost = drift.kind === 'missing_there';
  if (isPost && (await isThereAgain(adapter, store, drift, signal)))
    return { state: 'repaired', note: toReason('held_again') };
  if (isPost) await detach(store, drift);
  const order: SetBack = {
    linkId: drift.link_id ?? '',
    events,
    by: drift.decided_by,
    lost: isPost ? 'post' : 'parts',
    settling: toLimits(connection).settling,
  };
  const result = await inTransaction(store.pool, (client) => setBack(client, order));
  if (result === 'under way') return { state: 'waits', note: toReason('link_under_way') };
  if (result === 'gone') return { state: 'open', note: toReason('link_gone') };
  return { state: 'repaired', note: toReason('brought_again', { events: events.join(', ') }) };
}

/** Whether somebody restored the post since the report. Another post under the same id has another number and time. */
async function isThereAgain(
  adapter: Board['adapter'],
  { pool }: Store,
  drift: Drift,
  signal: AbortSignal,
): Promise<boolean> {
  const post = drift.external_id === '' ? undefined : await adapter.read?.(drift.external_id, signal);
  const mapped = post && (await adapter.normalise(post.raw));
  if (!mapped?.ok) return false;
  const { rows } = await pool.query<{
    receipt_number: string;
    filed_at: string | null;
    external_id: string | null;
  }>(
    `select c.receipt_number || coalesce('-' || l.contribution, '') as receipt_number, l.seen->>'filedAt' as filed_at, l.external_id from links l join complaints c on c.id = l.complaint_id
     where l.id = $1`,
    [drift.link_id],
  );
  const [link] = rows;
  const { receiptNumber, content } = mapped.post;
  if (!link || link.external_id !== drift.external_id) return false;
  if (receiptNumber !== undefined) return receiptNumber === link.receipt_number;
  return (
    content !== undefined &&
    link.filed_at !== null &&
    Date.parse(link.filed_at) === Date.parse(content.filedAt)
  );
}

/**
 * A restored board reuses the numbers of lost posts. So the hub forgets the ids of all posts that the report misses,
 * before anything is brought or taken in. The report keeps these ids.
 */
async function detach({ pool }: Store, drift: Drift): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ complaint_id: string }>(
      `select l.complaint_id from drifts d join links l on l.id = d.link_id and l.external_id = d.external_id
       where d.reconciliation_id = $1 and d.kind = 'missing_there' and d.state <> 'superseded'`,
      [drift.reconciliation_id],
    );
    if (rows.length === 0) return;
    await client.query('select from complaints where id = any($1::uuid[]) order by id for update', [
      rows.map((row) => row.complaint_id),
    ]);
    await detachLost(client, drift.reconciliation_id);
  });
}
