import type { Agency } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { insertRun } from './decide-repairs.ts';

const nightly = '03:00';

/**
 * Asks for the comparisons whose time of day has passed since the last one. A new agency is first compared at the next
 * such time after it was connected.
 */
export async function askWhatIsDue({ pool }: Store, agencies: Agency[], now = new Date()): Promise<string[]> {
  const times = agencies.flatMap(({ code, board, timeZone = 'Asia/Seoul' }) => {
    const at = board?.reconcileAt ?? nightly;
    return at === 'never' ? [] : [{ agency: code, at: lastTimeOfDay(at, timeZone, now).toISOString() }];
  });
  const { rows } = await pool.query<{ agency: string }>(
    `select x.agency from jsonb_to_recordset($1::jsonb) as x(agency text, at timestamptz)
     where exists (select from configurations c where c.kind = 'agency' and c.name = x.agency and c.applied_at < x.at)
       and not exists (select from reconciliations r where r.agency = x.agency and r.since is null and r.asked_at >= x.at)`,
    [JSON.stringify(times)],
  );
  for (const { agency } of rows) await insertRun(pool, agency, null);
  return rows.map(({ agency }) => agency);
}

/** The last time that clocks in the zone showed this time of day (HH:MM). */
export function lastTimeOfDay(at: string, timeZone: string, now: Date): Date {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const shown = Object.fromEntries(
    getClock(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const passed = ((shown.hour ?? 0) - hour) * 60 + (shown.minute ?? 0) - minute;
  const minutes = (passed + 24 * 60) % (24 * 60);
  return new Date(Math.floor(now.getTime() / 60_000 - minutes) * 60_000);
}

/** Formats by time zone: thousands of agencies share one, and making a format costs more than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function getClock(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en', options);
  clocks.set(timeZone, clock);
  return clock;
}
