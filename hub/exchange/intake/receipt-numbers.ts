import { toReceiptNumber } from '../../complaints/receipt-number.ts';
import type { Queryable } from '../../store/database.ts';

const block = 500;
/** Milliseconds by which Seoul is ahead of UTC. Korea has had no summer time since 1988. */
const seoulAhead = 9 * 3_600_000;

/**
 * Hands out receipt numbers from blocks, so that taking one needs no query. A restart leaves a gap, never a duplicate.
 */
export interface ReceiptNumbers {
  /** At most `count` numbers for one round of work. `giveBack` returns the rest. */
  draw(client: Queryable, count: number, now: Date): Promise<{ take(): string; giveBack(): void }>;
}

export function createReceiptNumbers(): ReceiptNumbers {
  const free: number[] = [];
  return {
    async draw(client, count, now) {
      while (free.length < count) {
        const { rows } = await client.query<{ n: string }>(
          `select nextval('receipt_numbers') as n from generate_series(1, ${block})`,
        );
        free.push(...rows.map((row) => Number(row.n)));
      }
      const drawn = free.splice(0, count);
      const year = new Date(now.getTime() + seoulAhead).getUTCFullYear();
      return {
        take() {
          const serial = drawn.shift();
          if (serial === undefined) throw new RangeError('more receipt numbers were taken than drawn');
          return toReceiptNumber(serial, year);
        },
        giveBack() {
          free.unshift(...drawn.splice(0));
        },
      };
    },
  };
}
