import type pg from 'pg';
import type { Logger } from 'pino';
import type { Directory } from '../configuration/directory.ts';
import { inTransaction } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { type Alert, advance } from './advance.ts';
import {
  type ConditionName,
  conditionNames,
  conditions,
  getCondition,
  type MessagePolicy,
  messagePolicy,
} from './conditions.ts';
import { type FindDependencies, type Finding, findConditions } from './find-conditions.ts';
import { insertMessages, type PlannedMessage, toMessages } from './messages.ts';
import { markTold, planMessage } from './plan-message.ts';
import { listAudiences, type Operator } from './recipients.ts';

export interface AlertDependencies extends FindDependencies {
  exclusive: Exclusive;
  directory: Directory;
  operator: Operator;
  publicUrl?: string | undefined;
  log: Logger;
  /** Called when something was changed that pages show. */
  changed(): void;
  clock?: () => Date;
  policy?: MessagePolicy;
}

type Found = Map<ConditionName, Finding[]>;

/**
 * Looks for the conditions whose turn has come, brings their alerts up to date and plans the messages about them: the
 * alerts and what is told of them change in one transaction. One process of all does it at a time.
 */
export function createAlertCheck(dependencies: AlertDependencies): () => Promise<boolean> {
  const deps = { clock: () => new Date(), policy: messagePolicy, ...dependencies };
  const { store, log } = deps;

  async function check(): Promise<void> {
    const now = deps.clock();
    const found = await find(deps, await takeTurns(deps, now), log);
    const changes = await inTransaction(store.pool, async (client) => {
      const known = await loadAlerts(client, found);
      const advanced = advanceAll(known, found, deps.policy, now);
      const { told, messages } = await tell(client, deps, advanced, now);
      await saveAlerts(client, known, told);
      await insertMessages(client, messages);
      return messages;
    });
    if (changes.length > 0) log.info({ messages: changes.length }, 'messages about alerts are planned');
    if (found.size > 0) deps.changed();
  }
  return () => deps.exclusive.run('alerts', check);
}

/** The conditions that nobody has looked for lately; whoever asks takes their turn. */
async function takeTurns({ store }: FindDependencies, now: Date): Promise<ConditionName[]> {
  const { rows } = await store.pool.query<{ condition: ConditionName }>(
    `insert into alert_checks (condition, checked_at)
     select x.condition, $2 from jsonb_to_recordset($1::jsonb) as x(condition text, every float)
     where not exists (select from alert_checks c where c.condition = x.condition
       and c.checked_at > $2::timestamptz - make_interval(secs => x.every / 1000))
     on conflict (condition) do update set checked_at = excluded.checked_at returning condition`,
    [
      JSON.stringify(conditionNames.map((condition) => ({ condition, every: conditions[condition].every }))),
      now,
    ],
  );
  return rows.map((row) => row.condition);
}

async function find(deps: FindDependencies, names: ConditionName[], log: Logger): Promise<Found> {
  const found: Found = new Map();
  for (const condition of names)
    try {
      found.set(condition, await findConditions[condition](deps));
    } catch (err) {
      // What cannot be looked for is neither there nor gone; the others are looked for all the same.
      log.error({ err, condition }, 'a condition cannot be looked for');
    }
  return found;
}

const keyOf = ({ condition, subject }: { condition: string; subject: string }) => `${condition} ${subject}`;

/** Alerts that stand, that somebody has to hear the end of, or that were found now; locked. */
async function loadAlerts(client: pg.PoolClient, found: Found): Promise<Alert[]> {
  const keys = [...found].flatMap(([condition, list]) => list.map(({ subject }) => ({ condition, subject })));
  const { rows } = await client.query<Alert>(
    `select * from alerts a where state <> 'ended' or told <> '{}'
       or (condition, subject) in (select condition, subject from jsonb_to_recordset($1::jsonb) as x(condition text, subject text))
     order by condition, subject for update`,
    [JSON.stringify(keys)],
  );
  // A condition that this program no longer knows concerns nobody.
  return rows.filter(({ condition }) => conditionNames.includes(condition));
}

function advanceAll(known: Alert[], found: Found, policy: MessagePolicy, now: Date): Alert[] {
  const alerts = new Map(known.map((alert) => [keyOf(alert), alert]));
  for (const [condition, list] of found) {
    const findings = new Map(
      list.map((finding) => [keyOf({ condition, subject: finding.subject }), finding]),
    );
    const keys = new Set([
      ...findings.keys(),
      ...known.filter((one) => one.condition === condition).map(keyOf),
    ]);
    for (const key of keys) {
      const finding = findings.get(key);
      const now_ = advance(
        alerts.get(key),
        finding && { condition, finding },
        getCondition(condition),
        policy,
        now,
      );
      if (now_) alerts.set(key, now_);
      else alerts.delete(key);
    }
  }
  return [...alerts.values()];
}

/** One message for each audience that has something to hear, to each of its addresses. */
async function tell(
  client: pg.PoolClient,
  deps: AlertDependencies & { policy: MessagePolicy },
  alerts: Alert[],
  now: Date,
): Promise<{ told: Alert[]; messages: PlannedMessage[] }> {
  const told = new Map(alerts.map((alert) => [keyOf(alert), alert]));
  const messages: PlannedMessage[] = [];
  const audiences = listAudiences(deps, alerts);
  const last = await readLastMessages(
    client,
    audiences.map(({ name }) => name),
  );
  for (const { name, addresses, alerts: own } of audiences) {
    const telling = planMessage(
      name,
      own.map((alert) => told.get(keyOf(alert)) ?? alert),
      last.get(name),
      deps.policy,
      now,
    );
    if (!telling) continue;
    messages.push(...toMessages(deps, { audience: name, addresses, telling, now }));
    for (const alert of markTold(name, telling, now)) told.set(keyOf(alert), alert);
  }
  return { told: [...told.values()], messages };
}

async function readLastMessages(client: pg.PoolClient, audiences: string[]): Promise<Map<string, Date>> {
  const { rows } = await client.query<{ audience: string; last: Date }>(
    `select a.audience, m.created_at as last from unnest($1::text[]) as a(audience) cross join lateral
       (select created_at from alert_messages m where m.audience = a.audience order by created_at desc limit 1) m`,
    [audiences],
  );
  return new Map(rows.map(({ audience, last }) => [audience, last]));
}

async function saveAlerts(client: pg.PoolClient, known: Alert[], alerts: Alert[]): Promise<void> {
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
