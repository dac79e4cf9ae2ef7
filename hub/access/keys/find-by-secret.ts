import type { Store } from '../../store/database.ts';
import { type KeyLookup, listApiKeys } from './api-keys.ts';
import { toSigningSecret } from './request-signature.ts';
import type { Caller } from './scopes.ts';

/** Finds the key whose signing secret fits. There are two while one key replaces another. */
export type FindBySecret = (agency: string, fits: (secret: string) => boolean) => Promise<Caller | undefined>;

/**
 * For protocols that send a digest of a secret instead of the secret (WS-Security). To check a digest, the hub has to
 * know the secret, but of keys it keeps only hashes. So the secret is the key's signing secret, derived from the key's
 * id and a secret of the hub. It is stored nowhere, the database alone reveals nothing, and it ends with its key.
 * Undefined: the hub has no such secret.
 */
export function createFindBySecret(
  store: Store,
  keys: KeyLookup,
  signingSecret: string | undefined,
): FindBySecret | undefined {
  if (!signingSecret) return undefined;
  return async (agency, fits) => {
    const listed = await listApiKeys(store, agency);
    const found = listed.find(({ id, valid }) => valid && fits(toSigningSecret(signingSecret, id)));
    return found && keys.byId(found.id);
  };
}
