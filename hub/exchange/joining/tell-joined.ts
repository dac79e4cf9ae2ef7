import type { Logger } from 'pino';
import { hasEnded, type Reason, type Status, toReason } from '../../../schemas/index.ts';
import { listHistory } from '../../complaints/reading/list-history.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import type { Store } from '../../store/database.ts';
import type { Accept } from '../intake/incoming.ts';
import { toTold } from './to-told.ts';

/** The most joined complaints that one look reads. */
const atOnce = 100;

interface Behind {
  lead_id: string;
  complaint_id: string;
  joined_seq: number;
  told: number;
  due: number;
  lead: string;
  number: string;
}

const behindText = `
select j.lead_id, j.complaint_id, j.joined_seq, j.told, j.due, l.receipt_number as lead, c.receipt_number as number
from joins j join complaints l on l.id = j.lead_id join complaints c on c.id = j.complaint_id
where j.told < j.due and j.next_at <= now() order by j.next_at limit ${atOnce}`;

const whose = 'lead_id = $1 and complaint_id = $2 and joined_seq = $3';
const toldText = `update joins set told = $4, problem = coalesce($5::jsonb, problem) where ${whose}`;
const laterText = `update joins set next_at = now() + interval '10 seconds' where ${whose}`;

/** An answer brings its files to the joined complaints as soon as the hub has their content. */
const filesText = `
with given as (
  update attachments f set state = 'held', sha256 = a.sha256 from joins j join attachments a on a.complaint_id = j.lead_id
  where f.state = 'wanted' and f.via = 'upload' and f.complaint_id = j.complaint_id and a.state = 'held'
    and a.seq >= j.joined_seq and a.declared = f.declared
  returning f.id
)
update attachment_deliveries set next_at = now() where attachment_id in (select id from given) and state = 'waiting'`;

/**
 * Levels joined complaints with the ones that lead them, an event at a time, as links are levelled with complaints. What
 * is said of a joined complaint comes in by the one way in, so each complainant gets the answer on the own board and by
 * the own notice. Told twice after a crash it changes nothing: each event of each complaint has its key.
 */
export async function tellJoined(
  dependencies: { store: Store; accept: Accept; log: Logger },
  stop: AbortSignal,
): Promise<void> {
  const { store, log } = dependencies;
  for (let more = true; more && !stop.aborted; ) {
    const { rows } = await store.pool.query<Behind>(behindText);
    for (const join of rows) {
      if (stop.aborted) return;
      try {
        await level(dependencies, join);
      } catch (error) {
        // One complaint that cannot be told must not keep the others waiting. The database's own troubles end here too.
        log.error({ complaint: join.complaint_id, lead: join.lead_id, err: error }, 'joined one not told');
        await store.pool.query(laterText, [join.lead_id, join.complaint_id, join.joined_seq]);
      }
    }
    more = rows.length === atOnce;
  }
  await store.pool.query(filesText);
}

async function level({ store, accept }: { store: Store; accept: Accept }, join: Behind): Promise<void> {
  const events = await listHistory(store, join.lead_id);
  for (const event of events) {
    if (event.seq <= join.told || event.seq > join.due) continue;
    const problem = await tell(store, accept, join, event);
    await store.pool.query(toldText, [
      ...[join.lead_id, join.complaint_id, join.joined_seq, event.seq],
      problem ? JSON.stringify(problem) : null,
    ]);
  }
}

/** Why it could not be told. Undefined: it was, or there was nothing to tell. */
async function tell(
  store: Store,
  accept: Accept,
  join: Behind,
  event: NumberedEvent,
): Promise<Reason | undefined> {
  const post = toTold(event, join.number);
  if (!post || !(await mayHear(store, join.complaint_id, event))) return undefined;
  const key = `${join.lead}/${event.seq}/${join.number}`;
  const { agency, user } = event.type === 'withdrawn' ? await findAssignee(store, join) : event.actor;
  const accepted = await accept({
    agency,
    source: 'console',
    ofLead: true,
    externalId: `joined/${key}`,
    version: '1',
    raw: { lead: join.lead, seq: event.seq, post },
    normalised: { ok: true, post },
    complaintId: join.complaint_id,
    idempotencyKey: `joined/${key}`,
    ...(user !== undefined && { user }),
  });
  if (accepted.outcome !== 'refused' && accepted.outcome !== 'parked') return undefined;
  return toReason('several', { reasons: accepted.problems.map(({ reason }) => reason) });
}

/** What its complainant took back, or what was decided by itself, hears no more but that work on it begins again. */
async function mayHear(store: Store, id: string, event: NumberedEvent): Promise<boolean> {
  const { rows } = await store.pool.query<{ status: Status }>('select status from complaints where id = $1', [
    id,
  ]);
  const { status } = rows[0] ?? {};
  if (!status) return false;
  const reopens = event.type === 'step_taken' && ['reopened', 'plan_reviewed'].includes(event.data.step.kind);
  return !hasEnded(status) || (reopens && status !== 'withdrawn');
}

/** In whose name the hub says that a group has lost its leading complaint. */
async function findAssignee(
  store: Store,
  { complaint_id }: Behind,
): Promise<{ agency: string; user?: undefined }> {
  const { rows } = await store.pool.query<{ agency: string }>(
    'select assignee as agency from complaints where id = $1',
    [complaint_id],
  );
  return rows[0] ?? { agency: 'hub' };
}
