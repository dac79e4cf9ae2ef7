import {
  type AgentConfiguration,
  type ConfigurationReport,
  fromGiven,
  type Reason,
  reasonOf,
  type SignedConfiguration,
  toOneReason,
  toReason,
  wordReason,
} from '../../schemas/index.ts';
import type { BoardAdapter, CheckReport } from '../contract.ts';
import { createAdapter } from '../kinds.ts';
import { findMissing, isEmpty, listNeeds, NotAllowed } from './allowed.ts';
import { type Board, toBoard } from './board/board.ts';
import { createInsist, longPause } from './board/until-taken.ts';
import { pause } from './hub/bell.ts';
import { HubError } from './hub/hub-error.ts';
import type { AgentParts } from './parts.ts';
import { type Allowed, readLocalSecret, toAllowed } from './settings.ts';
import {
  findCurrentConfiguration,
  findNewestVersion,
  forgetReport,
  listReports,
  saveConfiguration,
} from './spool/configurations.ts';
import { findFact } from './spool/facts.ts';
import { UntrustedConfiguration, verifyConfiguration } from './verify-configuration.ts';

/** The time limit for the check of a board, in milliseconds. */
const checkLimit = 60_000;

/** Installs the last good configuration, so that an agent can start without the hub. */
export async function installLastGood(parts: AgentParts): Promise<void> {
  const { spool, board, situation } = parts;
  const stored = findCurrentConfiguration(spool.db);
  if (!stored) return;
  try {
    const configuration = verifyConfiguration(stored, readTrusted(parts));
    board.install(await createBoard(configuration, parts.allowed));
  } catch (error) {
    situation.note('configuration', reasonOf(error));
  }
}

/** Fetches a new configuration if there is one, decides whether it is usable, and tells the hub. */
export async function followConfiguration(parts: AgentParts): Promise<void> {
  const { hub, bells, stop, situation, log } = parts;
  const insist = createInsist(parts);
  const tried = new Set<number>();
  // A configuration that was rolled back may be usable now: the agent restarts when agent.yaml allows more.
  if (findNewestVersion(parts.spool.db) !== parts.board.current()?.configuration.version)
    bells.configuration.ring();
  while (!stop.aborted) {
    try {
      await report(parts, insist);
      if (!parts.board.current()) bells.configuration.ring();
      await bells.configuration.wait(3_600_000, stop);
      if (stop.aborted) return;
      const signed = await insist((signal) => hub.fetchConfiguration(signal));
      if (signed) await decide(parts, signed, tried);
      await report(parts, insist);
      if (!parts.board.current()) await pause(longPause, stop);
    } catch (error) {
      if (!(error instanceof HubError || error instanceof UntrustedConfiguration)) throw error;
      situation.note('configuration', error.reason);
      log.error({ reason: error.message }, 'the configuration from the hub was not taken');
      await pause(longPause, stop);
    }
  }
}

function readTrusted({ spool }: AgentParts, newest?: number) {
  const [hubKey, agency] = [findFact(spool.db, 'hubKey'), findFact(spool.db, 'agency')];
  if (!hubKey || !agency) throw new UntrustedConfiguration(toReason('not_enrolled'));
  return { hubKey, agency, newest };
}

async function decide(parts: AgentParts, signed: SignedConfiguration, tried: Set<number>): Promise<void> {
  const { spool, board: installed, situation, log, bells } = parts;
  const newest = findNewestVersion(spool.db);
  const configuration = verifyConfiguration(signed, readTrusted(parts, newest));
  const { version } = configuration;
  const former = installed.current();
  if (former && (version === former.configuration.version || tried.has(version))) return;
  tried.add(version);
  const { board, failure } = await tryOut(configuration, parts.allowed);
  // If the board is away with the former configuration too, its absence is no argument against the new one.
  const formerWorks = failure !== undefined && former !== undefined && (await isWell(former.adapter));
  const isApplied = board !== undefined && !formerWorks;
  const report: ConfigurationReport = isApplied
    ? { outcome: 'applied' }
    : { outcome: 'rolled-back', reason: failure ?? toReason('no_reason_given') };
  await spool.write((tx) =>
    saveConfiguration(tx, { ...signed, version, state: isApplied ? 'current' : 'rolled-back' }, report),
  );
  const words = failure && { reason: wordReason(failure, 'en') };
  log.info({ version, outcome: report.outcome, ...words }, 'a configuration came from the hub');
  if (isApplied) installed.install(board);
  else await board?.adapter.close();
  situation.note('configuration', failure && toReason('version_failed', { version, detail: failure }));
  bells.configuration.ring();
}

/** `failure`: why the configuration is not usable, or what its check found. Without a board it is not usable at all. */
async function tryOut(
  configuration: AgentConfiguration,
  allowed: Allowed,
): Promise<{ board?: Board; failure?: Reason }> {
  let board: Board;
  try {
    board = await createBoard(configuration, allowed);
  } catch (error) {
    return { failure: reasonOf(error) };
  }
  const { ok, lines } = await check(board.adapter);
  if (ok) return { board };
  const failed = lines.filter((line) => !line.ok);
  const failures = failed.map(({ what, detail }) =>
    toReason('at', { place: what, detail: fromGiven(detail) }),
  );
  return { board, failure: toOneReason(failures) };
}

/** Throws if the settings are wrong, or want what this machine does not allow. Secrets are read only when needed. */
export async function createBoard(configuration: AgentConfiguration, allowed: Allowed): Promise<Board> {
  const { agency, timeZone, board } = configuration;
  const missing = findMissing(await listNeeds(configuration), allowed);
  if (!isEmpty(missing)) throw new NotAllowed(missing);
  const secret = (reference: string) => {
    if (!allowed.secrets.includes(reference))
      throw new NotAllowed({ ...toAllowed({}), secrets: [reference] });
    return readLocalSecret(reference);
  };
  return toBoard(configuration, createAdapter(board, { agency, timeZone, secret, reach: allowed }));
}

const check = (adapter: BoardAdapter): Promise<CheckReport> => adapter.check(AbortSignal.timeout(checkLimit));
const isWell = async (adapter: BoardAdapter) => (await check(adapter)).ok;

async function report(parts: AgentParts, insist: ReturnType<typeof createInsist>): Promise<void> {
  const { spool, hub } = parts;
  for (const { version, report: said } of listReports(spool.db)) {
    const isTaken = await insist((signal) => hub.reportConfiguration(version, said, signal).then(() => true));
    if (isTaken) await spool.write((tx) => forgetReport(tx, version));
  }
}
