import type { Agency } from '../../schemas/index.ts';
import { cutCallLogs } from '../access/calls/cut-call-logs.ts';
import { pruneSessions } from '../access/people/sessions.ts';
import { pruneTries } from '../access/people/sign-in-tries.ts';
import { findDueTrialChannels } from '../notify/trials/trial-messages.ts';
import type { Duty } from '../queue/ticker.ts';
import type { Topic } from '../queue/topics.ts';
import type { Store } from '../store/database.ts';
import { pruneWhatIsOver } from '../store/prune.ts';
import { dropRemoved } from '../store/states/endpoint-state.ts';
import { takeBack } from '../store/states/link-state.ts';
import { settleTold } from '../store/states/notice-state.ts';
import { noteSilence } from './agents/heartbeat.ts';
import { type Boards, isBehindAgent, isMaintained } from './boards/boards.ts';
import { listTelling } from './boards/listen.ts';
import { askWhatIsDue } from './reconcile/schedule.ts';
import { findShapesDue } from './shape/shapes.ts';

/** Milliseconds. */
const second = 1000;
const minute = 60 * second;

/**
 * Finds what was asked for or is due beside the daily traffic: comparisons, repairs, replays, remaps, shapes, and
 * boards to listen to. It has them looked at, as the sweep does for deliveries. It also removes what is out of date.
 */
export function createUpkeep(dependencies: {
  store: Store;
  boards: Boards;
  look(topic: Topic): void;
}): Duty[] {
  const { store, boards, look } = dependencies;

  async function askForComparisons(): Promise<void> {
    // A board that is only written to cannot say what it holds.
    const comparable = boards.list().filter(({ code }) => boards.can(code, 'fingerprints'));
    await askWhatIsDue(store, comparable);
  }

  const listCodes = (behindAgent: boolean) =>
    boards.list().flatMap((agency) => (isBehindAgent(agency) === behindAgent ? agency.code : []));

  async function pruneSignIns(): Promise<void> {
    await pruneSessions(store);
    await pruneTries(store);
  }

  async function lookAtShapes(): Promise<void> {
    for (const agency of await findShapesDue(store, listSeen(boards))) look(`shape:${agency}`);
  }

  // A board without a listener waits this long for one.
  function lookAtTelling(): void {
    for (const agency of listTelling(boards)) look(`listen:${agency}`);
  }

  // Not in the sweep: that also runs on the tables of test complaints, beside which there are no such messages.
  async function lookAtTrials(): Promise<void> {
    for (const channel of await findDueTrialChannels(store)) look(`notify:${channel}`);
  }

  async function lookAtAsked(): Promise<void> {
    const { rows } = await store.pool.query<Asked>({ name: 'upkeep', text });
    for (const { kind, subject } of rows) look(kind === 'held' ? 'held:' : `${kind}:${subject}`);
  }

  return [
    { name: 'complaints that are joined to others', every: second, run: () => look('joined:') },
    { name: 'comparisons that are due', every: minute, run: askForComparisons },
    { name: 'agents that are silent', every: minute, run: () => noteSilence(store, listCodes(true)) },
    { name: 'what former agents were given', every: minute, run: () => takeBack(store, listCodes(false)) },
    { name: 'what removed endpoints were to be told', every: minute, run: () => dropRemoved(store.pool) },
    { name: 'rows that are over', every: minute, run: () => pruneWhatIsOver(store) },
    { name: 'calls beyond the length of their log', every: minute, run: () => cutCallLogs(store) },
    {
      name: 'notices that arrived otherwise',
      every: 10 * minute,
      run: async () => void (await settleTold(store)),
    },
    { name: 'sessions and tries to sign in that are over', every: 10 * minute, run: pruneSignIns },
    { name: 'what boards look like', every: 5 * second, run: lookAtShapes },
    { name: 'boards that tell of news', every: 5 * second, run: lookAtTelling },
    { name: 'repairs that were asked for, and what people sent', every: second, run: lookAtAsked },
    { name: 'messages that a person tries', every: second, run: lookAtTrials },
  ];
}

/** Agencies whose board may be looked at now. */
const listSeen = (boards: Boards): Agency[] => boards.list().filter((agency) => !isMaintained({ agency }));

interface Asked {
  kind: 'reconcile' | 'replay' | 'remap' | 'workbench' | 'held';
  subject: string;
}

const text = `
select 'reconcile' as kind, agency as subject from reconciliations where state in ('asked', 'reading')
union select 'reconcile', agency from drifts where state = 'repairing'
union select 'replay', id::text from replays where state = 'running'
union select 'remap', agency from remaps where state = 'running'
union select 'workbench', agency from workbench_runs where state = 'running'
union select 'held', '' from held_acts where state = 'held' and due_at <= now()`;
