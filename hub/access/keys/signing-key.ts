import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Store } from '../../store/database.ts';
import { sealed } from '../../store/sealing/keyed.ts';

/** Signs data that others must trust, whatever way it took to them. */
export interface Signer {
  /** Ed25519 (RFC 8032), SPKI in base64. */
  publicKey: string;
  /** Signature of the bytes, or of the text in UTF-8, in base64. */
  sign(content: string | Uint8Array): string;
}

/** What a key of the hub signs: configuration for agents, or the anchors of the access log. */
export type SigningUse = 'agents' | 'audit';

/**
 * Opens an Ed25519 key of this hub. It comes from `file` (PEM), if one is named.
 * Otherwise the hub makes one at its first use and keeps it in its database. Throws if the file holds no such key.
 */
export async function openSigner(
  store: Pick<Store, 'pool'>,
  file: string | undefined,
  use: SigningUse = 'agents',
): Promise<Signer> {
  const key = createPrivateKey(
    file === undefined ? await findOrMake(store, use) : await readFile(file, 'utf8'),
  );
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`${file}: holds a key of another kind than Ed25519: ${key.asymmetricKeyType}`);
  return {
    publicKey: toBase64(createPublicKey(key)),
    sign: (content) => sign(null, Buffer.from(content as Uint8Array), key).toString('base64'),
  };
}

const toBase64 = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64');

/** If several processes begin at once, one makes the key. */
async function findOrMake({ pool }: Pick<Store, 'pool'>, use: SigningUse): Promise<string> {
  const find = async () => {
    const { rows } = await pool.query<{ pem: string }>(
      'select private_key as pem from signing_keys where name = $1',
      [use],
    );
    return rows[0]?.pem;
  };
  const known = await find();
  if (known) return known;
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  await pool.query('insert into signing_keys (name, private_key) values ($1, $2) on conflict do nothing', [
    use,
    sealed(made.toString()),
  ]);
  return (await find()) ?? made.toString();
}
