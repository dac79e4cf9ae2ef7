import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeLocalKey } from '../../hub/store/sealing/key-encryption.ts';
import type { SealAlgorithm } from '../../hub/store/sealing/sealed-text.ts';
import { type Bench, type Measurement, measure } from './measure.ts';

/** What sealing costs at most, as a share of what is accepted and relayed a second. */
const mostLost = 0.15;

export interface SealingRun {
  off: Measurement;
  on: Measurement;
}

/** The hub with both roles, with and without encryption at rest. The runs alternate, so that both meet the same noise. */
export async function measureSealing(
  bench: Bench,
  algorithm: SealAlgorithm,
  rounds: number,
  tell: (text: string) => void,
): Promise<SealingRun[]> {
  const keyFile = join(bench.folder, 'sealing.key');
  await writeFile(keyFile, makeLocalKey());
  const runs: SealingRun[] = [];
  for (let n = 0; n < rounds; n++) {
    const off = await measure(bench, 'c', 2 * n);
    const on = await measure({ ...bench, sealing: { algorithm, keyFile } }, 'c', 2 * n + 1);
    runs.push({ off, on });
    tell(`round ${n + 1}: ${toWords(off)} in the clear, ${toWords(on)} sealed`);
  }
  return runs;
}

const toWords = ({ accepted, relayed = 0 }: Measurement) =>
  `${accepted.toFixed(0)} accepted/s and ${relayed.toFixed(0)} relayed/s`;

/** The median of the ratios of each round: what is common to both runs of a round falls out. */
function toRatios(runs: SealingRun[]): { accepted: number; relayed: number; cpu: number } {
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
  return {
    cpu: median(runs.map(({ off, on }) => on.cpu / off.cpu)),
    accepted: median(runs.map(({ off, on }) => on.accepted / off.accepted)),
    relayed: median(runs.map(({ off, on }) => (on.relayed ?? 0) / (off.relayed ?? 1))),
  };
}

export function toSealingReport(runs: SealingRun[], algorithm: SealAlgorithm): string {
  const { accepted, relayed, cpu } = toRatios(runs);
  const judge = (ratio: number) =>
    `${ratio.toFixed(2)} of what goes without (${ratio >= 1 - mostLost ? 'within' : 'MISSES'} ${1 - mostLost})`;
  return [
    `Sealed with ${algorithm}, over ${runs.length} round(s), the hub:`,
    `accepts ${judge(accepted)}`,
    `relays ${judge(relayed)}`,
    `and takes ${cpu.toFixed(2)} of the processor time of its process`,
  ].join('\n');
}
