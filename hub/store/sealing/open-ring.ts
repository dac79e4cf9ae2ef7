import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSecret, type Settings } from '../../settings.ts';
import { StoreError } from '../store-error.ts';
import { makeLocalKey, openLocalKey } from './key-encryption.ts';
import { KeyRing } from './key-ring.ts';

export type SealingSettings = Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'> &
  Partial<Pick<Settings, 'SEALING_KEY' | 'SEALING_ALGORITHM'>>;

/** The file of the key of an embedded server's data. */
const toKeyFile = (dataDir: string): string => join(resolve(dataDir), 'sealing.key');

/**
 * The ring that the settings name; it holds no keys until it is opened. An embedded server has a key file below DATA_DIR,
 * which is made with its first data. A server of DATABASE_URL without SEALING_KEY is not sealed.
 */
export function createConfiguredRing(settings: SealingSettings): KeyRing {
  const { SEALING_KEY, SEALING_ALGORITHM: algorithm = 'aes-256-gcm', DATABASE_URL, DATA_DIR } = settings;
  const named = SEALING_KEY?.split(',').map((one) => one.trim());
  return new KeyRing({
    algorithm,
    wrapping(isSealed) {
      const file = toKeyFile(DATA_DIR);
      if (!named && !DATABASE_URL) makeKeyFile(file, isSealed);
      const references = named ?? (DATABASE_URL ? [] : [`file:${file}`]);
      return references.map((reference) =>
        openLocalKey(
          readSecret(reference, process.env, (path) => readFileSync(path, 'utf8')),
          reference,
          algorithm,
        ),
      );
    },
  });
}

/**
 * Makes the key file of an embedded server that has none, unless its database is sealed already: then the file was lost,
 * and a new one would open nothing.
 */
function makeKeyFile(file: string, isSealed: boolean): void {
  if (existsSync(file)) return;
  if (isSealed)
    throw new StoreError(
      'sealed',
      `${file} is missing, and what is sealed in this database cannot be read without it: put it back, or let SEALING_KEY name it. Nothing was changed`,
    );
  const written = `${file}.${process.pid}`;
  writeFileSync(written, `${makeLocalKey()}\n`, { mode: 0o600, flush: true });
  try {
    // Another process may make one at this moment: the first one counts.
    if (!existsSync(file)) linkSync(written, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(written);
  }
}
