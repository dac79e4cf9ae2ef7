import { Readable } from 'node:stream';
import { toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import type { MailSettings } from './config.ts';
import { createMailbox, type Session } from './imap.ts';
import type { Signer } from './reply-address.ts';
import { createSender, type Ready } from './smtp.ts';
import type { Letter } from './write-mail.ts';

/** A mail about one complaint. */
export interface Outgoing {
  /** The same key makes the same mail. */
  key: string;
  receiptNumber: string;
  letter: Letter;
  /** The key of the mail that begins the thread. */
  threadKey: string;
  file?: { name: string; mediaType: string; content: AsyncIterable<Uint8Array> };
}

/** Transport only: SMTP and IMAP, and nothing of what mails mean. Throws HttpError (kit/http/http-errors.ts). */
export interface MailClient {
  send(mail: Outgoing, signal: AbortSignal): Promise<void>;
  verifySending(signal: AbortSignal): Promise<void>;
  /** A session with the mailbox, ended with the work. */
  read<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  /** Yields when mails may have arrived. */
  listen(signal: AbortSignal): AsyncGenerator<void>;
  /** Ends calls under way. */
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

  /** Nothing is begun when it is too late; what is under way ends with its signal or with the adapter. */
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
 * To every officer, and a copy to the reply address itself: what arrives there was taken by the server for all, and
 * `find` asks for it. Programs must not answer it (RFC 3834, 5), and the failure report comes to the signed address.
 */
async function compose(
  { from, officers }: MailSettings,
  signer: Signer,
  { key, receiptNumber, letter, threadKey, file }: Outgoing,
): Promise<Ready> {
  // Loaded where an agency has a mailbox; see imap.ts.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const replyTo = signer.toReplyAddress(receiptNumber);
  const thread = signer.toMessageId(threadKey);
  const mail = new MailComposer({
    from,
    to: officers.map(({ address, name = '' }) => ({ name, address })),
    replyTo,
    ...letter,
    textEncoding: 'base64',
    messageId: signer.toMessageId(key),
    ...(key !== threadKey && { inReplyTo: thread, references: thread }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Minwon-Hub': signer.toMark(key),
      'Content-Language': 'ko, en',
    },
    ...(file && {
      attachments: [
        { filename: file.name, contentType: file.mediaType, content: Readable.from(file.content) },
      ],
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return {
    envelope: { from: replyTo, to: [...officers.map(({ address }) => address), replyTo] },
    open: () => mail.createReadStream(),
  };
}
