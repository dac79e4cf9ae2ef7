import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Issued {
  key: string;
  cert: string;
  /** SHA-256 in hexadecimal. */
  fingerprint: string;
}

export interface Authority {
  cert: string;
  issue(name: string, subjectAltName?: string): Promise<Issued>;
  remove(): Promise<void>;
}

/**
 * Creates a certificate authority that is valid for some days, with openssl, because Node cannot create certificates.
 */
export async function createAuthority(name: string): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-authority-'));
  const at = (file: string) => join(folder, file);
  const openssl = (...args: string[]) => run('openssl', args, { timeout: 20_000 });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const days = ['-days', '5'];
  const files = ['-keyout', at('ca.key'), '-out', at('ca.pem')];
  await openssl('req', '-x509', ...newKey, '-subj', `/CN=${name}`, ...days, ...files);
  let issued = 0;
  return {
    cert: await readFile(at('ca.pem'), 'utf8'),
    async issue(subject, subjectAltName = 'IP:127.0.0.1') {
      const [key, request, pem, more] = ['key', 'csr', 'pem', 'ext'].map((end) => at(`${issued}.${end}`)) as [
        string,
        string,
        string,
        string,
      ];
      issued++;
      await writeFile(more, `subjectAltName=${subjectAltName}\n`);
      await openssl('req', ...newKey, '-subj', `/CN=${subject}`, '-keyout', key, '-out', request);
      const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', more];
      await openssl('x509', '-req', '-in', request, ...by, ...days, '-out', pem);
      const cert = await readFile(pem, 'utf8');
      const fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
      return { key: await readFile(key, 'utf8'), cert, fingerprint };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
