import type { Logger } from 'pino';
import { createLane } from '../../adapters/relay/lane.ts';
import { wordReason } from '../../schemas/reason.ts';
import type { Message, Provider, Sent } from '../notify/message.ts';
import { pauseAfter, pauseOfProvider } from '../notify/policy.ts';
import { createOutage, type Outage } from '../observe/outage.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { type AlertMessage, findDueMessages, type MessageOutcome, saveOutcome } from './messages.ts';

export interface AlertSenderDependencies {
  store: Pick<Store, 'pool'>;
  exclusive: Exclusive;
  /** The provider of each channel. E-mail uses the provider of the notices. */
  providers: Record<AlertMessage['channel'], Provider>;
  log: Logger;
  clock?: () => Date;
}

const pageSize = 50;
const concurrency = 8;
/** Failures in a row after which the pause of a provider stops growing. */
const longestPause = 7;
/** Milliseconds after which a message is given up if its server was never up: it says nothing new any more. */
const longestWait = 3 * 24 * 3_600_000;

/**
 * Sends due messages; the outcome is durable after the call. If an outcome is unknown, or was not written because the
 * process ended, the message is sent again under the same id. Its receiver recognises the duplicate by it.
 */
export function createAlertSender(
  dependencies: AlertSenderDependencies,
): (stop: AbortSignal) => Promise<boolean> {
  const outages = new Map(
    Object.entries(dependencies.providers).map(([channel, { name }]) => [
      channel,
      createOutage(dependencies.log, `${name}, which carries alerts,`),
    ]),
  );
  const deps = { clock: () => new Date(), ...dependencies, outages };
  const { store, clock } = deps;
  const lane = createLane<AlertMessage>({
    concurrency: () => concurrency,
    pageSize,
    find: (underWay) => findDueMessages(store, clock(), underWay, pageSize),
    work: (message) => send(deps, message),
    paused: () => false,
  });
  return (stop) => deps.exclusive.run('alert-messages', (lost) => lane.drain(AbortSignal.any([stop, lost])));
}

type Deps = AlertSenderDependencies & { clock: () => Date; outages: Map<string, Outage> };

async function send({ store, providers, log, clock, outages }: Deps, row: AlertMessage): Promise<void> {
  const provider = providers[row.channel];
  const sent = await provider.send(toMessage(row), { started: clock(), repeated: row.tries > 0 });
  const outcome = toOutcome(row, provider, sent, clock());
  await saveOutcome(store, outcome);
  const { state, tries, last_error: reason } = outcome;
  const line = { message: row.id, audience: row.audience, channel: row.channel, outcome: sent.kind };
  const outage = outages.get(row.channel);
  if (sent.kind === 'done') {
    outage?.ended();
    log.info(line, 'alerts told');
  } else if (isDown(sent)) outage?.failed(wordReason(sent.reason, 'en'));
  else log.warn({ ...line, state, tries, reason: reason && wordReason(reason, 'en') }, 'alerts not told');
}

const isDown = (sent: Sent): sent is Extract<Sent, { kind: 'retry' }> =>
  sent.kind === 'retry' && sent.scope === 'provider';

/** Only e-mail providers read all of it. The webhook sends the text as it is. */
const toMessage = ({ id, audience, address, language, subject, text }: AlertMessage): Message => ({
  noticeId: id,
  threadId: `alerts.${audience}`,
  channel: 'email',
  address,
  language,
  subject,
  text,
  html: null,
  link: null,
  urgent: false,
});

function toOutcome(row: AlertMessage, provider: Provider, sent: Sent, now: Date): MessageOutcome {
  const tries = row.tries + 1;
  const base = { id: row.id, provider: provider.name, tries, next_at: row.next_at };
  if (sent.kind === 'done') return { ...base, state: 'sent', last_error: null, sent_at: now };
  const failed = { ...base, last_error: sent.reason, sent_at: null };
  // A server that is down does not count against the message.
  const waits = isDown(sent);
  const pause = waits
    ? pauseWhileDown(row, now)
    : sent.kind === 'refused'
      ? undefined
      : pauseAfter(sent.kind, tries);
  if (pause === undefined) return { ...failed, state: 'failed' };
  const after = sent.kind === 'retry' ? (sent.after?.getTime() ?? 0) : 0;
  return {
    ...failed,
    state: 'due',
    tries: waits ? row.tries : tries,
    next_at: new Date(Math.max(now.getTime() + pause, after)),
  };
}

const pauseWhileDown = (row: AlertMessage, now: Date): number | undefined =>
  now.getTime() - row.created_at.getTime() < longestWait ? pauseOfProvider(longestPause) : undefined;
