import type { Readable } from 'node:stream';
import type SmtpConnection from 'nodemailer/lib/smtp-connection';
import { ReasonError, reasonOf, said, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { createAddressGuard } from '../kit/http/guarded-connect.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { describeCertificate, findCertificateCode } from '../relay/peer-certificate.ts';
import type { SmtpSettings } from './config.ts';
import { toOpenAddress } from './open-address.ts';
import { readCa, readSecret } from './secret.ts';

/** A mail that is ready to send. `open` is called when the server is ready. Nothing of its file is read before. */
export interface Ready {
  envelope: { from: string; to: string[] };
  open(): Readable;
}

export interface Sender {
  /**
   * Sends one mail in its own session. Throws HttpError (kit/http/http-errors.ts). Throws {@link Rejected} if the
   * server did not accept every recipient.
   */
  send(mail: Ready, signal: AbortSignal): Promise<void>;
  /** Connects and logs in, and sends nothing. */
  verify(signal: AbortSignal): Promise<void>;
}

/** The server accepted the mail for only some recipients, or for none. `recipients`: those that it did not accept. */
export class Rejected extends HttpError {
  readonly recipients: { address: string; reply: number | undefined }[];
  constructor(recipients: Rejected['recipients']) {
    super('refused', toReason('mail_recipients'));
    this.recipients = recipients;
  }
}

/** Milliseconds for connecting, for the greeting and for each reply. */
const patience = 60_000;
/** Milliseconds until the next try after a temporary refusal. SMTP servers name no time. */
const pauseWhenBusy = 60_000;

type Failure = Parameters<Parameters<SmtpConnection['send']>[2]>[0] & Error;

export function createSender(settings: SmtpSettings, context: AdapterContext): Sender {
  const guard = createAddressGuard(context);

  /** One session: connects, logs in, does the work, and always ends. */
  async function use<T>(signal: AbortSignal, work: (connection: SmtpConnection) => Promise<T>): Promise<T> {
    const address = await toOpenAddress(guard, settings.host);
    // Loaded only if an agency has a mailbox; see imap.ts.
    const { default: Connection } = await import('nodemailer/lib/smtp-connection');
    const connection = new Connection({ ...toOptions(settings, context), ...address });
    const auth = settings.user !== undefined && {
      user: settings.user,
      pass: readSecret(context, settings.password ?? ''),
    };
    const { promise: ended, reject } = Promise.withResolvers<never>();
    ended.catch(() => undefined);
    // Connection errors come as events. They end the step that is waiting.
    connection.on('error', reject);
    connection.on('end', () => reject(new ReasonError(toReason('mail_connection_ended'))));
    const cut = () => {
      reject(new ReasonError(toReason('mail_given_up')));
      connection.close();
    };
    signal.addEventListener('abort', cut, { once: true });
    let isSending = false;
    try {
      if (signal.aborted) throw new ReasonError(toReason('mail_given_up'));
      await Promise.race([ended, step((done) => connection.connect(done))]);
      if (auth) await Promise.race([ended, step((done) => connection.login(auth, done))]);
      isSending = true;
      const result = await Promise.race([ended, work(connection)]);
      connection.quit();
      return result;
    } catch (error) {
      const code = findCertificateCode(error);
      if (code) throw new HttpError('not_sent', await describeCertificate(code, toServer(settings, address)));
      throw toHttpError(error as Failure, isSending);
    } finally {
      signal.removeEventListener('abort', cut);
      connection.close();
    }
  }

  return {
    verify: (signal) => use(signal, async () => undefined),
    send: ({ envelope, open }, signal) =>
      use(signal, async (connection) => {
        const info = await new Promise<{ rejectedErrors?: Failure[] | undefined }>((resolve, reject) => {
          connection.send(envelope, open(), (error, sent) =>
            error || !sent ? reject(error) : resolve(sent),
          );
        });
        if (info.rejectedErrors?.length) throw new Rejected(info.rejectedErrors.map(toRejection));
      }),
  };
}

const toPort = ({ tls = 'implicit', port }: SmtpSettings) =>
  port ?? { implicit: 465, starttls: 587, none: 25 }[tls];

const toServer = (settings: SmtpSettings, address: { host: string; servername?: string }) => ({
  ...address,
  port: toPort(settings),
  tls: settings.tls === 'starttls' ? ('smtp' as const) : ('implicit' as const),
});

function toOptions(settings: SmtpSettings, context: AdapterContext) {
  const { tls = 'implicit', ca } = settings;
  return {
    port: toPort(settings),
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: readCa(context, ca),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    // Loopback counts as an interface too: the server may run beside the hub.
    allowInternalNetworkInterfaces: true,
    socketCloseTimeout: 1000,
  };
}

const step = (begin: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => begin((error) => (error ? reject(error) : resolve())));

const toRejection = (failure: Failure) => ({
  address: String(failure.recipient ?? ''),
  reply: failure.responseCode,
});

/** Errors before any mail: name lookup, connection, encryption. */
const beforeMail = new Set(['EDNS', 'ETLS', 'EPROXY', 'ECONFIG', 'EREQUIRETLS']);

/**
 * RFC 5321, 4.2.1: a 4yz reply may succeed later, a 5yz will not. Replies quote addresses, so only their code is kept,
 * without a cause.
 */
function toHttpError(failure: Failure, isSending: boolean): HttpError {
  if (failure instanceof HttpError) return failure;
  const { code, responseCode, command } = failure;
  if (failure.rejectedErrors?.length) return toRejected(failure.rejectedErrors as Failure[]);
  const answered = { reply: responseCode ?? '', command: command ?? toReason('mail_the_mail') };
  const reply = toReason('mail_answered_to', answered);
  if (responseCode !== undefined && responseCode >= 400 && responseCode < 500)
    return new HttpError('busy', reply, { after: new Date(Date.now() + pauseWhenBusy) });
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return new HttpError('unauthorised', toReason('mail_login_refused', { code: responseCode ?? code }));
  if (responseCode !== undefined && responseCode >= 500) return new HttpError('refused', reply);
  const broke = toReason('mail_connection_broke', { detail: code ? said(code) : reasonOf(failure) });
  if (!isSending || beforeMail.has(code ?? '')) return new HttpError('not_sent', broke);
  if (code === 'EPROTOCOL') return new HttpError('malformed', toReason('mail_no_smtp'));
  return new HttpError('no_reply', broke);
}

/**
 * All recipients were refused. If one may be accepted later, a retry duplicates nothing, because none of them was
 * accepted.
 */
function toRejected(errors: Failure[]): HttpError {
  const isForNow = errors.some(({ responseCode = 0 }) => responseCode >= 400 && responseCode < 500);
  if (!isForNow) return new Rejected(errors.map(toRejection));
  return new HttpError('busy', toReason('mail_recipients_not_now'), {
    after: new Date(Date.now() + pauseWhenBusy),
  });
}
