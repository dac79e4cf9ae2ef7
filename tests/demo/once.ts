import { setTimeout as pause } from 'node:timers/promises';
import { signIn } from './desk.ts';
import { openDoor } from './door.ts';
import type { Journal } from './journal.ts';
import { measure } from './latencies.ts';
import { createObserver, lookEvery } from './observer.ts';
import { play, type Stage } from './play.ts';
import { startProgress } from './progress.ts';
import { scenario } from './scenario.ts';
import { type Demo, password } from './start.ts';
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
  const stage = await setStage(demo, { observer, watch });
  let finished = 0;
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const stopProgress = startProgress(
    () =>
      `${finished} of ${scenario.length} complaints finished, ${verifyNow().problems.length} things on their way, ${seconds()} s`,
    options.quiet,
  );
  const verifyNow = () => verify(observer, scenario, journal.crashed);
  try {
    const failures = await play(stage, scenario, () => {
      finished += 1;
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
    const problems = [...failures.map((failure) => `not played to the end: ${failure}`), ...verdict.problems];
    for (const problem of problems) console.log(`  ${problem}`);
    console.log(
      problems.length === 0
        ? `demo: ${scenario.length} complaints arrived exactly once and in order (${seconds()} s)`
        : `demo: ${problems.length} problems (${seconds()} s); the hub's log is hub.log beside the data`,
    );
    return problems.length === 0;
  } finally {
    stopProgress();
    await watch.stop();
    observer.close();
  }
}

async function setStage(demo: Demo, seen: Pick<Stage, 'observer' | 'watch'>): Promise<Stage> {
  const desk = (login: string) => signIn(demo.url, login, password);
  const [officer, counsellor, administrator] = await Promise.all([
    desk('officer'),
    desk('counsellor'),
    desk('admin'),
  ]);
  const door = openDoor(demo.url, await demo.marketKey(), demo.folder);
  return {
    ...seen,
    outside: demo.outside,
    desks: { officer, counsellor, administrator },
    door,
    acted: new Map(),
  };
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
