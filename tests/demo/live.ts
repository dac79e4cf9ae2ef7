import type { Journal } from './journal.ts';
import { createObserver } from './observer.ts';
import { play } from './play.ts';
import { seeds } from './scenario.ts';
import { setStage } from './set-stage.ts';
import { type Demo, password, people } from './start.ts';
import { startWatch } from './watch.ts';

const seedWithin = 60_000;

/** What a newcomer needs to know, on one screen. */
export function describeDemo({ url, outside: { sbiz, techno, textile } }: Demo, folder: string): string {
  return `
minwon-hub demo is running

  Console                 ${url}
  Sign in as              ${people.map(({ login }) => login).join(', ')} (password ${password})

  Sample agencies
  소상공인지원원 (sbiz)   ${sbiz.pageUrl}   REST and JSON
  기술혁신진흥원 (techno) ${techno.pageUrl}    SOAP 1.1 in EUC-KR
  섬유산업진흥원 (textile) ${textile.pageUrl}   tables of GNUBoard, behind an agent
  시장진흥재단 (market)   ${new URL('/?assignee=market', url)}   no board: told by e-mail, answers in the console as "officer"

File a complaint on a board and watch it arrive. Messages stay in the outbox: ${new URL('/outbox', url)}
Data and log: ${folder}. Ctrl-C stops; started again, it goes on; --fresh starts anew.
`;
}

/** Creates some complaints, so that no page is empty. It runs once per data folder. */
export async function seed(demo: Demo, journal: Journal, stop: AbortSignal): Promise<void> {
  if (journal.isDone('seeds')) return;
  const observer = createObserver(demo.outside);
  const watch = await startWatch(observer, AbortSignal.any([stop, AbortSignal.timeout(seedWithin)]), false);
  try {
    const stage = await setStage(demo, { observer, watch, journal });
    const failures = await play(stage, seeds, () => undefined);
    if (failures.length > 0)
      console.log(`Some of the first complaints did not arrive:\n  ${failures.join('\n  ')}`);
    if (failures.length === 0) journal.noteDone('seeds');
  } finally {
    await watch.stop();
    observer.close();
  }
}
