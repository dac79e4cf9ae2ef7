import type { Logger } from 'pino';
import type { Agency } from '../../schemas/index.ts';
import { createOutage } from '../observe/outage.ts';
import type { Topic } from '../queue/topics.ts';
import type { Store } from '../store/database.ts';
import { findPassingTrouble } from '../store/database-trouble.ts';
import { pruneWhatIsOver } from '../store/prune.ts';
import { takeBack } from '../store/states/link-state.ts';
import { noteSilence } from './agents/heartbeat.ts';
import { type Boards, isBehindAgent, isMaintained } from './boards/boards.ts';
import { listTelling } from './boards/listen.ts';
import { askWhatIsDue } from './reconcile/schedule.ts';
import { findShapesDue } from './shape/shapes.ts';

const everyMilliseconds = 1000;
/** Turns: a minute. */
const scheduleEvery = 60;
const shapesEvery = 5;
/** Turns: a board that nobody listens to waits so long for a listener. */
const listenEvery = 5;

/**
 * Finds what was asked for or is due beside the daily traffic (comparisons, repairs, replays, mapping again, what boards
 * look like, boards to listen to) and has it looked at, as the sweep does for deliveries. Removes what is over.
 */
export function startUpkeep(dependencies: {
  store: Store;
  boards: Boards;
  log: Logger;
  look(topic: Topic): void;
}): { stop(): Promise<void> } {
  const { store, boards, log, look } = dependencies;
  const outage = createOutage(log, 'what upkeep reads in the database');
  let turn = 0;
  let stopped = false;
  let timer: NodeJS.Timeout;
  let working = Promise.resolve();

  async function lookAtAllThatIsDue(): Promise<void> {
    if (turn % scheduleEvery === 0) {
      // A board that is only written to tells nobody what it holds.
      await askWhatIsDue(
        store,
        boards.list().filter(({ code }) => boards.can(code, 'fingerprints')),
      );
      const { behind = [], direct = [] } = Object.groupBy(boards.list(), (agency) =>
        isBehindAgent(agency) ? 'behind' : 'direct',
      );
      await noteSilence(store, behind.map(toCode));
      await takeBack(store, direct.map(toCode));
      await pruneWhatIsOver(store);
    }
    if (turn % shapesEvery === 0)
      for (const agency of await findShapesDue(store, listSeen(boards))) look(`shape:${agency}`);
    if (turn % listenEvery === 0) for (const agency of listTelling(boards)) look(`listen:${agency}`);
    const { rows } = await store.pool.query<Asked>({ name: 'upkeep', text });
    for (const { kind, subject } of rows) look(`${kind}:${subject}`);
  }

  async function work(): Promise<void> {
    try {
      await lookAtAllThatIsDue();
      outage.ended();
    } catch (err) {
      if (findPassingTrouble(err)) outage.failed(err);
      else log.error({ err }, 'upkeep failed; it looks again');
    }
    turn += 1;
    if (!stopped) timer = setTimeout(start, everyMilliseconds);
  }
  function start(): void {
    working = work();
  }

  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}

const toCode = ({ code }: Agency) => code;

/** Agencies whose board may be looked at now. */
const listSeen = (boards: Boards): Agency[] => boards.list().filter((agency) => !isMaintained({ agency }));

interface Asked {
  kind: 'reconcile' | 'replay' | 'remap';
  subject: string;
}

const text = `
select 'reconcile' as kind, agency as subject from reconciliations where state in ('asked', 'reading')
union select 'reconcile', agency from drifts where state = 'repairing'
union select 'replay', id::text from replays where state = 'running'
union select 'remap', agency from remaps where state = 'running'`;
