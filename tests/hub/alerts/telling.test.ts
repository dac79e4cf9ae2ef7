import { describe, expect, it } from 'vitest';
import { type Alert, advance } from '../../../hub/alerts/advance.ts';
import { messagePolicy } from '../../../hub/alerts/conditions.ts';
import { markTold, planMessage } from '../../../hub/alerts/plan-message.ts';

const start = Date.parse('2026-11-20T00:00:00Z');
const at = (minutes: number) => new Date(start + minutes * 60_000);
const minute = 60_000;
const patience = { after: 5 * minute, settle: 10 * minute };
const finding = { condition: 'board-away' as const, finding: { subject: 'road', count: 1, items: [] } };

/** The states of an alert that is found (1) or not (0) minute by minute, and each of its turns to open. */
function follow(seen: string, told = false) {
  let alert: Alert | undefined;
  let opened = 0;
  const states = [...seen].map((sight, index) => {
    const before = alert?.state;
    alert = advance(alert, sight === '1' ? finding : undefined, patience, messagePolicy, at(index));
    if (alert?.state === 'open' && before !== 'open') opened += 1;
    // Whoever hears the start hears the end a minute after it.
    if (told && alert?.state === 'open') alert = { ...alert, told: { operator: 'x' } };
    if (told && alert?.state === 'ended') alert = { ...alert, told: {} };
    return alert?.state ?? '-';
  });
  return { states, opened, alert };
}

describe('an alert', () => {
  it('opens when trouble has lasted, and ends when it has been gone for a while', () => {
    const { states } = follow(`${'1'.repeat(7)}${'0'.repeat(12)}`);
    expect(states).toEqual([
      ...Array(5).fill('pending'),
      'open',
      'open',
      ...Array(9).fill('open'),
      'ended',
      'ended',
      'ended',
    ]);
  });

  it('is nothing while trouble is short', () => {
    expect(follow('1110111101111').opened).toBe(0);
  });

  it('opens once however often it comes and goes', () => {
    expect(follow(`111111${'000000111'.repeat(40)}`, true).opened).toBe(1);
  });

  it('that comes back after its end has to be gone twice as long', () => {
    const returning = `111111${'0'.repeat(11)}111111`;
    const { alert, opened } = follow(returning, true);
    expect([opened, alert?.returns]).toEqual([2, 1]);
    expect(follow(`${returning}${'0'.repeat(19)}`, true).alert?.state).toBe('open');
    expect(follow(`${returning}${'0'.repeat(20)}`, true).alert?.state).toBe('ended');
  });

  it('never ended when nobody heard of its end', () => {
    const ended = { ...follow(`111111${'0'.repeat(11)}`).alert!, told: { operator: 'x' } };
    expect(ended.state).toBe('ended');
    const again = advance(ended, finding, patience, messagePolicy, at(20));
    expect(again).toMatchObject({ state: 'open', ended_at: null, returns: 0 });
  });
});

describe('a message', () => {
  const alertOf = (subject: string, opened: number): Alert => ({
    ...advance(undefined, finding, { after: 0, settle: 0 }, messagePolicy, at(opened))!,
    subject,
  });
  const plan = (alerts: Alert[], last: Date | undefined, now: Date) =>
    planMessage('operator', alerts, last, messagePolicy, now);

  it('gathers what begins together', () => {
    const alerts = [alertOf('a', 0), alertOf('b', 0.5)];
    expect(plan(alerts, undefined, at(0.9))).toBeUndefined();
    expect(plan(alerts, undefined, at(1))?.started.map(({ subject }) => subject)).toEqual(['a', 'b']);
  });

  it('follows the one before after a pause', () => {
    const alerts = [alertOf('a', 0)];
    expect(plan(alerts, at(-1), at(3.9))).toBeUndefined();
    expect(plan(alerts, at(-1), at(4))?.started).toHaveLength(1);
  });

  it('tells of a start once, of what lasts in digests, and of the end once', () => {
    let alerts = [alertOf('a', 0), alertOf('b', 0)];
    const told: string[] = [];
    let last: Date | undefined;
    for (let hour = 0; hour <= 26; hour += 1 / 12) {
      const now = at(hour * 60 + 1);
      if (hour >= 20)
        alerts = alerts.map((one) =>
          one.state === 'open' ? { ...one, state: 'ended', ended_at: now } : one,
        );
      const telling = plan(alerts, last, now);
      if (!telling) continue;
      told.push(
        `${Math.round(hour)} ${telling.started.length}/${telling.lasting.length}/${telling.ended.length}`,
      );
      alerts = markTold('operator', telling, now);
      last = now;
    }
    expect(told).toEqual(['0 2/0/0', '6 0/2/0', '12 0/2/0', '18 0/2/0', '20 0/0/2']);
  });

  it('leaves out what is acknowledged, until it grows', () => {
    const known = { ...alertOf('a', 0), told: { operator: at(1).toISOString() } };
    const acknowledged = { ...known, acknowledged_at: at(2), acknowledged_count: 1 };
    expect(plan([known], at(1), at(400))?.lasting).toHaveLength(1);
    expect(plan([acknowledged], at(1), at(400))).toBeUndefined();
    expect(plan([{ ...acknowledged, count: 2 }], at(1), at(400))?.lasting).toHaveLength(1);
  });

  it('says nothing of what was over before anybody heard of it', () => {
    expect(
      plan([{ ...alertOf('a', 0), state: 'ended', ended_at: at(0.5) }], undefined, at(10)),
    ).toBeUndefined();
  });
});
