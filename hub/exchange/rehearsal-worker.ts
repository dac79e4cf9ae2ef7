import type { Logger } from 'pino';
import type { Channel } from '../../schemas/index.ts';
import type { ContentStore } from '../attachments/content-store.ts';
import type { Directory } from '../configuration/directory.ts';
import { createLooks } from '../queue/looks.ts';
import { type Duty, startTicker } from '../queue/ticker.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { takeBack } from '../store/states/link-state.ts';
import { createBoardHealth } from './boards/board-health.ts';
import { type Boards, isBehindAgent } from './boards/boards.ts';
import { createDeliver } from './delivery/deliver.ts';
import { createBringFiles } from './files/bring-files.ts';
import { createFetchFiles } from './files/fetch-files.ts';
import type { Accept } from './intake/incoming.ts';
import { createPoll } from './intake/poll.ts';
import { boardsIn } from './rehearsal/boards-in.ts';
import { pruneRehearsed } from './rehearsal/prune-rehearsed.ts';
import { createSweep } from './sweep.ts';

export interface RehearsalWorkerDependencies {
  store: Store;
  /** The store on the tables of test complaints. It also holds where reading stands in both stages. */
  trialStore: Store;
  directory: Directory;
  boards: Boards;
  contents: ContentStore;
  /** Decides by the stage (`staged-accept`). */
  accept: Accept;
  exclusive: Exclusive;
  notices: { drain(channel: Channel): Promise<void>; stop(): Promise<void> };
  log: Logger;
  changed(): void;
}

const minute = 60_000;

/**
 * The exchange with boards that are not live, by the same code on other tables. In rehearsal and trial it reads them. In
 * trial alone it delivers, and then there is nothing but test complaints to deliver. It needs no queue: each process
 * looks by itself, and locks keep them apart, also from the exchange with live boards.
 */
export function startRehearsalWorker(dependencies: RehearsalWorkerDependencies): { stop(): Promise<void> } {
  const { store, trialStore, directory, boards, contents, accept, exclusive, notices, log, changed } =
    dependencies;
  const read = boardsIn(boards, directory, ['rehearsal', 'trial']);
  const written = boardsIn(boards, directory, ['trial']);
  const health = createBoardHealth(trialStore);
  const poll = createPoll({ store: trialStore, exclusive, boards: read, accept, log });
  const delivery = { store: trialStore, exclusive, boards: written, health, log };
  const files = {
    ...delivery,
    directory,
    contents,
    changed,
    look: (topic: Parameters<typeof looks.look>[0]) => looks.look(topic),
  };
  const looks = createLooks(
    {
      poll,
      deliver: createDeliver({ ...delivery, delivered: changed }),
      'fetch-files': createFetchFiles(files),
      'bring-files': createBringFiles(files),
      'sweep-files': {
        run: () => exclusive.run('sweep-trial-files', async () => void (await contents.sweep())),
      },
      notify: { run: (channel) => notices.drain(channel).finally(changed) },
    },
    log,
  );
  const sweep = createSweep({
    store: trialStore,
    boards: read,
    endpoints: { list: () => [] },
    poll,
    look: looks.look,
    begin: looks.begin,
  });

  async function prune(): Promise<void> {
    for (const { code } of read.list()) await pruneRehearsed(store, code);
  }

  const takeBackTests = () =>
    takeBack(
      trialStore,
      written.list().flatMap((agency) => (isBehindAgent(agency) ? [] : agency.code)),
    );

  const ticker = startTicker(
    [
      ...sweep,
      { name: 'what was rehearsed long ago', every: minute, run: prune },
      { name: 'tests that former agents were given', every: minute, run: takeBackTests },
    ].map((duty) => whileAny(read, duty)),
    log,
  );
  return {
    async stop() {
      await ticker.stop();
      await Promise.all([looks.stop(), notices.stop()]);
    },
  };
}

/** Most of the time no agency is rehearsed, and nothing is asked then. */
const whileAny = (boards: Boards, duty: Duty): Duty => ({
  ...duty,
  run: async () => {
    if (boards.list().length > 0) await duty.run();
  },
});
