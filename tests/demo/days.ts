/** Days as the stories name them: `+2` is the day after tomorrow in Korea. */
const day = 86_400_000;
/** Korea has kept UTC+9 without summer time since 1988. */
const koreanOffset = 9 * 3_600_000;

/** As a form takes it. */
export const toDate = (days: string): string =>
  new Date(Date.now() + koreanOffset + Number(days) * day).toISOString().slice(0, 10);
/** As a program sends it: until the end of the day. */
export const toEndOfDay = (days: string): string => `${toDate(days)}T23:59:59+09:00`;
