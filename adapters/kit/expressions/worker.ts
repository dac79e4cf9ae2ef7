/** A thread that evaluates expressions. A runaway expression stops nothing else, because the thread can be ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { said } from '../../../schemas/reason.ts';
import { CodeError } from './codes.ts';
import { compileExpression, type Evaluate } from './expression.ts';
import { MappingError } from './mapping-error.ts';
import type { Program } from './parse.ts';
import { type Batch, type Outcome, RecentlyUsed, type Reply, underWay } from './protocol.ts';

/**
 * The thread reports its results at least every so many milliseconds. So little work is repeated if the thread is
 * ended.
 */
const tellAfter = 10;

const progress = new Int32Array(workerData as SharedArrayBuffer);
const known = new RecentlyUsed<{ program: Program; evaluate?: Evaluate }>();
let begun = 0;

async function run({ jobs, programs }: Batch): Promise<void> {
  const fresh = new Map(programs);
  let outcomes: Outcome[] = [];
  let told = performance.now();
  const tell = (done: boolean) => {
    parentPort?.postMessage({ outcomes, done } satisfies Reply);
    outcomes = [];
    told = performance.now();
  };
  for (const { key, input } of jobs) {
    const program = fresh.get(key);
    if (program) known.add(key, { program });
    fresh.delete(key);
    begun += 1;
    Atomics.store(progress, underWay, begun);
    outcomes.push(await toOutcome(key, input));
    if (performance.now() - told > tellAfter) tell(false);
  }
  Atomics.store(progress, underWay, 0);
  tell(true);
}

async function toOutcome(key: string, input: string | undefined): Promise<Outcome> {
  try {
    const entry = known.use(key);
    if (!entry) throw new Error('the program was never given');
    entry.evaluate ??= compileExpression(entry.program);
    const value = await entry.evaluate(input === undefined ? undefined : JSON.parse(input));
    return { kind: 'value', value: JSON.stringify(value) };
  } catch (error) {
    if (error instanceof CodeError) {
      const { table, value, known: entries } = error;
      return { kind: 'code', table, value, known: entries };
    }
    if (error instanceof MappingError) {
      const { kind, plainReason: reason, position } = error;
      return { kind: 'error', of: kind, reason, position };
    }
    return { kind: 'error', of: 'failed', reason: said(String(error)), position: undefined };
  }
}

parentPort?.on('message', run);
