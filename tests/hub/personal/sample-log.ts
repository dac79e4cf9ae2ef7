import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { Signer } from '../../../hub/access/keys/signing-key.ts';
import { appendEntries } from '../../../hub/personal/log/append-entries.ts';
import type { AccessEntry } from '../../../hub/personal/log/entry.ts';
import { sealEntries } from '../../../hub/personal/log/seal-entries.ts';
import { inTransaction, type Store } from '../../../hub/store/database.ts';

export function makeSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
}

export const sampleEntry = (changed: Partial<AccessEntry> = {}): AccessEntry => ({
  at: new Date(),
  actor: 'kim',
  agency: 'kotra',
  way: 'console',
  address: '10.1.2.3',
  act: 'read',
  purpose: 'handling',
  place: '/complaints/:receiptNumber',
  subjects: [randomUUID()],
  items: ['name', 'text'],
  masked: false,
  reason: '',
  ...changed,
});

export const append = (store: Store, entries: AccessEntry[]): Promise<void> =>
  inTransaction(store.pool, (client) => appendEntries(client, entries));

/** Entries in several seals. */
export async function fillLog(store: Store, seals: number, each: number): Promise<void> {
  for (let n = 0; n < seals; n += 1) {
    await append(
      store,
      Array.from({ length: each }, (_, i) => sampleEntry({ actor: `person${(n * each + i) % 7}` })),
    );
    await sealEntries(store);
  }
}
