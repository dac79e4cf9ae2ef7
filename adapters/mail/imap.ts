import type { ImapFlow, ImapFlowError, MailboxObject } from 'imapflow';
import { type Reason, reasonOf, said, toReason } from '../../schemas/reason.ts';
import type { AdapterContext } from '../contract.ts';
import { createAddressGuard } from '../kit/http/guarded-connect.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import type { ImapSettings } from './config.ts';
import { toOpenAddress } from './open-address.ts';
import { readCa, readSecret } from './secret.ts';

/** The folder, opened for reading; nothing in it is marked or moved. */
export interface Session {
  client: ImapFlow;
  box: MailboxObject;
}

export interface Mailbox {
  /** Work in a session of its own, ended when the work ends or the signal comes. Throws HttpError (kit/http/http-errors.ts). */
  use<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>;
  /** A session that stays open (RFC 2177): yields when it begins and when mails arrive. Throws HttpError. */
  listen(signal: AbortSignal): AsyncGenerator<void>;
}

/** What the library would log; `src: 's'` is a line of the server that it cannot read. */
interface LogEntry {
  src?: string;
  msg?: string;
}

/** Milliseconds for connecting, for the greeting and for a reply. */
const patience = 30_000;
/** Milliseconds until an idle session says that it is still there; RFC 2177 asks for less than 29 minutes. */
const longestIdle = 5 * 60_000;
/** Milliseconds until a server is asked again that has no time; IMAP names none. */
const pauseWhenBusy = 30_000;

/** What is being done at the mailbox, so that a failure says it. */
interface Place {
  step: 'log-in' | 'opening' | 'reading';
  folder: string;
}

interface Line {
  client: ImapFlow;
  cut: Promise<never>;
  end(): void;
}

export function createMailbox(settings: ImapSettings, context: AdapterContext): Mailbox {
  const guard = createAddressGuard(context);
  const { folder = 'INBOX' } = settings;

  /** `cut` rejects when nobody waits any more, or when what the server says is no IMAP: the library would wait on. */
  async function open(signal: AbortSignal): Promise<Line> {
    // Loaded where an agency has a mailbox: unused, it would be a tenth of an agent's memory.
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
    // Errors of a connection that nobody waits for would end the process.
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
        // A polite farewell is nothing to wait for.
        void line.client.logout().catch(() => undefined);
        return result;
      } catch (error) {
        throw toHttpError(error as ImapFlowError, place);
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
        if (!signal.aborted) throw toHttpError(error as ImapFlowError, place);
      } finally {
        line.end();
      }
    },
  };
}

/** Connected, logged in, the folder open. `step` says where a failure came. */
async function enter({ client, cut }: Line, place: Place): Promise<Session> {
  await Promise.race([client.connect(), cut]);
  place.step = 'opening';
  const box = await Promise.race([client.mailboxOpen(place.folder, { readOnly: true }), cut]);
  // A reply that says yes and tells nothing of the folder.
  if (!box.uidValidity)
    throw new HttpError('malformed', toReason('mailbox_folder_untold', { folder: place.folder }));
  place.step = 'reading';
  return { client, box };
}

function toOptions(settings: ImapSettings, context: AdapterContext) {
  const { tls = 'implicit', port = tls === 'implicit' ? 993 : 143, user } = settings;
  return {
    port,
    auth: { user, pass: readSecret(context, settings.password) },
    secure: tls === 'implicit',
    ...(tls !== 'implicit' && { doSTARTTLS: tls === 'starttls' }),
    tls: readCa(context, settings.ca),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    // Guards against a server that sends without end; no mail is read as a whole.
    maxLiteralSize: 32 * 1024 * 1024,
    maxLineLength: 4 * 1024 * 1024,
    maxResponseSize: 64 * 1024 * 1024,
    disableAutoIdle: true,
    maxIdleTime: longestIdle,
    disableBinary: true,
    disableCompression: true,
  };
}

/** Response codes of RFC 5530, 3, and RFC 9051, 7.1, that ask for patience. */
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

/** The library's error is not passed on: it may quote what was sent, the password too. */
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
