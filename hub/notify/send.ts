import type { Logger } from 'pino';
import { createLane } from '../../adapters/relay/lane.ts';
import { type Channel, channels } from '../../schemas/index.ts';
import { wordReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import { createOutage } from '../observe/outage.ts';
import type { Store } from '../store/database.ts';
import type { Exclusive } from '../store/exclusive.ts';
import type { Templates } from '../templates/templates.ts';
import { createNoticeTable, type DueNotice } from './due-notices.ts';
import type { Provider } from './message.ts';
import { pauseOfProvider } from './policy.ts';
import { type ReportSettings, sendNotice } from './send-notice.ts';

export interface NoticeSender {
  /**
   * Sends the due notices of a channel. Resolves when none is due any more, or at once if another process does it or
   * the provider must be left alone. A call during a run makes the run look again. Rejects if the store is out of
   * reach. Call it after notices were planned, and every few seconds for those that are due again.
   */
  drain(channel: Channel): Promise<void>;
  /** Begins nothing more. Resolves when the calls under way have ended. The providers stay open. */
  stop(): Promise<void>;
}

export interface SenderDependencies {
  store: Pick<Store, 'hot'>;
  exclusive: Exclusive;
  directory: Directory;
  templates: Templates;
  providers: Record<Channel, Provider>;
  publicUrl?: string | undefined;
  reports: ReportSettings;
  log: Logger;
  clock?: () => Date;
}

const pageSize = 200;

/** Sends planned notices. The state is in the table, so any process can end at any moment and another goes on. */
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
      // One call asks whether the provider is back: ninety-six refused log-ins would lock an account.
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
