import type { Logger } from 'pino';
import type { Channel } from '../../schemas/index.ts';
import type { ContentStore } from '../attachments/content-store.ts';
import { indexWords } from '../complaints/reading/index-words.ts';
import { createOpenWorkDuties } from '../complaints/reading/keep-open-work.ts';
import type { Directory } from '../configuration/directory.ts';
import { remindOfDeadlines, remindOfDuties } from '../notify/remind.ts';
import type { Metrics } from '../observe/metrics.ts';
import { createLooks, type Looks, type LookWork } from '../queue/looks.ts';
import { type Duty, startTicker } from '../queue/ticker.ts';
import type { Topic } from '../queue/topics.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { createBoardHealth } from './boards/board-health.ts';
import type { Boards } from './boards/boards.ts';
import { createListen } from './boards/listen.ts';
import { createDeliver } from './delivery/deliver.ts';
import type { Endpoints } from './endpoints/endpoints.ts';
import { createTellEndpoints } from './endpoints/tell-endpoints.ts';
import { createBringFiles } from './files/bring-files.ts';
import { createFetchFiles } from './files/fetch-files.ts';
import { createHeldLook } from './held/held-look.ts';
import type { Accept } from './intake/incoming.ts';
import { createPoll } from './intake/poll.ts';
import { tellJoined } from './joining/tell-joined.ts';
import type { ParkedActions } from './parked/parked-actions.ts';
import { createReconcile } from './reconcile/reconcile.ts';
import { createRunRemap } from './remap/run-remap.ts';
import { createRunReplay } from './replay/run-replay.ts';
import { createShapeLook } from './shape/look-at-shape.ts';
import { createSweep } from './sweep.ts';
import { createUpkeep } from './upkeep.ts';
import { createRunDraft } from './workbench/run-draft.ts';

export interface WorkerDependencies {
  store: Store;
  directory: Directory;
  boards: Boards;
  endpoints: Endpoints;
  contents: ContentStore;
  accept: Accept;
  parked: ParkedActions;
  exclusive: Exclusive;
  notices: { drain(channel: Channel): Promise<void>; stop(): Promise<void> };
  /** Asks for reports on text messages, and stops to wait for them. Called every few seconds. */
  askReports(stop: AbortSignal): Promise<void>;
  /** Checks the conditions of alerts and sends the messages. Each is called every few seconds. */
  alerts: { check(): Promise<unknown>; send(stop: AbortSignal): Promise<unknown> };
  /** Sends mails about accounts. Called every second. */
  accountMails(stop: AbortSignal): Promise<unknown>;
  /** Keeps what hub/insight counts up to date. */
  insight: readonly Duty[];
  metrics: Metrics;
  log: Logger;
  changed(): void;
  /** Wakes the clients that wait for the agency's feed. False: the hub itself delivers to the agency's board. */
  toldFed(topic: Topic): boolean;
}

/** The role `worker`: looks at what topics name, and sweeps for what no topic named. */
export function startWorker(dependencies: WorkerDependencies): Looks {
  const { store, boards, accept, parked, exclusive, notices, alerts, metrics, log, changed } = dependencies;
  const health = createBoardHealth(store);
  const look = (topic: Topic) => {
    if (!dependencies.toldFed(topic)) looks.look(topic);
  };
  const files = { ...dependencies, health, look };
  const deliver = createDeliver({
    store,
    exclusive,
    boards,
    health,
    log,
    delivered(agency, { end }) {
      metrics.delivered(agency, end);
      changed();
    },
  });
  const poll = createPoll({ store, exclusive, boards, accept, log });
  const repairing = { store, exclusive, boards, accept, log, look };
  const looks: Looks = createLooks(
    {
      deliver,
      webhook: createTellEndpoints(dependencies),
      poll,
      listen: createListen({ exclusive, boards, log, look }),
      reconcile: createReconcile({ ...repairing, poll: poll.run }),
      replay: createRunReplay({ store, exclusive, look }),
      remap: createRunRemap({ ...repairing, parked }),
      workbench: createRunDraft({ store, exclusive, log }),
      shape: createShapeLook({ store, exclusive, boards, log, changed }),
      'fetch-files': createFetchFiles(files),
      'bring-files': createBringFiles(files),
      'sweep-files': {
        run: () => exclusive.run('sweep-files', async () => void (await dependencies.contents.sweep())),
      },
      notify: {
        run: (channel) => notices.drain(channel).finally(changed),
        // If a topic is asked for again during a run, the run looks again.
        nudge: (channel) => void notices.drain(channel).catch(() => undefined),
      },
      index: {
        run: (_all, stop) =>
          exclusive.run('index', (lost) => indexWords(store, AbortSignal.any([stop, lost]))),
      },
      reports: { run: (_all, stop) => dependencies.askReports(stop) },
      remind: { run: () => remind(dependencies) },
      joined: {
        run: (_all, stop) =>
          exclusive.run('joined', (lost) => tellJoined(dependencies, AbortSignal.any([stop, lost]))),
      },
      held: createHeldLook(dependencies),
      accounts: { run: (_all, stop) => dependencies.accountMails(stop) },
      alerts: { run: (work, stop) => (work === 'check' ? alerts.check() : alerts.send(stop)) },
    } satisfies LookWork,
    log,
  );
  const duties = [
    ...createSweep({ ...dependencies, poll, look, begin: looks.begin }),
    ...createUpkeep({ store, boards, look }),
    ...createOpenWorkDuties({ store, exclusive, log }),
    ...dependencies.insight,
  ];
  const ticker = startTicker(duties, log);
  return {
    ...looks,
    async stop() {
      await ticker.stop();
      await Promise.all([looks.stop(), notices.stop()]);
    },
  };
}

async function remind({ store, directory, log }: WorkerDependencies): Promise<void> {
  await remindOfDeadlines(store, directory, log);
  await remindOfDuties(store, directory, log);
}
