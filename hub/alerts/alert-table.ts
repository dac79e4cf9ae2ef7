import type pg from 'pg';
import type { Store } from '../store/database.ts';
import type { Alert } from './advance.ts';
import { type ConditionName, conditionNames, conditions } from './conditions.ts';
import type { Finding } from './finding.ts';

/** The conditions that were looked for, with their findings. */
export type Found = Map<ConditionName, Finding[]>;

export const keyOf = ({ condition, subject }: { condition: string; subject: string }) =>
  `${condition} ${subject}`;

/** The conditions that are due for a look over all processes. The caller takes their turn. */
export async function takeTurns({ pool }: Pick<Store, 'pool'>, now: Date): Promise<ConditionName[]> {
  const turns = conditionNames.map((condition) => ({ condition, every: conditions[condition].every / 1000 }));
  const { rows } = await pool.query<{ condition: ConditionName }>(
    `insert into alert_checks (condition, checked_at)
     select x.condition, $2 from jsonb_to_recordset($1::jsonb) as x(condition text, every float)
     where not exists (select from alert_checks c where c.condition = x.condition
       and c.checked_at > $2::timestamptz - make_interval(secs => x.every))
     on conflict (condition) do update set checked_at = excluded.checked_at returning condition`,
    [JSON.stringify(turns), now],
  );
  return rows.map((row) => row.condition);
}

/** Alerts that have not ended, whose end somebody still has to hear, or that were found now. They are locked. */
export async function loadAlerts(client: pg.PoolClient, found: Found): Promise<Alert[]> {
  const keys = [...found].flatMap(([condition, list]) => list.map(({ subject }) => ({ condition, subject })));
  const { rows } = await client.query<Alert>(
    `select * from alerts where state <> 'ended' or told <> '{}' or (condition, subject) in
       (select condition, subject from jsonb_to_recordset($1::jsonb) as x(condition text, subject text))
     order by condition, subject for update`,
    [JSON.stringify(keys)],
  );
  // A condition that this program does not know (any more) is skipped.
  return rows.filter(({ condition }) => conditionNames.includes(condition));
}

/** Writes what changed since `known` was loaded, and removes alerts that are missing from `alerts`. */
export async function saveAlerts(client: pg.PoolClient, known: Alert[], alerts: Alert[]): Promise<void> {
  const kept = new Set(alerts.map(({ id }) => id));
  const gone = known.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length > 0) await client.query('delete from alerts where id = any($1::uuid[])', [gone]);
  const changed = alerts.filter((alert) => !known.includes(alert));
  if (changed.length === 0) return;
  await client.query(
    `insert into alerts select * from jsonb_populate_recordset(null::alerts, $1::jsonb)
     on conflict (condition, subject) do update set state = excluded.state, since = excluded.since, seen_at = excluded.seen_at,
       opened_at = excluded.opened_at, ended_at = excluded.ended_at, returns = excluded.returns, count = excluded.count,
       items = excluded.items, told = excluded.told, acknowledged_by = excluded.acknowledged_by,
       acknowledged_at = excluded.acknowledged_at, acknowledged_count = excluded.acknowledged_count`,
    [JSON.stringify(changed)],
  );
}

/** The time of the last message to each audience. */
export async function readLastMessages(
  client: pg.PoolClient,
  audiences: string[],
): Promise<Map<string, Date>> {
  const { rows } = await client.query<{ audience: string; last: Date }>(
    `select a.audience, m.created_at as last from unnest($1::text[]) as a(audience) cross join lateral
       (select created_at from alert_messages m where m.audience = a.audience order by created_at desc limit 1) m`,
    [audiences],
  );
  return new Map(rows.map(({ audience, last }) => [audience, last]));
}
