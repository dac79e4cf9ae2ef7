import type pg from 'pg';
import type { Logger } from 'pino';
import type { Directory } from '../configuration/directory.ts';
import { inTransaction } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { type Alert, advance } from './advance.ts';
import { type Found, keyOf, loadAlerts, readLastMessages, saveAlerts, takeTurns } from './alert-table.ts';
import { type ConditionName, getCondition, messagePolicy } from './conditions.ts';
import { findConditions } from './find-conditions.ts';
import type { FindDependencies } from './finding.ts';
import { insertMessages, type PlannedMessage, toMessages } from './messages.ts';
import { markTold, planMessage } from './plan-message.ts';
import { listAudiences, type Operator } from './recipients.ts';

export interface AlertDependencies extends FindDependencies {
  exclusive: Exclusive;
  directory: Directory;
  operator: Operator;
  publicUrl?: string | undefined;
  log: Logger;
  /** Called when something changed that pages show. */
  changed(): void;
  clock?: () => Date;
}

/**
 * Looks for the conditions that are due, updates their alerts and plans the messages about them. Alerts and messages
 * change in one transaction. One process at a time does so. False: another one does.
 */
export function createAlertCheck(deps: AlertDependencies): () => Promise<boolean> {
  const { store, log, clock = () => new Date() } = deps;

  async function check(): Promise<void> {
    const now = clock();
    const found = await find(deps, await takeTurns(store, now));
    const { changed, messages } = await inTransaction(store.pool, async (client) => {
      const known = await loadAlerts(client, found);
      const alerts = advanceAll(known, found, now);
      const planned = await tell(client, deps, alerts, now);
      await saveAlerts(client, known, planned.alerts);
      await insertMessages(client, planned.messages);
      return { changed: isNews(known, planned.alerts), messages: planned.messages };
    });
    if (messages.length > 0) log.info({ messages: messages.length }, 'messages about alerts are planned');
    if (changed) deps.changed();
  }
  return () => deps.exclusive.run('alerts', check);
}

async function find(deps: AlertDependencies, names: ConditionName[]): Promise<Found> {
  const found: Found = new Map();
  for (const condition of names)
    try {
      found.set(condition, await findConditions[condition](deps));
    } catch (err) {
      // A failed look says neither that the condition is there nor that it is gone. The other looks go on.
      deps.log.error({ err, condition }, 'a condition cannot be looked for');
    }
  return found;
}

/** All alerts after the looks. Conditions without a look stay as they are. */
function advanceAll(known: Alert[], found: Found, now: Date): Alert[] {
  const alerts = new Map(known.map((alert) => [keyOf(alert), alert]));
  for (const [condition, list] of found) {
    const findings = new Map(list.map((finding) => [finding.subject, finding]));
    const standing = known.filter((alert) => alert.condition === condition).map(({ subject }) => subject);
    for (const subject of new Set([...findings.keys(), ...standing])) {
      const key = keyOf({ condition, subject });
      const finding = findings.get(subject);
      const after = advance(
        alerts.get(key),
        finding && { condition, finding },
        getCondition(condition),
        messagePolicy,
        now,
      );
      if (after) alerts.set(key, after);
      else alerts.delete(key);
    }
  }
  return [...alerts.values()];
}

/** Plans one message for each audience with news, to each of its addresses. */
async function tell(
  client: pg.PoolClient,
  deps: AlertDependencies,
  alerts: Alert[],
  now: Date,
): Promise<{ alerts: Alert[]; messages: PlannedMessage[] }> {
  const told = new Map(alerts.map((alert) => [alert.id, alert]));
  const messages: PlannedMessage[] = [];
  const audiences = listAudiences(deps, alerts);
  const names = audiences.map(({ name }) => name);
  const last = await readLastMessages(client, names);
  for (const { name, addresses, alerts: theirs } of audiences) {
    // Another audience may have just been told of the same alert.
    const current = theirs.map((alert) => told.get(alert.id) ?? alert);
    const telling = planMessage(name, current, last.get(name), messagePolicy, now);
    if (!telling) continue;
    messages.push(...toMessages(deps, { audience: name, addresses, telling, now }));
    for (const alert of markTold(name, telling, now)) told.set(alert.id, alert);
  }
  return { alerts: [...told.values()], messages };
}

/** Whether pages now show something else. Seeing the same thing again is no news. */
function isNews(before: Alert[], after: Alert[]): boolean {
  const toMark = (alerts: Alert[]) =>
    alerts
      .map(({ id, state, count, told }) => `${id} ${state} ${count} ${Object.values(told).join()}`)
      .join('\n');
  return toMark(before) !== toMark(after);
}
