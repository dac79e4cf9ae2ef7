import type { MailServer } from '../../support/servers/mail-server.ts';

export const replySecret = 'reply-secret-4d7e0b2a';

/** The settings of an agency whose officer has a mailbox on the same server. */
export function toMailSettings(
  { domain, smtpPort, imapPort }: Pick<MailServer, 'domain' | 'smtpPort' | 'imapPort'>,
  hub: string,
  officer: string,
) {
  const plain = { host: '127.0.0.1', tls: 'none', user: hub, password: 'env:MAILBOX_PASSWORD' };
  return {
    from: `민원 허브 <${hub}@${domain}>`,
    replyAddress: `${hub}+{token}@${domain}`,
    replySecrets: ['env:REPLY_SECRET'],
    officers: [
      { address: `${officer}@${domain}`, name: '박담당', department: '수출지원부', contact: '02-123-4567' },
    ],
    trustedAuthservId: `mx.${domain}`,
    smtp: { ...plain, port: smtpPort },
    imap: { ...plain, port: imapPort },
  };
}
