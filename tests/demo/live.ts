import type { Journal } from './journal.ts';
import { createObserver } from './observer.ts';
import { play } from './play.ts';
import { seeds } from './seeds.ts';
import { setStage } from './set-stage.ts';
import { type Demo, password, people } from './start.ts';
import { startWatch } from './watch.ts';

const seedWithin = 60_000;

/** The accounts, with what each is for. */
const listPeople = (): string =>
  people
    .map(({ login, role, agency = '' }) =>
      `    ${login.padEnd(12)}${role.padEnd(15)}${agency.padEnd(8)}${duties[login] ?? ''}`.trimEnd(),
    )
    .join('\n');

const duties: Record<string, string> = {
  leader: 'releases answers to grievances (결재)',
  inspector: 'department 감사실: second identical grievances',
  techno: 'replies to what other agencies ask',
};

/** What a newcomer needs to know, on one screen. */
export function describeDemo({ url, outside: { sbiz, techno, textile } }: Demo, folder: string): string {
  return `
minwon-hub demo is running

  Console                 ${url}
  Sign in as              with the password ${password}
${listPeople()}

  Sample agencies
  소상공인지원원 (sbiz)   ${sbiz.pageUrl}   REST and JSON
  기술혁신진흥원 (techno) ${techno.pageUrl}    SOAP 1.1 in EUC-KR
  섬유산업진흥원 (textile) ${textile.pageUrl}   tables of GNUBoard, behind an agent
  시장진흥재단 (market)   ${new URL('/?assignee=market', url)}   no board: told by e-mail, answers in the console as "officer"

File a complaint on a board and watch it arrive. Or find with the search of the console what waits for somebody:
  D-601  five complaints joined, a sixth suggested (officer: 절차, 병합)     D-641  the third of one person, to be closed (officer)
  D-621  parts of several agencies, one reply is missing (techno, officer)   D-651  an answer to be released (leader)
Messages stay in the outbox: ${new URL('/outbox', url)}
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
