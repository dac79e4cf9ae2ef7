import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Message, Provider, Sent } from '../message.ts';

export interface SmtpSettings {
  /** smtp(s)://user:password@host:port */
  url: string;
  /** As in a header: `name <address>`. Its domain stands in every Message-ID. */
  from: string;
  /** Milliseconds for connecting and for each reply. */
  timeout?: number;
}

/**
 * E-mail by SMTP over connections that stay open. The Message-ID is made of the notice's id, so a mail that is sent
 * again after an unknown outcome is the same mail, and receivers drop the double.
 */
export function createSmtp({ url, from, timeout = 30_000 }: SmtpSettings): Provider {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    maxMessages: Number.POSITIVE_INFINITY,
    // The sender decides what is sent again, not the pool.
    maxRequeues: 0,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0]);
  return {
    name: 'smtp',
    // More than connections: marks and outcomes of many share a commit while few are on the wire.
    concurrency: 24,
    repeatableFor: Number.POSITIVE_INFINITY,
    async send(message) {
      try {
        const composed = new MailComposer(toMail(message, from, domain)).compile();
        // Streamed as it is composed, a mail would cost dozens of small writes.
        const raw = await composed.build();
        await transport.sendMail({ envelope: composed.getEnvelope(), raw });
        return { kind: 'done', id: composed.messageId() };
      } catch (error) {
        return toSent(error as SmtpFailure);
      }
    },
    close: async () => transport.close(),
  };
}

function toMail(message: Message, from: string, domain: string) {
  const thread = `<${message.threadId}@${domain}>`;
  return {
    from,
    // An object is never parsed: no comma or bracket in an address makes a second one.
    to: { name: '', address: message.address },
    subject: message.subject,
    text: message.text,
    ...(message.html === null ? {} : { html: message.html }),
    messageId: `<${message.noticeId}@${domain}>`,
    // The root is a mail that nobody has: programs group by it all the same, whichever notice came first.
    inReplyTo: thread,
    references: thread,
    // A syllable takes four bytes in base64, nine in quoted-printable.
    textEncoding: 'base64' as const,
    // RFC 3834: no out-of-office replies.
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': message.language,
      ...(message.urgent ? { Importance: 'high' } : {}),
    },
  };
}

interface SmtpFailure extends Error {
  code?: string;
  responseCode?: number;
  command?: string;
  syscall?: string;
}

/** Problems that stand before any mail: name, connection, encryption, log-in. */
const beforeMail = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROXY', 'ECONFIG', 'EREQUIRETLS']);

/** RFC 5321, 4.2: 4yz may work later, 5yz never will. Replies can quote addresses, so only the code is kept. */
function toSent(failure: SmtpFailure): Sent {
  const { code = 'failure', responseCode, command, syscall } = failure;
  if (beforeMail.has(code) || syscall === 'connect' || responseCode === 421)
    return { kind: 'retry', scope: 'provider', reason: `the mail server is not usable: ${code}` };
  if (responseCode === undefined) {
    // Nodemailer cannot judge these addresses itself: nothing was sent.
    if (code === 'EENVELOPE' || code === 'EMESSAGE')
      return { kind: 'refused', reason: `not a sendable mail: ${code}` };
    return { kind: 'unknown', reason: `the connection to the mail server broke: ${code}` };
  }
  const reply = `the mail server answered ${responseCode} to ${command ?? 'the mail'}`;
  // The sender is the hub's own: when it is not welcome, no mail is.
  if (command === 'MAIL FROM' || command === 'CONN')
    return { kind: 'retry', scope: 'provider', reason: reply };
  return responseCode < 500
    ? { kind: 'retry', scope: 'message', reason: reply }
    : { kind: 'refused', reason: reply };
}
