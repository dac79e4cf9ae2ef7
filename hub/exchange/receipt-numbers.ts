import type pg from 'pg';
import { toReceiptNumber } from '../board/receipt-number.ts';

const block = 500;
const yearInSeoul = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Seoul', year: 'numeric' });

/** Hands out receipt numbers from blocks, so that taking one needs no query. A restart leaves a gap, never a double. */
export interface ReceiptNumbers {
  /** Have at least `count` at hand. */
  reserve(client: pg.PoolClient, count: number): Promise<void>;
  take(now: Date): string;
}

export function createReceiptNumbers(): ReceiptNumbers {
  const free: number[] = [];
  return {
    async reserve(client, count) {
      if (free.length >= count) return;
      const { rows } = await client.query<{ n: string }>(
        "select nextval('receipt_numbers') as n from generate_series(1, $1)",
        [Math.max(block, count)],
      );
      free.push(...rows.map((row) => Number(row.n)));
    },
    take(now) {
      const serial = free.shift();
      if (serial === undefined) throw new RangeError('no receipt number was reserved');
      return toReceiptNumber(serial, Number(yearInSeoul.format(now)));
    },
  };
}
