import type { SqlRow, SqlSession, TableShape } from '../dialects/dialect.ts';
import type { Parts } from './work.ts';

/** Whether the zone's clocks are put forward and back in these years. */
function hasSummerTime(timeZone: string): boolean {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const year = new Date().getUTCFullYear();
  const offsets = [0, 6].map(
    (month) => format.formatToParts(Date.UTC(year, month)).find(({ type }) => type === 'timeZoneName')?.value,
  );
  return offsets[0] !== offsets[1];
}

/**
 * The offset in which this session shows instants (`timestamp`). MySQL shows them all in the offset of today, so that one
 * of summer read in winter would be an hour off. Undefined where that makes no difference, as in Korea.
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

/** With their offset behind such times; a zero date stays one. */
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
