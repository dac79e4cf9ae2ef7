import { type Heartbeat, toReason } from '../../../schemas/index.ts';
import type { AgentParts } from '../parts.ts';
import { readBacklog } from '../spool/backlog.ts';
import { findNewestVersion } from '../spool/configurations.ts';
import { type Facts, findFact, setFacts } from '../spool/facts.ts';
import { createBell } from './bell.ts';
import { HubError } from './hub-error.ts';
import { renewKeyInTime } from './identity.ts';
import type { Transport } from './transport.ts';

interface Self {
  version: string;
  startedAt: Date;
  transport: Pick<Transport, 'certificateExpiresAt' | 'hubNow'>;
  /** The size of the spool, in bytes, from which the agent warns. */
  warnAt: number;
}

/** Seconds between heartbeats until a configuration sets another interval. */
const every = 30;

/** Regularly tells the hub the state of this agent. It also asks for the next key. A lost heartbeat does no harm. */
export async function beat(parts: AgentParts, self: Self): Promise<void> {
  const { spool, hub, board, bells, situation, stop } = parts;
  const back = createBell();
  bells.hub.push(back);
  while (!stop.aborted) {
    watchSpool(parts, self.warnAt);
    try {
      const reply = await hub.heartbeat(toHeartbeat(parts, self), stop);
      const isNews = await noteTaken(parts, {
        hubTakesReasons: reply.takesReasons ?? false,
        hubTakesNotices: reply.takesNotices ?? false,
        hubAsksLogs: reply.asksLogs ?? false,
        hubTellsSteps: reply.tellsSteps ?? false,
      });
      if (reply.configuration !== findNewestVersion(spool.db)) bells.configuration.ring();
      await renewKeyInTime(parts, self.transport.hubNow);
      // The hub learns at once what only now may be said.
      if (isNews) continue;
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      if (!stop.aborted) situation.note('hub', error.reason);
    }
    await back.wait((board.current()?.configuration.heartbeatEvery ?? every) * 1000, stop);
  }
}

/** Stored, so that after a restart the agent at once sends all that its hub understands. True: it is another hub now. */
async function noteTaken(
  { spool }: AgentParts,
  taken: Pick<Facts, 'hubTakesReasons' | 'hubTakesNotices' | 'hubAsksLogs' | 'hubTellsSteps'>,
): Promise<boolean> {
  const names = Object.keys(taken) as (keyof typeof taken)[];
  const isNews = names.some((name) => findFact(spool.db, name) !== taken[name]);
  if (isNews) await spool.write((tx) => setFacts(tx, taken));
  return isNews;
}

function watchSpool({ spool, situation }: AgentParts, warnAt: number): void {
  const megabytes = spool.size() / 1024 / 1024;
  const warning = toReason('spool_large', { n: Math.round(megabytes) });
  situation.note('spool', megabytes >= warnAt ? warning : undefined);
}

function toHeartbeat({ spool, board, situation }: AgentParts, self: Self): Heartbeat {
  const current = board.current();
  const expires = self.transport.certificateExpiresAt();
  const [readAt, writtenAt] = [findFact(spool.db, 'readAt'), findFact(spool.db, 'writtenAt')];
  const problem = situation.problem();
  // A board that is read no more has no paging.
  const notice = current?.adapter.pull && findFact(spool.db, 'boardNotice');
  const problemKind = situation.problemKind();
  const unauthorised = situation.unauthorised();
  return {
    at: new Date().toISOString(),
    agent: self.version,
    node: process.versions.node,
    ...(current && {
      adapter: current.connection.adapter,
      configuration: current.configuration.version,
    }),
    startedAt: self.startedAt.toISOString(),
    backlog: readBacklog(spool.db),
    ...(readAt && { readAt }),
    ...(writtenAt && { writtenAt }),
    ...(problem && { problem }),
    ...(problemKind && { problemKind }),
    ...(notice && { notice }),
    ...(unauthorised.length > 0 && { unauthorised }),
    ...(expires && { certificateExpiresAt: expires.toISOString() }),
    memoryMb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
    ...(findFact(spool.db, 'hubAsksLogs') && { sendsLogs: true }),
    ...(findFact(spool.db, 'hubTellsSteps') && { knowsSteps: true }),
  };
}
