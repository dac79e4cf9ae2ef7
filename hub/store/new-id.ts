import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const size = 16;
const stock = new Uint8Array(size * 256);
let next = stock.length;

/**
 * A new UUIDv7 (RFC 9562, 5.7). Random bytes are drawn for many ids at once: one call to the system's source costs more
 * than an id.
 */
export function newId(): string {
  if (next === stock.length) {
    randomFillSync(stock);
    next = 0;
  }
  next += size;
  return v7({ random: stock.subarray(next - size, next) });
}
