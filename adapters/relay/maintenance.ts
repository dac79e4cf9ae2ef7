import type { MaintenanceWindow } from '../../schemas/index.ts';

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const dayLength = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The end of the maintenance window that contains the instant, as wall-clock time of the zone (`2026-12-31 06:00`).
 * Undefined: no window contains it. Windows are compared with the wall clock. So a window that begins or ends in an
 * hour that summer time skips or repeats follows the clock.
 */
export function findMaintenance(
  windows: readonly MaintenanceWindow[],
  timeZone: string,
  instant: number,
): string | undefined {
  if (windows.length === 0) return undefined;
  const [date = '', time = ''] = wallClock(timeZone, instant).split(' ');
  const ends = windows.flatMap((window) => endOf(window, date, time) ?? []);
  return ends.toSorted().at(-1);
}

function endOf(window: MaintenanceWindow, date: string, time: string): string | undefined {
  const { from = '00:00', to = '24:00' } = window;
  const overnight = to <= from;
  if (isOn(window, date) && time >= from && (overnight || time < to))
    return `${overnight ? moveDays(date, 1) : date} ${to}`;
  if (overnight && isOn(window, moveDays(date, -1)) && time < to) return `${date} ${to}`;
  return undefined;
}

function isOn(window: MaintenanceWindow, date: string): boolean {
  if ('date' in window) return window.date === date;
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return window.days.some((day) => day === weekday);
}

function moveDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}

/** For example `2026-11-20 09:30`. */
function wallClock(timeZone: string, instant: number): string {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // The Swedish locale writes dates in the order of ISO 8601.
    formatter = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(instant);
}
