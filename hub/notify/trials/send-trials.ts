import type { Logger } from 'pino';
import { createLane } from '../../../adapters/relay/lane.ts';
import { type Channel, channels } from '../../../schemas/index.ts';
import { wordReason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import type { Message, Provider, Sent } from '../message.ts';
import { findDueTrials, saveTrialOutcome, type TrialMessage, type TrialOutcome } from './trial-messages.ts';

export interface TrialSender {
  /** Sends the due trials of a channel. Rejects if the store is out of reach. */
  drain(channel: Channel): Promise<void>;
  /** Begins nothing more. Resolves when the calls under way have ended. */
  stop(): Promise<void>;
}

/** Two senders that are drained and stopped together, such as those of notices and trials. */
export const joinSenders = (...senders: TrialSender[]): TrialSender => ({
  drain: async (channel) => void (await Promise.all(senders.map((sender) => sender.drain(channel)))),
  stop: async () => void (await Promise.all(senders.map((sender) => sender.stop()))),
});

const pageSize = 20;
const second = 1_000;
/** A person waits for it, and can ask again: a few tries are enough. */
const pauses = [5 * second, 30 * second, 120 * second];

/** Sends trials by the providers of the notices, one process at a time. */
export function createTrialSender(deps: {
  store: Pick<Store, 'db'>;
  exclusive: Exclusive;
  providers: Record<Channel, Provider>;
  log: Logger;
  clock?: () => Date;
}): TrialSender {
  const { store, exclusive, providers, log, clock = () => new Date() } = deps;
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();

  async function send(trial: TrialMessage): Promise<void> {
    const provider = providers[trial.channel];
    const sent = await provider.send(toMessage(trial), { started: clock(), repeated: trial.tries > 0 });
    const outcome = toOutcome(trial, provider, sent, clock());
    await saveTrialOutcome(store, trial.id, outcome);
    const line = { trial: trial.id, channel: trial.channel, provider: provider.name, outcome: sent.kind };
    if (sent.kind === 'done') log.info(line, 'trial sent');
    else log.warn({ ...line, state: outcome.state, reason: wordReason(sent.reason, 'en') }, 'trial not sent');
  }

  const lanes = Object.fromEntries(
    channels.map((channel) => [
      channel,
      createLane<TrialMessage>({
        concurrency: () => 1,
        pageSize,
        find: (underWay) => findDueTrials(store, channel, { now: clock(), underWay, most: pageSize }),
        work: send,
        paused: () => false,
      }),
    ]),
  ) as Record<Channel, ReturnType<typeof createLane<TrialMessage>>>;

  return {
    async drain(channel) {
      if (stopping.signal.aborted) return;
      const run = exclusive.run(`trials:${channel}`, (lost) =>
        lanes[channel].drain(AbortSignal.any([lost, stopping.signal])),
      );
      running.add(run);
      await run.finally(() => running.delete(run));
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}

const toMessage = (trial: TrialMessage): Message => ({
  noticeId: trial.id,
  threadId: `trials.${trial.id}`,
  channel: trial.channel,
  address: trial.address,
  language: trial.language,
  subject: trial.subject,
  text: trial.text,
  html: trial.html,
  link: null,
  urgent: false,
});

function toOutcome(trial: TrialMessage, { name }: Provider, sent: Sent, now: Date): TrialOutcome {
  const tries = trial.tries + 1;
  const base = { tries, provider: name, next_at: trial.next_at };
  if (sent.kind === 'done') return { ...base, state: 'sent', last_error: null, sent_at: now };
  const pause = sent.kind === 'refused' ? undefined : pauses[tries - 1];
  return {
    ...base,
    state: pause === undefined ? 'failed' : 'due',
    last_error: sent.reason,
    sent_at: null,
    ...(pause !== undefined && { next_at: new Date(now.getTime() + pause) }),
  };
}
