import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from './journal.ts';
import { measure } from './latencies.ts';
import { findLeaks, readPlaces } from './leaks.ts';
import { createObserver, lookEvery } from './observer.ts';
import { play } from './play.ts';
import { startProgress } from './progress.ts';
import { countComplaints, scenario } from './scenario.ts';
import { setStage } from './set-stage.ts';
import type { Demo } from './start.ts';
import { renderTable } from './table.ts';
import { verify } from './verify.ts';
import { startWatch } from './watch.ts';

export interface OnceOptions {
  quiet: boolean;
  /** Seconds. */
  within: number;
}

/** Plays the scenario without a person and judges the outside. True: everything arrived, once and in order. */
export async function playOnce(
  demo: Demo,
  journal: Journal,
  options: OnceOptions,
  stop: AbortSignal,
): Promise<boolean> {
  const started = performance.now();
  const deadline = AbortSignal.any([stop, AbortSignal.timeout(options.within * 1000)]);
  const observer = createObserver(demo.outside);
  const watch = await startWatch(observer, deadline, true);
  const stage = await setStage(demo, { observer, watch, journal });
  const total = countComplaints(scenario);
  let finished = 0;
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const stopProgress = startProgress(
    () =>
      `${finished} of ${total} complaints finished, ${verifyNow().problems.length} things on their way, ${seconds()} s`,
    options.quiet,
  );
  const verifyNow = () => verify(observer, scenario, journal.crashed);
  try {
    const failures = await play(stage, scenario, (story) => {
      finished += countComplaints([story]);
    });
    failures.push(...(await waitForQuiet(demo, deadline)));
    await observer.look();
    stopProgress();
    if (stop.aborted) {
      console.log('demo: stopped; started again with the same data, it goes on');
      return false;
    }
    const verdict = verifyNow();
    console.log(renderTable(verdict, measure(scenario, observer, stage.acted)));
    const places = await readPlaces(demo.outside, observer, await stage.programs.market.readFeed());
    const problems = [
      ...failures.map((failure) => `not played to the end: ${failure}`),
      ...verdict.problems,
      ...findLeaks(places, scenario),
    ];
    for (const problem of problems) console.log(`  ${problem}`);
    console.log(
      problems.length === 0
        ? `demo: ${total} complaints arrived exactly once and in order (${seconds()} s)`
        : `demo: ${problems.length} problems (${seconds()} s); the hub's log is hub.log beside the data`,
    );
    return problems.length === 0;
  } finally {
    stopProgress();
    await watch.stop();
    observer.close();
  }
}

/** Duplicates come late, so each board must be polled a few more times. Returns what did not happen. */
async function waitForQuiet({ outside: { sbiz, techno } }: Demo, deadline: AbortSignal): Promise<string[]> {
  if (deadline.aborted) return [];
  const calls = 3;
  const until = [sbiz, techno].map((board) => ({ board, requests: board.faults.requests + calls }));
  const isQuiet = () => until.every(({ board, requests }) => board.faults.requests >= requests);
  while (!deadline.aborted && !isQuiet()) await pause(lookEvery);
  return isQuiet() ? [] : ['the hub no longer looks at the boards'];
}
