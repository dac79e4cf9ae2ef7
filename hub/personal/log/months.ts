/** Months and days in Korea, which has no summer time: nine hours before Greenwich. */
const ahead = 9 * 60 * 60_000;

/** 2026-11. */
export const toMonth = (at: Date): string => new Date(at.getTime() + ahead).toISOString().slice(0, 7);

/** 2026-11-30. */
export const toDay = (at: Date): string => new Date(at.getTime() + ahead).toISOString().slice(0, 10);

/** When the month begins, and when the next one does. */
export function toSpan(month: string): { from: Date; to: Date } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return {
    from: new Date(Date.UTC(year, number - 1, 1) - ahead),
    to: new Date(Date.UTC(year, number, 1) - ahead),
  };
}

export const isMonth = (text: string): boolean => /^20\d\d-(0[1-9]|1[0-2])$/.test(text);

/** The month before. */
export const toMonthBefore = (month: string): string => toMonth(new Date(toSpan(month).from.getTime() - 1));

/** The name of the part of a table that holds the month. */
export const toPartName = (table: 'access_entries' | 'access_seals', month: string): string => {
  if (!isMonth(month)) throw new Error(`${month} is no month`);
  return `${table}_${month.replace('-', '_')}`;
};
