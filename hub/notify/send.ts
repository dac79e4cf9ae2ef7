import type { Logger } from 'pino';
import { createLane } from '../../adapters/relay/lane.ts';
import { type Channel, channels } from '../../schemas/index.ts';
import { wordReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import { createOutage } from '../observe/outage.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import { createNoticeTable, type DueNotice } from './due-notices.ts';
import type { Provider } from './message.ts';
import { pauseOfProvider } from './policy.ts';
import { sendNotice } from './send-notice.ts';
import type { Templates } from './templates.ts';

export interface NoticeSender {
  /**
   * Send what is due on a channel. Resolves when nothing is due any more, at once when another process is doing it
   * or the provider is being left alone; asked again while it runs, it looks again. Rejects when the store is out of
   * reach. Call it when notices were planned, and every few seconds for what is due again.
   */
  drain(channel: Channel): Promise<void>;
  /** Begins nothing more and resolves when the calls under way have ended. The providers stay open. */
  stop(): Promise<void>;
}

export interface SenderDependencies {
  store: Pick<Store, 'hot'>;
  exclusive: Exclusive;
  directory: Directory;
  templates: Templates;
  providers: Record<Channel, Provider>;
  publicUrl?: string | undefined;
  log: Logger;
  clock?: () => Date;
}

const pageSize = 200;

/** Sends planned notices: state in the table, so that any process can end at any moment and another go on. */
export function createNoticeSender(dependencies: SenderDependencies): NoticeSender {
  const deps = {
    clock: () => new Date(),
    ...dependencies,
    table: createNoticeTable(dependencies.store),
  };
  const stopping = new AbortController();
  const drains = Object.fromEntries(channels.map((channel) => [channel, createDrain(channel)]));

  function createDrain(channel: Channel): { run(): Promise<void>; ended(): Promise<unknown> } {
    const provider = deps.providers[channel];
    let failures = 0;
    let pausedUntil = 0;
    let running: Promise<void> | undefined;
    let again = false;
    const outage = createOutage(deps.log, `${provider.name}, which carries ${channel},`);
    const paused = () => deps.clock().getTime() < pausedUntil;

    async function send(notice: DueNotice): Promise<void> {
      const result = await sendNotice(deps, notice);
      if (!result) return;
      if (result.fallback) void drain(result.fallback).catch(() => undefined);
      if (result.kind === 'done') {
        failures = 0;
        outage.ended();
      }
      if (!result.providerDown || paused()) return;
      failures += 1;
      const { after, reason } = result.providerDown;
      pausedUntil = Math.max(deps.clock().getTime() + pauseOfProvider(failures), after?.getTime() ?? 0);
      outage.failed(wordReason(reason, 'en'));
    }

    const lane = createLane<DueNotice>({
      // One asks whether it is back; ninety-six refused log-ins would lock an account.
      concurrency: () => (failures > 0 ? 1 : provider.concurrency),
      pageSize,
      find: (underWay) => deps.table.findDue(channel, deps.clock(), underWay, pageSize),
      work: send,
      paused,
    });

    async function drainAll(): Promise<void> {
      do {
        again = false;
        await deps.exclusive.run(`notify:${channel}`, (signal) =>
          lane.drain(AbortSignal.any([signal, stopping.signal])),
        );
      } while (again && !stopping.signal.aborted && !paused());
    }

    return {
      run() {
        if (stopping.signal.aborted || paused()) return Promise.resolve();
        if (running) {
          again = true;
          lane.nudge();
          return running;
        }
        running = drainAll().finally(() => {
          running = undefined;
        });
        return running;
      },
      ended: async () => running?.catch(() => undefined),
    };
  }

  async function drain(channel: Channel): Promise<void> {
    await drains[channel]?.run();
  }

  return {
    drain,
    async stop() {
      stopping.abort();
      await Promise.all(Object.values(drains).map((one) => one.ended()));
    },
  };
}
