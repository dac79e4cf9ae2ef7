import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from '../wait-for.ts';

/**
 * A Postfix and a Dovecot for one test and one domain. The mailboxes are hub1 to hub99 and officer1 to officer99.
 * Addresses with `+anything` reach them too. All have the same password.
 */
export interface MailServer {
  domain: string;
  password: string;
  smtpPort: number;
  imapPort: number;
  /** The certificate (PEM file) of both, for `localhost`. STARTTLS is offered but not required. */
  ca: string;
  /** The folder with one Maildir per user. */
  mailboxes: string;
  /** Mails that Postfix has accepted and not yet delivered or returned. */
  queued(): number;
  stop(): Promise<void>;
}

const domain = 'mail.example';
const password = 'mailbox-secret-9c41';
/** Debian's user `mail`, because neither server delivers as root. */
const mailUser = 8;

/**
 * True if Postfix and Dovecot are installed and may be started. If not, it says so. With REQUIRE_SERVICES=1 it throws.
 */
export function hasMailServer(): boolean {
  const missing = findMissing();
  if (!missing) return true;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(missing);
  console.warn(`NOT TESTED: ${missing}`);
  return false;
}

function findMissing(): string | undefined {
  if (process.getuid?.() !== 0) return 'Postfix can be started by root only';
  for (const program of ['postfix', 'dovecot']) {
    try {
      execFileSync('which', [program], { stdio: 'ignore' });
    } catch {
      return `${program} is not installed`;
    }
  }
  return undefined;
}

/**
 * Starts real servers in their own folders, reachable only from this machine. The system's own servers are not touched.
 */
export async function startMailServer(): Promise<MailServer> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-mail-'));
  chmodSync(folder, 0o755);
  const [smtpPort, imapPort] = [await freePort(), await freePort()];
  const place: Place = { folder, smtpPort, imapPort };
  for (const name of ['mailboxes', 'dovecot', 'postfix', 'queue', 'data']) await mkdir(join(folder, name));
  chownSync(join(folder, 'mailboxes'), mailUser, mailUser);
  await makeCertificate(folder);
  const names = Array.from({ length: 99 }, (_, index) => [`hub${index + 1}`, `officer${index + 1}`]).flat();
  await writeFile(join(folder, 'virtual'), names.map((name) => `${name}@${domain} ${name}/\n`).join(''));
  await writeFile(join(folder, 'dovecot.conf'), dovecotConf(place));
  await writeFile(join(folder, 'postfix', 'main.cf'), mainCf(place));
  await writeFile(join(folder, 'postfix', 'master.cf'), masterCf(place));
  execFileSync('chown', ['postfix', join(folder, 'data')]);

  const dovecot = run('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')]);
  await waitFor('dovecot to listen', () => answers(imapPort));
  await promisify(execFile)('postfix', ['-c', join(folder, 'postfix'), 'check']);
  const postfix = run('postfix', ['-c', join(folder, 'postfix'), 'start-fg']);
  await waitFor('postfix to listen', () => answers(smtpPort), 20_000);
  return {
    domain,
    password,
    smtpPort,
    imapPort,
    ca: join(folder, 'cert.pem'),
    mailboxes: join(folder, 'mailboxes'),
    queued: () =>
      Number(
        execFileSync('find', [
          ...['maildrop', 'incoming', 'active', 'deferred'].map((name) => join(folder, 'queue', name)),
          // A complete queue file is executable (qmgr(8)). Mails that a client is still sending do not count.
          '-type',
          'f',
          '-perm',
          '-u+x',
          '-printf',
          'x',
        ]).length,
      ),
    async stop() {
      // Postfix's master process has detached from the process that was started here.
      await promisify(execFile)('postfix', ['-c', join(folder, 'postfix'), 'stop']);
      await Promise.all([postfix.ended, dovecot.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Place {
  folder: string;
  smtpPort: number;
  imapPort: number;
}

const dovecotConf = ({ folder, imapPort }: Place) => `
base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot
log_path = ${folder}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mailboxes/%n
first_valid_uid = 1
mail_max_userip_connections = 100
auth_failure_delay = 0
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${mailUser} gid=${mailUser} home=${folder}/mailboxes/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service auth {
  unix_listener ${folder}/queue/auth {
    mode = 0666
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;

/**
 * The header that the mailbox's server writes about the sender (RFC 8601). Here, a user who logged in passes. The
 * milters for DKIM and DMARC write the same field in the same place.
 */
export const resultsOf = (result: 'pass' | 'fail') =>
  `Authentication-Results: mx.${domain}; dmarc=${result} header.from=${domain}`;

/** Recipients with \`+anything\` reach the user before the plus (postconf(5), recipient_delimiter). */
const mainCf = ({ folder }: Place) => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.${domain}
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${folder}/mailboxes
virtual_mailbox_maps = texthash:${folder}/virtual
virtual_uid_maps = static:${mailUser}
virtual_gid_maps = static:${mailUser}
virtual_minimum_uid = 1
recipient_delimiter = +
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = ${folder}/queue/auth
smtpd_sender_restrictions = check_sasl_access static:{PREPEND ${resultsOf('pass')}},
  permit_sasl_authenticated, check_client_access static:{PREPEND ${resultsOf('fail')}}
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${folder}/cert.pem
smtpd_tls_key_file = ${folder}/key.pem
message_size_limit = 40000000
mailbox_size_limit = 0
default_transport = elsewhere
notify_classes =
`;

/** No mail leaves this machine. Other domains count as unknown (sysexits.h, EX_NOUSER), and their mail is returned. */
const masterCf = ({ smtpPort }: Place) => `
127.0.0.1:${smtpPort} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
elsewhere unix - n n - - pipe user=mail argv=/bin/false
postlog unix-dgram n - n - 1 postlogd
`;

async function makeCertificate(folder: string): Promise<void> {
  await promisify(execFile)('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    join(folder, 'cert.pem'),
  ]);
}

function run(program: string, args: string[]): { ended: Promise<void>; stop(): Promise<void> } {
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    ended,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('data', () => socket.destroy() && resolve(true));
    socket.once('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
