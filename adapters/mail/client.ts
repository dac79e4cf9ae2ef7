import { Readable } from 'node:stream';
import { toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import type { MailSettings } from './config.ts';
import { createMailbox, type Session } from './imap.ts';
import type { Marks, Signer } from './reply-address.ts';
import { createSender, type Ready } from './smtp.ts';
import type { Letter } from './write-mail.ts';

/** A mail about one complaint. */
export interface Outgoing {
  /** The same key creates the same mail. */
  key: string;
  receiptNumber: string;
  letter: Letter;
  /** The key of the first mail of the thread. */
  threadKey: string;
  file?: { name: string; mediaType: string; content: AsyncIterable<Uint8Array> };
}

/**
 * The transport: SMTP and IMAP. It knows nothing of the meaning of mails. Throws HttpError (kit/http/http-errors.ts).
 */
export interface MailClient {
  send(mail: Outgoing, signal: AbortSignal): Promise<void>;
  verifySending(signal: AbortSignal): Promise<void>;
  /** Works in a session with the mailbox, which ends with the work. */
  read<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  /** Yields when mails may have arrived. */
  listen(signal: AbortSignal): AsyncGenerator<void>;
  /** Ends running calls. */
  close(): Promise<void>;
}

export function createMailClient(
  settings: MailSettings,
  context: AdapterContext,
  signer: Signer,
): MailClient {
  const sender = createSender(settings.smtp, context);
  const mailbox = createMailbox(settings.imap, context);
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  /** Starts nothing after the signal. Running work ends with its signal or with the adapter. */
  async function call<T>(given: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.any([given, closing.signal]);
    if (signal.aborted) throw new HttpError('not_sent', toReason('not_sent'));
    const ended = work(signal);
    underWay.add(ended);
    return ended.finally(() => underWay.delete(ended));
  }

  return {
    send: (mail, signal) =>
      call(signal, async (limit) => sender.send(await compose(settings, signer, mail), limit)),
    verifySending: (signal) => call(signal, (limit) => sender.verify(limit)),
    read: (signal, work) => call(signal, (limit) => mailbox.use(limit, work)),
    listen: (signal) => mailbox.listen(AbortSignal.any([signal, closing.signal])),
    async close() {
      closing.abort();
      await Promise.allSettled(underWay);
    },
  };
}

/**
 * Writes to every officer, with a copy to the reply address. A copy that arrives proves that the server took the mail
 * for all, and `find` looks for it. Programs must not answer the mail (RFC 3834, 5). Failure reports come to the signed
 * address.
 */
async function compose(settings: MailSettings, signer: Signer, mail: Outgoing): Promise<Ready> {
  // Loaded only if an agency has a mailbox; see imap.ts.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { file } = mail;
  const { envelope, ...written } = toMail(settings, signer, mail);
  const composed = new MailComposer({
    ...written,
    textEncoding: 'base64',
    ...(file && {
      attachments: [
        { filename: file.name, contentType: file.mediaType, content: Readable.from(file.content) },
      ],
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return { envelope, open: () => composed.createReadStream() };
}

/** All of a mail but its file. */
export function toMail(
  { from, officers }: MailSettings,
  marks: Marks,
  { key, receiptNumber, letter, threadKey }: Omit<Outgoing, 'file'>,
) {
  const replyTo = marks.toReplyAddress(receiptNumber);
  const thread = marks.toMessageId(threadKey);
  return {
    envelope: { from: replyTo, to: [...officers.map(({ address }) => address), replyTo] },
    from,
    to: officers.map(({ address, name = '' }) => ({ name, address })),
    replyTo,
    ...letter,
    messageId: marks.toMessageId(key),
    ...(key !== threadKey && { inReplyTo: thread, references: thread }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Minwon-Hub': marks.toMark(key),
      'Content-Language': 'ko, en',
    },
  };
}
