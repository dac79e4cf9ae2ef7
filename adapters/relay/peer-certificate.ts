import { connect as connectPlain, type Socket } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import { type Reason, toReason } from '../../schemas/reason.ts';

/** OpenSSL's codes for a certificate that does not pass (Node's documentation, "X509 certificate error codes"). */
const unknownIssuer = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const others = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
]);

/** The code if this error is about the other side's certificate. nodemailer puts its own code first. */
export function findCertificateCode(error: unknown): string | undefined {
  const { code, originalCode } = (error ?? {}) as { code?: unknown; originalCode?: unknown };
  return [originalCode, code].map(String).find((one) => unknownIssuer.has(one) || others.has(one));
}

export interface CertificateServer {
  host: string;
  port: number;
  /** The name that the certificate must have. Absent: the host. */
  servername?: string;
  /** How TLS begins. */
  tls: 'implicit' | 'smtp' | 'imap';
}

/**
 * Says what is wrong with a server's certificate, and which certificate it is. Node's error names neither the server
 * nor the certificate, so this looks at it once more, and sends nothing else.
 */
export async function describeCertificate(code: string, server: CertificateServer): Promise<Reason> {
  const found = await lookAt(server).catch(() => undefined);
  const none = toReason('none');
  const { subject, issuer, valid_to: until, subjectaltname } = found ?? {};
  const certificate = toReason('certificate_named', {
    subject: toName(subject) ?? none,
    issuer: toName(issuer) ?? none,
    until: until ?? none,
  });
  const name = server.servername ?? server.host;
  const detail = unknownIssuer.has(code)
    ? toReason('certificate_issuer_unknown', { code })
    : toReason('certificate_wrong', { code, name, names: subjectaltname ?? none });
  return toReason('certificate_refused', { server: `${name}:${server.port}`, detail, certificate });
}

const toName = (subject: PeerCertificate['subject'] | undefined): string | undefined =>
  [subject?.CN, subject?.O].flat().find((name) => name !== undefined);

/** What client and server say before TLS (RFC 3207, RFC 9051 6.2.1). */
const openings: Record<CertificateServer['tls'], [expected: RegExp, say?: string][]> = {
  implicit: [],
  smtp: [[/^220 /m, 'EHLO minwon-hub\r\n'], [/^250 /m, 'STARTTLS\r\n'], [/^220 /m]],
  imap: [[/^\* /m, 'a STARTTLS\r\n'], [/^a OK/im]],
};
/** Milliseconds for the whole look. */
const patience = 5000;

async function lookAt({ host, port, servername, tls }: CertificateServer): Promise<PeerCertificate> {
  const socket = connectPlain({ host, port });
  const cut = setTimeout(() => socket.destroy(new Error('no certificate in time')), patience);
  try {
    for (const [expected, say] of openings[tls]) {
      await hear(socket, expected);
      if (say) socket.write(say);
    }
    return await shakeHands(socket, servername ?? host);
  } finally {
    clearTimeout(cut);
    socket.destroy();
  }
}

function shakeHands(socket: Socket, servername: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    // It is looked at because it is not trusted. Nothing is sent over this connection.
    const secured = connect({
      socket,
      rejectUnauthorized: false,
      servername: /[a-z]/i.test(servername) ? servername : '',
    });
    secured.once('error', reject);
    secured.once('secureConnect', () => resolve(secured.getPeerCertificate()));
  });
}

function hear(socket: Socket, expected: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const listen = (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      if (!expected.test(heard)) return;
      socket.off('data', listen);
      socket.off('error', reject);
      resolve();
    };
    socket.on('data', listen);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the server closed the connection')));
  });
}
