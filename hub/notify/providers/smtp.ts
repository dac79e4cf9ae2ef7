import { Readable } from 'node:stream';
import SmtpPool from 'nodemailer/lib/smtp-pool';
import {
  type CertificateServer,
  describeCertificate,
  findCertificateCode,
} from '../../../adapters/relay/peer-certificate.ts';
import { toReason } from '../../../schemas/reason.ts';
import type { Provider, Sent } from '../message.ts';
import { createMailWriter, type MailText } from './mail-text.ts';

export interface SmtpSettings {
  /** smtp(s)://user:password@host:port */
  url: string;
  /** The sender as in a header: `name <address>`. Its domain is part of every Message-ID. */
  from: string;
  /** PEM of the authority that signed the server's certificate. Absent: those that Node trusts. */
  ca?: string | undefined;
  /** Milliseconds for connecting and for each reply. */
  timeout?: number;
}

/**
 * Sends e-mail by SMTP over connections that stay open. The Message-ID is made from the notice's id. So a mail that is
 * sent again after an unknown outcome is the same mail, and receivers drop the duplicate.
 */
export function createSmtp({ url, from, ca, timeout = 30_000 }: SmtpSettings): Provider {
  const writeMail = createMailWriter(from);
  // This is the pool below nodemailer's mailer, since the mail is composed already.
  const pool = new SmtpPool({
    url,
    ...(ca !== undefined && { tls: { ca } }),
    maxConnections: 10,
    maxMessages: Number.POSITIVE_INFINITY,
    // The sender decides what is sent again, not the pool.
    maxRequeues: 0,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  } as ConstructorParameters<typeof SmtpPool>[0]);
  // The next mail reopens an idle connection that broke. Without this listener the error would end the process.
  pool.on('error', () => undefined);
  return {
    name: 'smtp',
    // There are more calls than connections: marks and outcomes of many share a commit while few are on the wire.
    concurrency: 96,
    repeatableFor: Number.POSITIVE_INFINITY,
    async send(message) {
      const progress = { isBegun: false };
      try {
        const mail = await writeMail(message);
        await new Promise<void>((resolve, reject) => {
          pool.send(toPoolMail(mail, progress), (error) => (error ? reject(error) : resolve()));
        });
        return { kind: 'done', id: mail.messageId };
      } catch (error) {
        const code = findCertificateCode(error);
        if (code)
          return { kind: 'retry', scope: 'provider', reason: await describeCertificate(code, toServer(url)) };
        return toSent(error as SmtpFailure, progress.isBegun);
      }
    },
    close: async () => pool.close(),
  };
}

function toServer(url: string): CertificateServer {
  const { protocol, hostname, port } = new URL(url);
  const isImplicit = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (isImplicit ? 465 : 587)),
    tls: isImplicit ? 'implicit' : 'smtp',
  };
}

type PoolMail = Parameters<SmtpPool['send']>[0];

/** The mail goes in one piece. Streamed while it is composed, it would cost dozens of small writes. */
function toPoolMail({ envelope, messageId, raw }: MailText, progress: { isBegun: boolean }): PoolMail {
  // It is read after the server has said 354 (RFC 5321, 4.1.1.4).
  function* read() {
    progress.isBegun = true;
    yield raw;
  }
  const message = {
    getEnvelope: () => envelope,
    messageId: () => messageId,
    getHeader: () => messageId,
    createReadStream: () => Readable.from(read(), { objectMode: false }),
  };
  return { data: {}, message } as unknown as PoolMail;
}

interface SmtpFailure extends Error {
  code?: string;
  responseCode?: number;
  command?: string;
  syscall?: string;
}

/** Problems before any mail: name, connection, encryption, log-in. */
const beforeMail = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROXY', 'ECONFIG', 'EREQUIRETLS']);

/**
 * RFC 5321, 4.2: 4yz may work later, 5yz never will. Replies can quote addresses, so only the code is kept. `isBegun`:
 * the server has received part of the text. If it received nothing and stays silent, it does so for every mail.
 */
function toSent(failure: SmtpFailure, isBegun: boolean): Sent {
  const { code = 'failure', responseCode, command, syscall } = failure;
  if (beforeMail.has(code) || syscall === 'connect' || responseCode === 421)
    return { kind: 'retry', scope: 'provider', reason: toReason('mail_server_unusable', { code }) };
  if (responseCode === undefined) {
    // Nodemailer itself rejected these addresses, so nothing was sent.
    if (code === 'EENVELOPE' || code === 'EMESSAGE')
      return { kind: 'refused', reason: toReason('not_sendable', { code }) };
    if (!isBegun)
      return { kind: 'retry', scope: 'provider', reason: toReason('mail_server_takes_none', { code }) };
    return { kind: 'unknown', reason: toReason('mail_server_broke', { code }) };
  }
  const reply = toReason('mail_server_answered', { answer: responseCode, command: command ?? 'the mail' });
  // The sender address is the hub's own. If the server refuses it, it refuses every mail.
  if (command === 'MAIL FROM' || command === 'CONN')
    return { kind: 'retry', scope: 'provider', reason: reply };
  return responseCode < 500
    ? { kind: 'retry', scope: 'message', reason: reply }
    : { kind: 'refused', reason: reply };
}
