import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UsageError } from './exit-codes.ts';

/** A public key from a file (PEM), as SPKI in base64. */
export async function readPublicKey(file: string): Promise<string> {
  try {
    const key = createPublicKey(await readFile(file, 'utf8'));
    return key.export({ type: 'spki', format: 'der' }).toString('base64');
  } catch (error) {
    throw new UsageError(`${file} holds no public key in PEM: ${(error as Error).message}`);
  }
}
