import type { SqlRow, SqlSession, TableShape } from '../dialects/dialect.ts';
import type { Parts } from './work.ts';

/** True if the zone has summer time in these years. */
function hasSummerTime(timeZone: string): boolean {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const year = new Date().getUTCFullYear();
  const offsets = [0, 6].map(
    (month) => format.formatToParts(Date.UTC(year, month)).find(({ type }) => type === 'timeZoneName')?.value,
  );
  return offsets[0] !== offsets[1];
}

/**
 * The offset in which this session shows instants (`timestamp`). MySQL shows all of them in today's offset, so a summer
 * time read in winter is an hour off. Undefined: it makes no difference, as in Korea.
 */
export async function readOffset(
  { settings }: Parts,
  session: SqlSession,
  timeZone: string,
): Promise<string | undefined> {
  if (settings.dialect !== 'mysql' || !hasSummerTime(timeZone)) return undefined;
  const [row] = await session.query('select @@session.time_zone as zone');
  return String(row?.zone);
}

export const isInstant = ({ columns }: TableShape, name: string): boolean =>
  columns.get(name)?.type === 'timestamp';

/** Adds the offset to such times. A zero date stays unchanged. */
export const withOffset = (rows: SqlRow[], shape: TableShape, offset: string): SqlRow[] =>
  rows.map((row) => {
    const entries = Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' && isInstant(shape, name) ? addOffset(value, offset) : value,
    ]);
    return Object.fromEntries(entries);
  });

export const addOffset = (time: string, offset: string): string =>
  /[1-9]/.test(time) ? `${time}${offset}` : time;
