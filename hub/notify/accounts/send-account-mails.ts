import type { Logger } from 'pino';
import { createLane } from '../../../adapters/relay/lane.ts';
import { wordReason } from '../../../schemas/reason.ts';
import { dropToken } from '../../access/accounts/account-links.ts';
import {
  type BegunMail,
  beginMail,
  type DueMail,
  findDueMails,
  finishMail,
  type MailOutcome,
} from '../../access/accounts/account-mails.ts';
import { tellOfVersions } from '../../access/accounts/change-mails.ts';
import { answerAsks } from '../../access/accounts/password-asks.ts';
import { createOutage, type Outage } from '../../observe/outage.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { restVersions } from '../../words/rest-changes.ts';
import type { Message, Provider, Sent } from '../message.ts';
import { pauseAfter, pauseOfProvider } from '../policy.ts';
import { writeAccountMail } from './write-account-mail.ts';
import { writeChangeMail } from './write-change-mail.ts';

export interface AccountMailDependencies {
  store: Pick<Store, 'db'>;
  exclusive: Exclusive;
  /** The provider that also carries the notices. */
  provider: Provider;
  log: Logger;
  /** The hub's address, for links in mails that nobody asked for. Undefined: they have none. */
  publicUrl: string | undefined;
  /** Called after something was sent: a page may show it. */
  changed(): void;
  clock?: () => Date;
}

const versions = restVersions.map(({ version }) => version).toReversed();
const pageSize = 50;
const concurrency = 4;
/** Failures in a row after which the pause of a provider stops growing. */
const longestPause = 7;
/** Milliseconds until a mail is due again whose call was begun and has no outcome, because its process ended. */
const pauseAfterEnd = 5 * 60_000;

/**
 * Plans the mails that were asked for and those about new versions of the API, and sends what is due. Does nothing while another process does it. A mail is
 * dropped if its link works no more. So a mail that waits for a server that is down ends with its link.
 */
export function createAccountMailSender(
  dependencies: AccountMailDependencies,
): (stop: AbortSignal) => Promise<boolean> {
  const { store, exclusive, provider, log } = dependencies;
  let isTold = false;
  const outage = createOutage(log, `${provider.name}, which carries mails about accounts,`);
  const deps = { clock: () => new Date(), ...dependencies, outage };
  const lane = createLane<DueMail>({
    concurrency: () => concurrency,
    pageSize,
    find: (underWay) => findDueMails(store, deps.clock(), underWay, pageSize),
    work: (mail) => send(deps, mail),
    paused: () => false,
  });
  return (stop) =>
    exclusive.run('account-mails', async (lost) => {
      // A process learns of new versions by being another program: once is enough.
      if (!isTold) await tellOfVersions(store, versions);
      isTold = true;
      while ((await answerAsks(store)) > 0 && !stop.aborted && !lost.aborted);
      await lane.drain(AbortSignal.any([stop, lost]));
    });
}

type Deps = AccountMailDependencies & { clock: () => Date; outage: Outage };

async function send(deps: Deps, mail: DueMail): Promise<void> {
  const { store, provider, log, clock, changed, outage, publicUrl } = deps;
  const started = clock();
  const begun = await beginMail(store, mail, new Date(started.getTime() + pauseAfterEnd));
  if (!begun) return;
  const sent = await provider.send(toMessage(mail, begun, publicUrl), { started, repeated: mail.tries > 0 });
  const outcome = toOutcome(mail, provider, sent, clock());
  await finishMail(store, mail.id, outcome);
  const stayed = sent.kind === 'retry' || sent.kind === 'refused';
  if (begun.token !== null && stayed) await dropToken(store, begun.token);
  changed();
  const line = { mail: mail.id, user: mail.userId, kind: mail.kind, outcome: sent.kind };
  if (sent.kind === 'done') {
    outage.ended();
    log.info(line, 'account mail sent');
  } else if (isDown(sent)) outage.failed(wordReason(sent.reason, 'en'));
  else
    log.warn(
      { ...line, state: outcome.state, tries: outcome.tries, reason: wordReason(sent.reason, 'en') },
      'account mail not sent',
    );
}

const isDown = (sent: Sent): boolean => sent.kind === 'retry' && sent.scope === 'provider';

function toMessage(mail: DueMail, begun: BegunMail, publicUrl: string | undefined): Message {
  return {
    noticeId: mail.id,
    threadId: `account.${mail.userId}`,
    channel: 'email',
    address: mail.address,
    language: 'ko',
    ...writeText(mail, begun, publicUrl),
    html: null,
    link: null,
    urgent: false,
  };
}

function writeText(
  { kind, about, baseUrl, facts, createdAt }: DueMail,
  { name, login, token, expiresAt }: BegunMail,
  publicUrl: string | undefined,
) {
  if (kind === 'api_changed') return writeChangeMail(about ?? '', publicUrl);
  const link = token === null ? null : `${baseUrl}/link/${token}`;
  return writeAccountMail(kind, { name, login, link, expiresAt, facts, at: createdAt });
}

function toOutcome(mail: DueMail, { name }: Provider, sent: Sent, now: Date): MailOutcome {
  const tries = mail.tries + 1;
  const base = { provider: name, tries, nextAt: now, sentAt: null, kept: null };
  if (sent.kind === 'done')
    return { ...base, state: 'sent', lastError: null, sentAt: now, kept: sent.kept?.text ?? null };
  const failed = { ...base, lastError: sent.reason };
  // A server that is down does not count against the mail.
  const pause = isDown(sent)
    ? pauseOfProvider(longestPause)
    : sent.kind === 'refused'
      ? undefined
      : pauseAfter(sent.kind, tries);
  if (pause === undefined) return { ...failed, state: 'failed' };
  const after = sent.kind === 'retry' ? (sent.after?.getTime() ?? 0) : 0;
  return {
    ...failed,
    state: 'due',
    tries: isDown(sent) ? mail.tries : tries,
    nextAt: new Date(Math.max(now.getTime() + pause, after)),
  };
}
