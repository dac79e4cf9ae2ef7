import { createSecretKey, randomBytes } from 'node:crypto';
import { createKeys, type Keys } from '../../hub/store/sealing/keys.ts';
import type { DataKey, SealAlgorithm } from '../../hub/store/sealing/sealed-text.ts';

/** Keys that no database knows, for a store of a test that seals. */
export function makeKeys(algorithm: SealAlgorithm = 'aes-256-gcm', id = 'madeKeys'): Keys {
  const key: DataKey = { id, algorithm, key: createSecretKey(randomBytes(32)) };
  return createKeys({
    on: true,
    wordsInClear: false,
    current: () => key,
    find: (wanted) => (wanted === id ? key : undefined),
    marking: () => key.key,
  });
}
