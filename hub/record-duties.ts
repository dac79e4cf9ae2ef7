import type { Logger } from 'pino';
import { openSigner } from './access/keys/signing-key.ts';
import type { LiveDirectory } from './configuration/live-directory.ts';
import { createProcessDuties } from './insight/process/keep-process.ts';
import { createAccessLogDuties } from './personal/log/keep-log.ts';
import type { Duty } from './queue/ticker.ts';
import { createRetentionDuties } from './retention/keep-retention.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store/database.ts';
import type { Exclusive } from './store/exclusive.ts';

/** What looks after records beside the exchange: figures, the access log, and how long complaints are kept. */
export function createRecordDuties(dependencies: {
  store: Store;
  directory: LiveDirectory;
  exclusive: Exclusive;
  settings: Settings;
  log: Logger;
}): Duty[] {
  const { store, directory, exclusive, settings, log } = dependencies;
  const signed = {
    ...{ store, exclusive, log },
    signer: () => openSigner(store, settings.AUDIT_KEY_FILE, 'audit'),
  };
  return [
    ...createProcessDuties({ store, directory, exclusive, log }),
    ...createAccessLogDuties({ ...signed, years: settings.ACCESS_LOG_YEARS }),
    ...createRetentionDuties({ ...signed, listAgencies: () => directory.listAgencies() }),
  ];
}
