import type { ImapFlow, ImapFlowError, MailboxObject } from 'imapflow';
import { type Reason, reasonOf, said, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { createAddressGuard } from '../kit/http/guarded-connect.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { describeCertificate, findCertificateCode } from '../relay/peer-certificate.ts';
import type { ImapSettings } from './config.ts';
import { toOpenAddress } from './open-address.ts';
import { readCa, readSecret } from './secret.ts';

/** The folder, opened for reading. The adapter marks and moves nothing in it. */
export interface Session {
  client: ImapFlow;
  box: MailboxObject;
}

export interface Mailbox {
  /**
   * Works in its own session, which ends with the work or with the signal. Throws HttpError (kit/http/http-errors.ts).
   */
  use<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  /**
   * Listens in a session that stays open (RFC 2177). Yields at the beginning and when mails arrive. Throws HttpError.
   */
  listen(signal: AbortSignal): AsyncGenerator<void>;
}

/** An entry of the library's log. `src: 's'` is a line of the server that the library cannot read. */
interface LogEntry {
  src?: string;
  msg?: string;
}

/** Milliseconds for connecting, for the greeting and for each reply. */
const patience = 30_000;
/** Milliseconds until an idle session shows that it is alive. RFC 2177 demands less than 29 minutes. */
const longestIdle = 5 * 60_000;
/** Milliseconds until a busy server is asked again. IMAP servers name no time. */
const pauseWhenBusy = 30_000;

/** The current step at the mailbox, so that an error can name it. */
interface Place {
  step: 'log-in' | 'opening' | 'reading';
  folder: string;
}

interface Line {
  client: ImapFlow;
  /** The resolved address of the server. */
  address: { host: string; servername?: string };
  cut: Promise<never>;
  end(): void;
}

export function createMailbox(settings: ImapSettings, context: AdapterContext): Mailbox {
  const guard = createAddressGuard(context);
  const { folder = 'INBOX' } = settings;

  /**
   * `cut` rejects when the caller gives up, or when the server's words are no IMAP. The library itself would keep
   * waiting.
   */
  async function open(signal: AbortSignal): Promise<Line> {
    // Loaded only if an agency has a mailbox. It would take a tenth of an agent's memory.
    const { ImapFlow } = await import('imapflow');
    const address = await toOpenAddress(guard, settings.host);
    const { promise: cut, reject } = Promise.withResolvers<never>();
    cut.catch(() => undefined);
    const hear = ({ src, msg }: LogEntry) => {
      if (src === 's' || String(msg).startsWith('Tagged response for an unknown tag'))
        give(new HttpError('malformed', toReason('mailbox_no_imap')));
    };
    const quiet = () => undefined;
    const logger = { debug: quiet, info: quiet, warn: hear, error: hear };
    const client = new ImapFlow({ ...toOptions(settings, context), ...address, logger });
    // An unhandled connection error would end the process.
    client.on('error', quiet);
    const give = (error: HttpError) => {
      reject(error);
      client.close();
    };
    const onAbort = () => give(new HttpError('no_reply', toReason('mailbox_given_up')));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    return {
      client,
      address,
      cut,
      end() {
        signal.removeEventListener('abort', onAbort);
        client.close();
      },
    };
  }

  return {
    async use(signal, work) {
      const line = await open(signal);
      const place: Place = { step: 'log-in', folder };
      try {
        const session = await enter(line, place);
        const result = await Promise.race([work(session), line.cut]);
        // Nobody has to wait for the logout.
        void line.client.logout().catch(() => undefined);
        return result;
      } catch (error) {
        throw await toReadingError(error, { place, settings, line });
      } finally {
        line.end();
      }
    },
    async *listen(signal) {
      const line = await open(signal);
      const place: Place = { step: 'log-in', folder };
      try {
        const { client } = await enter(line, place);
        let news = Promise.withResolvers<void>();
        client.on('exists', () => news.resolve());
        const idle = client.idle().then(() => {
          throw new HttpError('no_reply', toReason('mailbox_listens_no_longer'));
        });
        idle.catch(() => undefined);
        for (;;) {
          yield;
          await Promise.race([news.promise, idle, line.cut]);
          news = Promise.withResolvers();
        }
      } catch (error) {
        if (!signal.aborted) throw await toReadingError(error, { place, settings, line });
      } finally {
        line.end();
      }
    },
  };
}

/** Connects, logs in and opens the folder. `step` says where it failed. */
async function enter({ client, cut }: Line, place: Place): Promise<Session> {
  await Promise.race([client.connect(), cut]);
  place.step = 'opening';
  const box = await Promise.race([client.mailboxOpen(place.folder, { readOnly: true }), cut]);
  // The server replied OK but told nothing about the folder.
  if (!box.uidValidity)
    throw new HttpError('malformed', toReason('mailbox_folder_untold', { folder: place.folder }));
  place.step = 'reading';
  return { client, box };
}

const toPort = ({ tls = 'implicit', port }: ImapSettings) => port ?? (tls === 'implicit' ? 993 : 143);

function toOptions(settings: ImapSettings, context: AdapterContext) {
  const { tls = 'implicit', user } = settings;
  return {
    port: toPort(settings),
    auth: { user, pass: readSecret(context, settings.password) },
    secure: tls === 'implicit',
    ...(tls !== 'implicit' && { doSTARTTLS: tls === 'starttls' }),
    tls: readCa(context, settings.ca),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    // A guard against a server that sends without end. No mail is read as a whole.
    maxLiteralSize: 32 * 1024 * 1024,
    maxLineLength: 4 * 1024 * 1024,
    maxResponseSize: 64 * 1024 * 1024,
    disableAutoIdle: true,
    maxIdleTime: longestIdle,
    disableBinary: true,
    disableCompression: true,
  };
}

/** Response codes that mean "later" (RFC 5530, 3, and RFC 9051, 7.1). */
const busyCodes = ['UNAVAILABLE', 'INUSE', 'LIMIT', 'OVERQUOTA', 'EXPUNGEISSUED'];
const malformedCodes =
  /^(ParserError|UnexpectedTag|InvalidResponse|ResponseProcessing|LineTooLarge|LiteralTooLarge|ResponseTooLarge)/;

function toFailed({ step, folder }: Place, detail: Reason): Reason {
  switch (step) {
    case 'log-in':
      return toReason('mailbox_no_login', { detail });
    case 'opening':
      return toReason('mailbox_not_opened', { folder, detail });
    case 'reading':
      return toReason('mailbox_not_read', { detail });
  }
}

interface Met {
  place: Place;
  settings: ImapSettings;
  line: Pick<Line, 'address'>;
}

/** The error of a session. One about the server's certificate says which certificate it is. */
async function toReadingError(error: unknown, { place, settings, line }: Met): Promise<Error> {
  const code = findCertificateCode(error);
  if (!code) return toHttpError(error as ImapFlowError, place);
  const tls = settings.tls === 'starttls' ? 'imap' : 'implicit';
  return new HttpError(
    'not_sent',
    await describeCertificate(code, { ...line.address, port: toPort(settings), tls }),
  );
}

/** The library's error is not passed on. It may quote what was sent, the password included. */
function toHttpError(error: ImapFlowError | HttpError, place: Place): Error {
  if (error instanceof HttpError || error.name === 'BoardError') return error;
  const { code = '', serverResponseCode = '', responseStatus } = error;
  if (busyCodes.includes(serverResponseCode) || code === 'ETHROTTLE') {
    const busy = toReason('mail_server_busy', { code: serverResponseCode || code });
    return new HttpError('busy', toFailed(place, busy), { after: new Date(Date.now() + pauseWhenBusy) });
  }
  if (error.authenticationFailed)
    return new HttpError('unauthorised', toFailed(place, toReason('mailbox_login_refused')));
  if (malformedCodes.test(code))
    return new HttpError('malformed', toFailed(place, toReason('mailbox_no_imap_reply', { code })));
  if (responseStatus === 'NO' || responseStatus === 'BAD') {
    const reply = `${responseStatus} ${serverResponseCode}`.trim();
    return new HttpError('refused', toFailed(place, toReason('mailbox_said', { reply })));
  }
  const ended = error.message ? reasonOf(error) : toReason('mail_connection_ended');
  return new HttpError(
    place.step === 'log-in' ? 'not_sent' : 'no_reply',
    toFailed(place, code ? said(code) : ended),
  );
}
