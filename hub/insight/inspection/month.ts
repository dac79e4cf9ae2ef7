import { sql } from 'kysely';

/** The first instant after a month in Korea. `month`: as in 2026-11. */
export const endOf = (month: string) =>
  sql<Date>`((${`${month}-01`}::timestamp + interval '1 month') at time zone 'Asia/Seoul')`;
export const startOf = (month: string) => sql<Date>`(${`${month}-01`}::timestamp at time zone 'Asia/Seoul')`;
