import { describe, expect, it } from 'vitest';
import { prepareComplaints } from './complaints.ts';
import type { Arrival } from './receiver/main.ts';
import { settle, toPercentiles } from './settle.ts';

const warmUp = prepareComplaints('warm', 1);
const complaints = prepareComplaints('run', 4);
const [first, second, third, fourth] = complaints.map(({ id }) => id) as [string, string, string, string];
const warm = warmUp[0]!.id;

/** Sent at 1000, 1001 and so on; answered until 1500. */
const load = {
  sent: new Map(complaints.map(({ id }, n) => [id, 1000 + n])),
  waits: [1, 2, 3, 4],
  begun: 1000,
  ended: 1500,
};
const board: Arrival[] = [
  [warm, 900],
  [first, 1100],
  [second, 1201],
  [third, 1302],
  [fourth, 1403],
];
const mail: Arrival[] = [
  [warm, 901],
  [first, 1200],
  [second, 1101],
  [third, 1402],
  [fourth, 3000],
];

describe('settle', () => {
  it('counts a complaint as relayed when the later of post and mail has come', () => {
    const account = settle({ warmUp, complaints, load, arrivals: { board, mail }, stored: 5 });
    expect(account).toMatchObject({ lost: 0, doubled: 0, accepted: 8, relayed: 2 });
    // 1200 - 1000, 1201 - 1001, 1402 - 1002, 3000 - 1003
    expect(account.endToEnd).toEqual({ p50: 200, p95: 1997, p99: 1997 });
  });

  it('takes latencies at a steady rate from when each complaint should have been sent', () => {
    const later = prepareComplaints('steady', 2);
    const sent = new Map(later.map(({ id }, n) => [id, 5000 + n * 10]));
    const arrived = later.map(({ id }, n): Arrival => [id, 5100 + n * 100]);
    const account = settle({
      warmUp,
      complaints,
      load,
      stored: 7,
      steady: { complaints: later, load: { ...load, sent } },
      arrivals: { board: [...board, ...arrived], mail: [...mail, ...arrived.slice(0, 1)] },
    });
    // Sent at 5000 and arrived at 5100. The second mail never came.
    expect(account).toMatchObject({ steady: { p50: 100, p95: 100, p99: 100 }, lost: 1, relayed: 2 });
  });

  it('finds what is missing on any side, also of the warm-up', () => {
    const arrivals = { board: board.slice(1), mail: mail.slice(0, 3) };
    expect(settle({ warmUp, complaints, load, arrivals, stored: 4 })).toMatchObject({ lost: 4, doubled: 0 });
  });

  it('finds what came twice, and takes its first arrival', () => {
    const arrivals = {
      board: [...board, [first, 9000] as Arrival],
      mail: [...mail, [warm, 9000] as Arrival],
    };
    const account = settle({ warmUp, complaints, load, arrivals, stored: 5 });
    expect(account).toMatchObject({ lost: 0, doubled: 2, relayed: 2 });
  });
});

describe('toPercentiles', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, n) => 200 - n);
    expect(toPercentiles(values)).toEqual({ p50: 100, p95: 190, p99: 198 });
  });
});
