import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import type { MailServer } from '../../support/servers/mail-server.ts';
import { waitFor } from '../../support/wait-for.ts';

/** A person with a mailbox and a mail program of the usual kind: reads by IMAP, writes by SMTP. */
export interface Officer {
  address: string;
  /** All mails so far, oldest first. */
  read(): Promise<Email[]>;
  /** Waits for a mail whose subject holds these words. */
  waitForMail(words: string): Promise<Email>;
  /** Replies as Outlook in Korean does: above the mail that it quotes. */
  reply(to: Email, text: string, files?: { filename: string; content: Buffer }[]): Promise<void>;
}

export function createOfficer({ domain, password, imapPort, smtpPort }: MailServer, user: string): Officer {
  const address = `${user}@${domain}`;
  const auth = { user, pass: password };

  async function read(): Promise<Email[]> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: imapPort,
      secure: false,
      doSTARTTLS: false,
      auth,
      logger: false,
    });
    await client.connect();
    try {
      await client.mailboxOpen('INBOX');
      const mails: Email[] = [];
      for await (const { source } of client.fetch('1:*', { source: true }))
        mails.push(await PostalMime.parse(source ?? ''));
      return mails;
    } finally {
      await client.logout();
    }
  }

  return {
    address,
    read,
    waitForMail: (words) =>
      waitFor(
        `a mail about ${words}`,
        async () => (await read().catch(() => [])).find(({ subject }) => subject?.includes(words)),
        40_000,
      ),
    async reply(to, text, files = []) {
      const transport = createTransport({
        host: '127.0.0.1',
        port: smtpPort,
        ignoreTLS: true,
        auth,
        allowInternalNetworkInterfaces: true,
      } as object);
      const quote = [
        '-----원본 메시지-----',
        `보낸 사람: ${to.from?.name} <${to.from?.address}>`,
        '보낸 날짜: 2026년 11월 22일 일요일 오후 3:04',
        `받는 사람: ${address}`,
        `제목: ${to.subject}`,
        '',
        to.text ?? '',
      ];
      await transport.sendMail({
        from: { name: '박담당', address },
        to: to.replyTo?.[0]?.address ?? '',
        subject: `RE: ${to.subject}`,
        ...(to.messageId && { inReplyTo: to.messageId, references: to.messageId }),
        text: [text, '', ...quote].join('\r\n'),
        attachments: files,
      });
      transport.close();
    },
  };
}
