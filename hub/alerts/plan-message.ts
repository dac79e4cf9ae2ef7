import type { Alert } from './advance.ts';
import type { MessagePolicy } from './conditions.ts';

/** The content of one message to one audience. */
export interface Telling {
  started: Alert[];
  ended: Alert[];
  lasting: Alert[];
}

/**
 * What to tell an audience now. Undefined: nothing yet. Pure. A start is told once. An end is told to those who were
 * told of the start. Lasting alerts are repeated in one digest, unless somebody has acknowledged them.
 *
 * `alerts`: those that concern the audience. `last`: the time of its last message.
 */
export function planMessage(
  audience: string,
  alerts: Alert[],
  last: Date | undefined,
  policy: MessagePolicy,
  now: Date,
): Telling | undefined {
  const age = (at: Date | string | null | undefined) => now.getTime() - new Date(at ?? now).getTime();
  const toldAt = (alert: Alert) => alert.told[audience];
  const started = alerts.filter((alert) => alert.state === 'open' && !toldAt(alert));
  const ended = alerts.filter((alert) => alert.state === 'ended' && toldAt(alert));
  const lasting = alerts.filter((alert) => alert.state === 'open' && toldAt(alert) && !isQuiet(alert));
  const isNews =
    [...started.map((alert) => alert.opened_at), ...ended.map((alert) => alert.ended_at)].some(
      (at) => age(at) >= policy.gather,
    ) &&
    (last === undefined || age(last) >= policy.pause);
  const isDigest = lasting.some((alert) => age(toldAt(alert)) >= policy.digest);
  if (!isNews && !isDigest) return undefined;
  return { started, ended, lasting: isDigest ? lasting : [] };
}

/** Acknowledged, and not grown since. */
const isQuiet = (alert: Alert): boolean =>
  alert.acknowledged_at !== null && alert.count <= (alert.acknowledged_count ?? 0);

/** The alerts of a message, with what the audience now knows. */
export function markTold(audience: string, { started, ended, lasting }: Telling, now: Date): Alert[] {
  const standing = [...started, ...lasting].map((alert) => ({
    ...alert,
    told: { ...alert.told, [audience]: now.toISOString() },
  }));
  const over = ended.map((alert) => {
    const { [audience]: _told, ...told } = alert.told;
    return { ...alert, told };
  });
  return [...standing, ...over];
}
