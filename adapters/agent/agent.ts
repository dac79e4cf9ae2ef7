import { ReasonError, toReason } from '../../schemas/index.ts';
import { policy } from '../relay/policy.ts';
import { createAnswering } from './board/answer-asks.ts';
import { createInstalledBoard } from './board/board.ts';
import { bringChanges } from './board/bring-changes.ts';
import { bringFiles } from './board/bring-files.ts';
import { createBoardReader } from './board/read-board.ts';
import { createInsist } from './board/until-taken.ts';
import { followConfiguration, installLastGood } from './configure.ts';
import { createBell } from './hub/bell.ts';
import { beat } from './hub/heartbeat.ts';
import { createHubCalls } from './hub/hub-calls.ts';
import { HubError } from './hub/hub-error.ts';
import { enrol } from './hub/identity.ts';
import { reportOutcomes } from './hub/report-outcomes.ts';
import { sendPosts } from './hub/send-posts.ts';
import { takeFromHub } from './hub/take-changes.ts';
import { createTransport } from './hub/transport.ts';
import type { AgentParts } from './parts.ts';
import type { AgentLog } from './recent-log.ts';
import { type AgentSettings, readLocalSecret, SettingsError, toAllowed } from './settings.ts';
import { createSituation } from './situation.ts';
import { openSpoolDatabase } from './spool/database.ts';
import { findFact } from './spool/facts.ts';
import { tryPostsAgain } from './spool/posts.ts';

export interface Agent {
  /** Rejects with the error that ended the agent by itself. */
  ended: Promise<void>;
  /**
   * Stops the agent. Running calls to the board get a few seconds to end. The next start asks the board about calls
   * that were cut.
   */
  stop(): Promise<void>;
}

/**
 * Starts an agent on its data folder. Throws {@link SettingsError} if it is not enrolled and cannot enrol. Throws
 * SpoolError if another agent uses the folder.
 */
export async function startAgent(
  settings: AgentSettings,
  version: string,
  { log, recentLog }: AgentLog,
): Promise<Agent> {
  const startedAt = new Date();
  const spool = openSpoolDatabase(settings.data);
  const stopping = new AbortController();
  const transport = createTransport(settings, version);
  const bells = {
    posts: createBell(),
    changes: createBell(),
    files: createBell(),
    outcomes: createBell(),
    configuration: createBell(),
    board: createBell(),
    hub: [],
  };
  const hub = createHubCalls(transport, {
    key: () => findFact(spool.db, 'key'),
    takesReasons: () => findFact(spool.db, 'hubTakesReasons') ?? false,
    takesNotices: () => findFact(spool.db, 'hubTakesNotices') ?? false,
  });
  const board = createInstalledBoard([bells.changes, bells.files, bells.board]);
  const situation = createSituation(spool, log);
  const allowed = toAllowed(settings);
  const parts: AgentParts = {
    ...{ spool, hub, board, allowed, situation, log, recentLog, bells },
    stop: stopping.signal,
  };
  const cut = new AbortController();

  async function close(): Promise<void> {
    await board.close();
    await transport.close();
    await spool.close();
  }

  async function run(): Promise<void> {
    await enrolOnce(parts, settings, version, transport.hubNow);
    if (stopping.signal.aborted) return;
    await spool.write(tryPostsAgain);
    await installLastGood(parts);
    const reader = createBoardReader(parts);
    const self = { version, startedAt, transport, warnAt: settings.warnAt ?? 1024 };
    await Promise.all([
      reader.run(),
      sendPosts(parts),
      takeFromHub(parts, createAnswering(parts, reader), () => reader.readNow(true)),
      bringChanges(parts, cut.signal),
      bringFiles(parts, cut.signal),
      reportOutcomes(parts),
      followConfiguration(parts),
      beat(parts, self),
    ]);
  }

  log.info({ version, node: process.versions.node, hub: settings.hub }, 'the agent starts');
  const ended = run().catch((error: unknown) => {
    stopping.abort();
    throw error;
  });
  let closed: Promise<void> | undefined;
  const end = async () => {
    stopping.abort();
    const timer = setTimeout(() => cut.abort(new ReasonError(toReason('agent_stopping'))), policy.grace);
    await ended.catch(() => undefined);
    clearTimeout(timer);
    await close();
  };
  const stop = () => {
    closed ??= end();
    return closed;
  };
  return { ended, stop };
}

async function enrolOnce(
  { spool, hub, situation, bells, stop, log }: AgentParts,
  settings: AgentSettings,
  version: string,
  hubNow: () => number,
): Promise<void> {
  if (findFact(spool.db, 'key')) return;
  if (!settings.token)
    throw new SettingsError(
      'this agent is not enrolled: give it `token`, a reference to the token of the hub',
    );
  const token = readLocalSecret(settings.token);
  // The agent waits for a hub that is away. It gives up if the hub refuses the token.
  const insist = createInsist({ situation, bells, stop }, ['refused', 'malformed', 'unauthorised']);
  try {
    const agency = await insist((signal) => enrol(spool, hub, { token, version, hubNow }, signal));
    if (agency) log.info({ agency }, 'the agent is enrolled');
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    throw new SettingsError(`the hub did not enrol this agent: ${error.message}`, { cause: error });
  }
}
