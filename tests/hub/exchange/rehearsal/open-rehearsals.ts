import pino from 'pino';
import { createAttachments } from '../../../../hub/attachments/attachments.ts';
import { openContentStore } from '../../../../hub/attachments/open.ts';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import { createDirectory } from '../../../../hub/configuration/live-directory.ts';
import { createAsks } from '../../../../hub/exchange/boards/asks.ts';
import { createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { openStages } from '../../../../hub/exchange/rehearsal/open-stages.ts';
import { createRehearsals, type Rehearsals } from '../../../../hub/exchange/rehearsal/rehearsals.ts';
import { readSettings } from '../../../../hub/settings.ts';
import type { Store } from '../../../../hub/store/database.ts';
import { createFeedSignal } from '../../../../hub/store/signals/feed-signal.ts';
import type { Agency } from '../../../../schemas/index.ts';

export interface OpenRehearsals extends Rehearsals {
  /** The agency as it is in force now. */
  agency(code: string): Promise<Agency>;
  close(): Promise<void>;
}

/** What a person does on the pages, in a process of its own beside the hub's. */
export async function openRehearsals(store: Store): Promise<OpenRehearsals> {
  const log = pino({ level: 'silent' });
  const directory = await createDirectory(store, log);
  const feedSignal = createFeedSignal(store, log);
  const asks = createAsks({ store, feedSignal });
  const boards = createBoards(directory, (reference) => process.env[reference.slice(4)] ?? '', asks);
  const nobody = () => Promise.reject(new Error('nothing real comes in here'));
  const judging = { store, directory, boards, log, clock: () => createClockRules() };
  const {
    trialStore,
    acceptTest: accept,
    register,
  } = openStages({ ...judging, live: nobody, changed: () => undefined, told: feedSignal.changed });
  // Where the hub of the test keeps them.
  const contents = await openContentStore(
    trialStore,
    readSettings({ DATABASE_URL: store.url }),
    log,
    'trial',
  );
  const { upload: keepFile } = createAttachments({
    ...{ store: trialStore, directory, contents, look: () => undefined },
  });
  return {
    ...createRehearsals({ store, trialStore, boards, accept, register, keepFile }),
    async agency(code) {
      await directory.refresh();
      return directory.findAgency(code) as Agency;
    },
    async close() {
      await boards.close();
      await directory.close();
      contents.close();
      await feedSignal.stop();
    },
  };
}
