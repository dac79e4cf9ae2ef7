import type { EventType } from '../../schemas/index.ts';
import { type Reason, reasonOf, toReason } from '../../schemas/reason.ts';
import {
  type AdapterContext,
  type AdapterKind,
  type BoardAdapter,
  BoardError,
  type BoardRef,
  type Change,
  type CheckReport,
  type Outcome,
  type Pulled,
} from '../contract.ts';
import { toAuthorityPaths } from '../kit/http/certificate-authority.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { toBoardError } from '../kit/outcome/call-error.ts';
import { refusedBefore } from '../kit/outcome/refused-before.ts';
import { toReport } from '../kit/reading/check-reading.ts';
import { createMailFiles } from './attachments.ts';
import { createMailClient, type Outgoing } from './client.ts';
import { checkMailSettings, defaultCarries, MailSettings } from './config.ts';
import type { Session } from './imap.ts';
import { amendMail, isOwnMail, normaliseMail, toPulledPost } from './mapping.ts';
import { readMails } from './mime/read-mail.ts';
import { draft, toOutgoing } from './outgoing.ts';
import { findSent, type MailParts, sendLetter } from './post.ts';
import { createSigner } from './reply-address.ts';
import { readSecret } from './secret.ts';

/** Agencies without a board. Officers get complaints by e-mail, and their replies are the answers. */
export const mailAdapter: AdapterKind = {
  name: 'mail',
  carriesParts: true,
  offers: ['pull', 'changes', 'push', 'find', 'fetchAttachment', 'pushAttachment', 'amend'],
  tellsOfficers: true,
  settings: MailSettings,
  checkSettings: checkMailSettings,
  needs: (settings) => {
    const servers = [(settings as MailSettings).smtp, (settings as MailSettings).imap];
    return {
      hosts: servers.map(({ host }) => host),
      paths: toAuthorityPaths(...servers.map(({ ca }) => ca)),
    };
  },
  writesTo: (settings) => {
    const { officers, replyAddress } = settings as MailSettings;
    // A copy of each mail comes to the address for replies.
    return {
      posts: [...officers.map(({ address }) => address), replyAddress].map((one) => one.toLowerCase()),
    };
  },
  abilities: (settings) => ({
    carries: listCarried(settings as MailSettings),
    pull: true,
    changes: true,
    fingerprints: false,
  }),
  create: (settings, context) => createMailAdapter(settings as MailSettings, context),
};

function createMailAdapter(settings: MailSettings, context: AdapterContext): BoardAdapter {
  const { agency, timeZone } = context;
  const secrets = () => settings.replySecrets.map((reference) => readSecret(context, reference));
  const signer = createSigner(settings.replyAddress, { agency, secrets });
  const client = createMailClient(settings, context, signer);
  const parts: MailParts = { settings, client, signer, timeZone };
  const carries = listCarried(settings);
  return {
    pull: (cursor, signal) => pull(parts, cursor, signal),
    changes: (signal) => changes(parts, signal),
    async normalise(raw) {
      try {
        return normaliseMail(parts, raw);
      } catch (error) {
        return { ok: false, problems: [{ pointer: '', reason: reasonOf(error) }] };
      }
    },
    amend: (raw, decision) => amendMail(parts, raw, decision),
    carries,
    push: (change, call) => push(parts, carries, change, call),
    draft: (change, key) => draft(parts, carries, change, key),
    find: (change, { key, signal }) => find(parts, change, key, signal),
    ...createMailFiles(parts),
    check: (signal) => check(parts, signal),
    close: client.close,
  };
}

const listCarried = ({ carries }: MailSettings): ReadonlySet<EventType> => new Set(carries ?? defaultCarries);

interface Cursor {
  /** UIDVALIDITY. If it changes, the stored UIDs have no meaning any more (RFC 9051, 2.3.1.1). */
  validity: string;
  /** The last UID that was read. UIDs only grow. */
  uid: number;
}

async function pull(parts: MailParts, given: string | undefined, signal: AbortSignal): Promise<Pulled> {
  const { settings, client } = parts;
  try {
    const cursor = given === undefined ? undefined : readCursor(given);
    return await client.read(signal, (session) => readOn(parts, session, cursor, settings.pageSize ?? 50));
  } catch (error) {
    throw toBoardError(error);
  }
}

function readCursor(text: string): Cursor | undefined {
  try {
    const { validity, uid } = JSON.parse(text) as Partial<Cursor>;
    return typeof validity === 'string' && Number.isSafeInteger(uid)
      ? { validity, uid: Number(uid) }
      : undefined;
  } catch {
    throw new BoardError('malformed', toReason('foreign_cursor'));
  }
}

/** After a mailbox was rebuilt, it reads from the beginning. Known mails are recognised by their Message-ID. */
async function readOn(
  parts: MailParts,
  { client, box }: Session,
  cursor: Cursor | undefined,
  pageSize: number,
): Promise<Pulled> {
  const validity = String(box.uidValidity);
  const after = cursor?.validity === validity ? cursor.uid : 0;
  const found = box.exists > 0 ? await client.search({ uid: `${after + 1}:*` }, { uid: true }) : [];
  if (!found) throw new HttpError('no_reply', toReason('mailbox_no_list'));
  // `n:*` also names the newest mail if that is older than n (RFC 9051, 9, seq-range).
  const uids = found.filter((uid) => uid > after).sort((a, b) => a - b);
  const page = uids.slice(0, pageSize);
  const mails = await readMails(client, validity, page);
  return {
    posts: mails.filter((mail) => !isOwnMail(parts, mail)).map((mail) => toPulledPost(parts, mail)),
    cursor: JSON.stringify({ validity, uid: page.at(-1) ?? after } satisfies Cursor),
    more: uids.length > page.length,
  };
}

async function* changes({ client }: MailParts, signal: AbortSignal): AsyncGenerator<void> {
  try {
    yield* client.listen(signal);
  } catch (error) {
    throw toBoardError(error);
  }
}

async function push(
  parts: MailParts,
  carries: ReadonlySet<EventType>,
  change: Change,
  { key, signal }: { key: string; signal: AbortSignal },
): Promise<Outcome> {
  let mail: Omit<Outgoing, 'file'>;
  try {
    mail = toOutgoing(parts, carries, change, key);
  } catch (error) {
    return refusedBefore(error, `push.${change.event.type}`);
  }
  return sendLetter(parts, mail, signal);
}

async function find(
  parts: MailParts,
  { event, complaint, ref }: Change,
  key: string,
  signal: AbortSignal,
): Promise<BoardRef | undefined> {
  if (event.type !== 'registered' && ref?.externalId !== complaint.receiptNumber) return undefined;
  return (await findSent(parts, key, signal)) ? { externalId: complaint.receiptNumber } : undefined;
}

/** Checks both logins and the folder. It sends no mail. */
async function check({ client, settings }: MailParts, signal: AbortSignal): Promise<CheckReport> {
  const look = async (what: Reason, work: () => Promise<Reason>) => {
    try {
      return { what, ok: true, detail: await work() };
    } catch (error) {
      return { what, ok: false, detail: reasonOf(error) };
    }
  };
  const { smtp, imap } = settings;
  const sending = look(toReason('checked_sending', { host: smtp.host }), async () => {
    await client.verifySending(signal);
    return toReason('mails_sendable');
  });
  const reading = look(toReason('checked_mailbox', { host: imap.host }), () =>
    client.read(signal, async ({ box }) => toReason('mailbox_holds', { folder: box.path, n: box.exists })),
  );
  return toReport(await Promise.all([sending, reading]));
}
