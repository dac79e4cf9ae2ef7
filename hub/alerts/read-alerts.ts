import { sql } from 'kysely';
import type { Language } from '../../schemas/index.ts';
import type { Reason } from '../../schemas/reason.ts';
import type { Store } from '../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../store/read-page.ts';
import type { AlertState } from '../store/tables/column-types.ts';
import { type ConditionName, conditionNames, getCondition } from './conditions.ts';
import type { Words } from './write-message.ts';

/** An alert as people see it. */
export interface ShownAlert {
  id: string;
  condition: ConditionName;
  subject: string;
  state: AlertState;
  since: Date;
  openedAt: Date;
  endedAt: Date | null;
  count: number;
  items: Reason[];
  /** Who was told that it is open, and when last. */
  told: { audience: string; at: Date }[];
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
}

/** An agency's officers see the conditions that were found on their agency and that they have to repair. */
const ofAgencies = conditionNames.filter((name) => getCondition(name).tells.includes('agency'));

/** Alerts that are open or ended, the newest first; of one agency or of all. */
export async function listAlerts(
  store: Store,
  filter: { state: 'open' | 'ended'; agency?: string | undefined },
  place: Place = {},
): Promise<Page<ShownAlert>> {
  const backwards = place.before !== undefined;
  const [, at, id] =
    /^(\d{13,14})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(place.before ?? place.after ?? '') ??
    [];
  const { agency, state } = filter;
  const rows = await store.db
    .selectFrom('alerts')
    .selectAll()
    .where('state', '=', state)
    .where('opened_at', 'is not', null)
    .$if(agency !== undefined, (query) =>
      query.where('subject', '=', agency ?? '').where('condition', 'in', ofAgencies),
    )
    .$if(id !== undefined, (query) =>
      query.where(
        sql<boolean>`(opened_at, id) ${sql.raw(backwards ? '>' : '<')} (${new Date(Number(at))}, ${id}::uuid)`,
      ),
    )
    .orderBy('opened_at', backwards ? 'asc' : 'desc')
    .orderBy('id', backwards ? 'asc' : 'desc')
    .limit(pageSize + 1)
    .execute();
  const shown = rows.map(({ told, ...row }) => ({
    id: row.id,
    condition: row.condition as ConditionName,
    subject: row.subject,
    state: row.state,
    since: row.since,
    openedAt: row.opened_at ?? row.since,
    endedAt: row.ended_at,
    count: row.count,
    items: row.items,
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: row.acknowledged_at,
    told: Object.entries(told).map(([audience, time]) => ({ audience, at: new Date(time) })),
  }));
  return toPage(shown, id === undefined ? {} : place, (row) => `${row.openedAt.getTime()}~${row.id}`);
}

/**
 * Notes that somebody takes care of the alert. The digest leaves it out until it concerns more things than now; its end
 * is still told. False: it is not open (any more), or not this agency's.
 */
export async function acknowledgeAlert(
  store: Store,
  id: string,
  login: string,
  agency: string | undefined,
): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('alerts')
    .set((value) => ({
      acknowledged_by: login,
      acknowledged_at: new Date(),
      acknowledged_count: value.ref('count'),
    }))
    .where('id', '=', id)
    .where('state', '=', 'open')
    .$if(agency !== undefined, (query) =>
      query.where('subject', '=', agency ?? '').where('condition', 'in', ofAgencies),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A message about alerts. */
export interface AlertMessageEntry {
  id: string;
  audience: string;
  channel: 'email' | 'webhook';
  subject: string;
  text: string;
  /** The same in each language. Null: it was written before, in both languages at once. */
  words: Record<Language, Words> | null;
  state: 'due' | 'sent' | 'failed';
  /** It lies in the local outbox: nothing was sent. */
  kept: boolean;
  tries: number;
  lastError: Reason | null;
  sentAt: Date | null;
  createdAt: Date;
}

/** The newest messages, to one audience or to all. */
export function listAlertMessages(store: Store, audience?: string): Promise<AlertMessageEntry[]> {
  return store.db
    .selectFrom('alert_messages')
    .select(['id', 'audience', 'channel', 'subject', 'text', 'words', 'state', 'tries'])
    .select(['last_error as lastError', 'sent_at as sentAt', 'created_at as createdAt'])
    .select(sql<boolean>`provider is not distinct from 'outbox'`.as('kept'))
    .$if(audience !== undefined, (query) => query.where('audience', '=', audience ?? ''))
    .orderBy('id', 'desc')
    .limit(pageSize)
    .execute();
}

/** The count stops here: a menu says "many". */
const mostCounted = 99;

/** How many alerts stand open, of one agency or of all. */
export async function countOpenAlerts({ pool }: Store, agency?: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>({
    name: 'count-open-alerts',
    text: `select count(*)::int as count from (select from alerts where state = 'open' and opened_at is not null
             and ($1::text is null or subject = $1 and condition = any($2::text[])) limit ${mostCounted}) found`,
    values: [agency ?? null, ofAgencies],
  });
  return rows[0]?.count ?? 0;
}
