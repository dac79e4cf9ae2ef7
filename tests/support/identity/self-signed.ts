import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface KeyPair {
  key: string;
  cert: string;
}

/** An RSA key with its own certificate, as identity providers have them. */
export async function createSelfSigned(name: string, days = 365): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-identity-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  await promisify(execFile)(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-days', String(days)].concat([
      ...['-keyout', key, '-out', cert],
    ]),
    { timeout: 60_000 },
  );
  const pair = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  await rm(folder, { recursive: true });
  return pair;
}
