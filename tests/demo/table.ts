import type { Latency } from './latencies.ts';
import { lookEvery } from './observer.ts';
import type { Verdict } from './verify.ts';

/** The result for people. */
export function renderTable({ counts, repeated }: Verdict, latencies: Latency[]): string {
  const row = (what: string, ...cells: (string | number)[]) =>
    `  ${what.padEnd(44)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
  const lines = [
    row('exactly once, in order', 'expected', 'found'),
    ...counts.map(({ what, expected, found }) => row(what, expected, found)),
    '',
    row(`end to end, ms (seen every ${lookEvery} ms)`, 'n', 'p50', 'p95', 'p99'),
    ...latencies.map(({ what, times }) =>
      row(what, times.length, ...[0.5, 0.95, 0.99].map((share) => percentile(times, share))),
    ),
  ];
  if (repeated.length > 0) {
    lines.push('', `  repeated after the crash (same Message-ID): ${repeated.length}`);
    lines.push(...repeated.map((mail) => `    ${mail}`));
  }
  return lines.join('\n');
}

/** By the nearest-rank method. */
export function percentile(times: number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  const value = sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)];
  return value === undefined ? '–' : value.toFixed(0);
}
