import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Authority {
  url: string;
  /** PEM of the certificate at which its chain ends. */
  caFile: string;
  /** What its next reply says instead: a body, or other headers. */
  answer: 'stamp' | 'of_before' | 'broken' | 'text' | 'of_server';
  asked(): number;
  close(): Promise<void>;
}

/** The authority's key, and one of a server, whose certificate is for something else (RFC 3161, 2.3). */
async function makeKeys(folder: string): Promise<void> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Sample CA',
  );
  const issue = async (name: string, subject: string, usage: string) => {
    const request = ['-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`];
    await openssl('req', ...key, ...request);
    await writeFile(
      join(folder, 'ext'),
      `extendedKeyUsage=critical,${usage}\nkeyUsage=critical,digitalSignature\n`,
    );
    const of = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'ext'];
    await openssl('x509', '-req', '-in', `${name}.csr`, ...of, '-out', `${name}.pem`, '-days', '30');
  };
  await issue('tsa', 'Sample TSA', 'timeStamping');
  await issue('server', 'Sample Server', 'serverAuth');
  await writeFile(join(folder, 'serial'), '01\n');
  await writeFile(
    join(folder, 'tsa.cnf'),
    `[tsa]
default_tsa = one
[one]
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/tsa.pem
certs = ${folder}/ca.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`,
  );
}

/** The stamp of a reply, signed by the server instead: openssl itself refuses to stamp with its certificate. */
async function signByServer(folder: string): Promise<Buffer> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  await openssl('ts', '-reply', '-in', 'reply.tsr', '-token_out', '-out', 'token.der');
  await openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'token.der', '-out', 'info.der');
  const as = ['-signer', 'server.pem', '-inkey', 'server.key', '-econtent_type', '1.2.840.113549.1.9.16.1.4'];
  const written = ['-binary', '-nodetach', '-in', 'info.der', '-outform', 'DER', '-out', 'server.der'];
  await openssl('cms', '-sign', ...as, ...written);
  // TimeStampResp: a sequence of the status (granted) and the token (RFC 3161, 2.4.2).
  const status = Buffer.from([0x30, 3, 2, 1, 0]);
  const token = await readFile(join(folder, 'server.der'));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(status.length + token.length);
  return Buffer.concat([Buffer.from([0x30, 0x82]), length, status, token]);
}

/** A real authority of time stamps: `openssl ts` behind HTTP (RFC 3161, 3.4). */
export async function startAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-tsa-'));
  await makeKeys(folder);
  let asked = 0;
  let before: Buffer | undefined;
  const reply = async (query: Buffer): Promise<Buffer> => {
    const [asking, given] = ['query.tsq', 'reply.tsr'].map((name) => join(folder, name)) as [string, string];
    await writeFile(asking, query);
    await run('openssl', [
      'ts',
      '-reply',
      '-config',
      join(folder, 'tsa.cnf'),
      '-queryfile',
      asking,
      '-out',
      given,
    ]);
    return readFile(given);
  };
  const server = createServer(async (request, response) => {
    const query = await buffer(request);
    asked += 1;
    if (request.headers['content-type'] !== 'application/timestamp-query')
      return response.writeHead(415).end();
    if (authority.answer === 'text')
      return response.setHeader('content-type', 'text/html').end('<h1>busy</h1>');
    const made = authority.answer === 'of_before' && before ? before : await reply(query);
    before = made;
    const body = authority.answer === 'of_server' ? await signByServer(folder) : Buffer.from(made);
    // Inside the signature, which stands at the end.
    if (authority.answer === 'broken') body[body.length - 4] = (body[body.length - 4] as number) ^ 1;
    response.setHeader('content-type', 'application/timestamp-reply').end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const authority: Authority = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    caFile: join(folder, 'ca.pem'),
    answer: 'stamp',
    asked: () => asked,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return authority;
}
