import type { Logger } from 'pino';
import { openSigner } from './access/keys/signing-key.ts';
import type { ContentStore } from './attachments/content-store.ts';
import { createSealingDuties } from './attachments/keep-sealed.ts';
import { createLookBackDuty } from './attachments/look-back-duty.ts';
import type { LiveDirectory } from './configuration/live-directory.ts';
import { createProcessDuties } from './insight/process/keep-process.ts';
import { createAccessLogDuties } from './personal/log/keep-log.ts';
import type { Duty } from './queue/ticker.ts';
import { createRetentionDuties } from './retention/keep-retention.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/database.ts';
import type { Exclusive } from './store/exclusive.ts';

/** What looks after records beside the exchange: figures, the access log, how long complaints are kept, and that it is sealed. */
export function createRecordDuties(dependencies: {
  store: Store;
  directory: LiveDirectory;
  exclusive: Exclusive;
  settings: Settings;
  log: Logger;
  /** Where files lie: of complaints, and of tests. */
  contents: readonly ContentStore[];
}): Duty[] {
  const { store, directory, exclusive, settings, log, contents } = dependencies;
  const signed = {
    ...{ store, exclusive, log },
    signer: () => openSigner(store, settings.AUDIT_KEY_FILE, 'audit'),
  };
  return [
    ...createProcessDuties({ store, directory, exclusive, log }),
    ...createSealingDuties({ store, exclusive, log, contents }),
    ...contents
      .slice(0, 1)
      .map((files) => createLookBackDuty({ store, directory, exclusive, log, contents: files })),
    ...createAccessLogDuties({ ...signed, years: settings.ACCESS_LOG_YEARS }),
    ...createRetentionDuties({ ...signed, listAgencies: () => directory.listAgencies() }),
  ];
}
