import { wrap } from 'nodemailer/lib/base64';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWords, foldLines } from 'nodemailer/lib/mime-funcs';
import type { Message } from '../message.ts';

/** What SMTP needs of one mail. */
export interface MailText {
  envelope: { from: string | false; to: string[] };
  messageId: string;
  raw: string | Buffer;
}

/** An address without quoting, other alphabets or look-ups (RFC 5321, 4.1.2: dot-string and domain). */
const plainAddress = /^[A-Za-z0-9._%+-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/**
 * Writes mails of one sender. A notice always has the same shape, so the usual mail is built here from nodemailer's own
 * parts. Its composer handles every kind of mail, and took a third of the time of a whole delivery. Unusual mails go to
 * the composer.
 */
export function createMailWriter(from: string): (message: Message) => Promise<MailText> {
  const [, address = from] = /<([^<>]+)>\s*$/.exec(from) ?? [];
  const domain = /@([\w.-]+)$/.exec(address)?.[1] ?? 'localhost';
  return async (message) => {
    const ids = { messageId: `<${message.noticeId}@${domain}>`, thread: `<${message.threadId}@${domain}>` };
    if (message.html === null || !plainAddress.test(message.address) || !plainAddress.test(address))
      return compose(message, from, ids);
    const raw = write(message, message.html, from, ids);
    return { envelope: { from: address, to: [message.address] }, messageId: ids.messageId, raw };
  };
}

interface Ids {
  messageId: string;
  /** The root is a mail that nobody has. Mail programs still group by it, whichever notice came first. */
  thread: string;
}

/** RFC 5322 headers, with text and HTML as alternatives (RFC 2046, 5.1.4) in base64 (RFC 2045, 6.8). */
function write(message: Message, html: string, from: string, { messageId, thread }: Ids): string {
  // Base64 has no such line, so the id serves as a boundary.
  const boundary = `=_${message.noticeId}`;
  const headers = [
    foldLines(`From: ${encodeWords(from, 'B', 52)}`, 76),
    `To: <${message.address}>`,
    foldLines(`Subject: ${encodeWords(message.subject, 'B', 52)}`, 76),
    `Message-ID: ${messageId}`,
    `In-Reply-To: ${thread}`,
    `References: ${thread}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    // RFC 3834: this asks for no out-of-office replies.
    'Auto-Submitted: auto-generated',
    `Content-Language: ${message.language}`,
    ...(message.urgent ? ['Importance: high'] : []),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  const part = (type: string, text: string) => [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    wrap(Buffer.from(text).toString('base64'), 76),
  ];
  const parts = [...part('text/plain', message.text), ...part('text/html', html), `--${boundary}--`, ''];
  return [...headers, '', ...parts].join('\r\n');
}

async function compose(message: Message, from: string, { messageId, thread }: Ids): Promise<MailText> {
  const composed = new MailComposer({
    from,
    // An object is never parsed, so a comma or bracket in an address cannot make a second one.
    to: { name: '', address: message.address },
    subject: message.subject,
    text: message.text,
    ...(message.html === null ? {} : { html: message.html }),
    messageId,
    inReplyTo: thread,
    references: thread,
    textEncoding: 'base64',
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': message.language,
      ...(message.urgent ? { Importance: 'high' } : {}),
    },
  }).compile();
  return { envelope: composed.getEnvelope(), messageId: composed.messageId(), raw: await composed.build() };
}
