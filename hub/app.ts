import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { AgentPackage } from '../adapters/agent/packaging/package.ts';
import { wordReason } from '../schemas/reason.ts';
import type { SignOn } from './access/sign-on/sign-on.ts';
import { createAttachments } from './attachments/attachments.ts';
import { openContentStore } from './attachments/open.ts';
import type { Decision } from './complaints/state.ts';
import { loadAdapterPackages } from './configuration/adapter-packages.ts';
import { listUncertified } from './configuration/catalogue/adapter-catalogue.ts';
import { configureFirstStart } from './configuration/first-start.ts';
import { createDirectory, type LiveDirectory } from './configuration/live-directory.ts';
import { openSignOn } from './configuration/sign-on-file.ts';
import { consolePages } from './console/console-pages.ts';
import { openDoors } from './doors/doors.ts';
import { createEngineer } from './engineer/engineer.ts';
import { createAgentExchange } from './exchange/agents/agent-exchange.ts';
import { createAgentPackages } from './exchange/agents/agent-packages.ts';
import { type Asks, createAsks } from './exchange/boards/asks.ts';
import { type Boards, createBoards, isBehindAgent } from './exchange/boards/boards.ts';
import { createDraftTrials } from './exchange/draft-trials.ts';
import { createEndpoints, type Endpoints } from './exchange/endpoints/endpoints.ts';
import { createAccept } from './exchange/intake/accept.ts';
import { createTakeDelivery } from './exchange/intake/take-delivery.ts';
import { createParkedActions } from './exchange/parked/parked.ts';
import { openStages, type StagesDependencies } from './exchange/rehearsal/open-stages.ts';
import { createRehearsals } from './exchange/rehearsal/rehearsals.ts';
import { createRepairs } from './exchange/repairs.ts';
import { topicsOf } from './exchange/topics-of.ts';
import { createWorkbench } from './exchange/workbench/workbench.ts';
import { startServer } from './http/server.ts';
import { createWaitingDoor, type WaitingDoor } from './http/waiting-door.ts';
import type { NoticePlan } from './notify/plan.ts';
import { createTakeReport } from './notify/reports/take-report.ts';
import { createLog } from './observe/log.ts';
import { createMetrics, type Metrics } from './observe/metrics.ts';
import { startMetricsServer } from './observe/metrics-server.ts';
import { openWorker, type Trials, type WorkerParts } from './open-worker.ts';
import { onUnforeseen } from './personal/unforeseen.ts';
import { type LookQueue, openLookQueue } from './queue/look-queue.ts';
import { parseTopic, type Topic } from './queue/topics.ts';
import { type Settings, readHere as secret } from './settings.ts';
import { openAskingStore } from './store/asking.ts';
import { divideConnections } from './store/connections.ts';
import { openConfiguredStore } from './store/open.ts';
import { openShadowStore } from './store/shadow/shadow-store.ts';
import { createChangeSignal } from './store/signals/change-signal.ts';
import { createFeedSignal, type FeedSignal } from './store/signals/feed-signal.ts';
import { waitForDatabase } from './store/wait-for-database.ts';

export interface Hub {
  /** The address of console and doors. Empty: the hub has not the role `api`. */
  url: string;
  /** The address for Prometheus. Absent: METRICS_PORT is unset. */
  metricsUrl?: string;
  /** Finishes or gives back the work under way, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Builds the parts for the roles that the settings name. Every part that starts here ends with `stop`. If the database
 * is away, it waits, until `signal` stops the waiting.
 */
export async function startHub(
  settings: Settings,
  options: { log?: Logger; signal?: AbortSignal } = {},
): Promise<Hub> {
  const log = options.log ?? createLog(settings);
  const signOn = await openSignOn(settings);
  const door = createWaitingDoor(settings, log);
  const closing: (() => Promise<unknown> | unknown)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  const start = async () => {
    try {
      return await assemble(settings, log, closing, { door, signOn, giveUp: options.signal });
    } catch (error) {
      await stop();
      throw error;
    }
  };
  try {
    for (const problem of await loadAdapterPackages(settings))
      log.error({ problem }, 'an adapter was refused');
    for (const { name, detail } of listUncertified())
      log.warn({ package: name, detail: wordReason(detail, 'en') }, 'an adapter has no valid certificate');
    const started = await waitForDatabase(start, { log, signal: options.signal, say: door.say });
    return { ...started, stop };
  } finally {
    await door.close();
  }
}

async function assemble(
  settings: Settings,
  log: Logger,
  closing: (() => unknown)[],
  { door, signOn, giveUp }: { door: WaitingDoor; signOn: SignOn; giveUp: AbortSignal | undefined },
): Promise<Omit<Hub, 'stop'>> {
  const { store, stop: closeStore } = await openConfiguredStore(settings, giveUp);
  closing.push(closeStore);
  await configureFirstStart(store, resolve(settings.CONFIG_DIR), log);
  const directory = await createDirectory(store, log);
  closing.push(() => directory.close());
  const contents = await openContentStore(store, settings, log);
  closing.push(() => contents.close());
  const reached = { store, directory, contents, log };
  const { feedSignal, boards, endpoints, ...reaching } = openBoards(reached, settings, closing);
  const metrics = createMetrics(store);
  const metricsUrl = await openMetrics(metrics, settings, log, closing);
  const signal = createChangeSignal(store, log);
  closing.push(signal.stop);

  const { look, toldFed, ...looking } = createLooking(directory, feedSignal);
  const committed = (decisions: Decision[], notices: NoticePlan[]) => {
    for (const topic of topicsOf(decisions, notices, directory)) look(topic);
    for (const { matter } of decisions) metrics.accepted(matter.complaint.assignee);
    signal.changed();
  };
  const roles = settings.ROLES.split(',');
  // Larger groups leave more of this process to the deliveries that it also makes.
  const gather = roles.includes('worker') ? 5 : 0;
  const judging = { store, directory, boards, log, clock: directory.clock };
  const live = createAccept({ ...judging, gather, committed, keepsNumbers: true });
  const told = (agency: string) => void toldFed(`deliver:${agency}`);
  const stages = await openTrials({ ...judging, live, changed: signal.changed, told }, settings, closing);
  const { accept } = stages;
  const parked = createParkedActions({ store, boards, accept, look });

  const hours = settings.SMS_REPORT_HOURS;
  const takeReport = createTakeReport({ store, hours, look, changed: signal.changed, log });

  const common = { boards, stages, endpoints, contents, accept, parked, takeReport };
  const parts = { ...common, store, directory, signOn, metrics, log };
  let handle: ((topic: Topic) => void) | undefined;
  if (roles.includes('worker')) {
    const worker = await openWorker({ ...parts, toldFed, changed: signal.changed }, settings, closing);
    looking.runsHere(worker.lookIfRunning);
    handle = worker.look;
  }
  const queue = await openLookQueue({
    redisUrl: settings.REDIS_URL,
    databaseUrl: store.url,
    log,
    ...(handle && { handle }),
  });
  looking.tell(queue);
  closing.push(() => queue.close());
  if (!roles.includes('api')) return { url: '', ...metricsUrl };
  // The server needs the port.
  await door.close();
  const changes = { look, changed: signal.changed, ...reaching };
  const url = await openApi({ ...parts, feedSignal }, changes, settings, closing);
  return { url, ...metricsUrl };
}

/** Has topics looked at: by a drain that runs here, or by whoever the queue tells. Who is fed is told at once. */
function createLooking(directory: LiveDirectory, feedSignal: FeedSignal) {
  let queue: LookQueue | undefined;
  let isAtIt = (_topic: Topic): boolean => false;
  const toldFed = (topic: Topic): boolean => {
    const { kind, subject = '' } = parseTopic(topic) ?? {};
    const agency = kind === 'deliver' || kind === 'bring-files' ? directory.findAgency(subject) : undefined;
    const isFed = agency !== undefined && (agency.feed === true || isBehindAgent(agency));
    if (isFed) feedSignal.changed(agency.code);
    return isFed;
  };
  return {
    toldFed,
    // A drain in this process is told directly. The queue is for a process that may begin a new one.
    look(topic: Topic): void {
      if (!toldFed(topic) && !isAtIt(topic)) queue?.look(topic);
    },
    runsHere(lookIfRunning: (topic: Topic) => boolean): void {
      isAtIt = lookIfRunning;
    },
    tell(opened: LookQueue): void {
      queue = opened;
    },
  };
}

/** What the stages of agencies add, with the contents of the files of test complaints. */
async function openTrials(
  parts: StagesDependencies,
  settings: Settings,
  closing: (() => unknown)[],
): Promise<Trials> {
  const stages = openStages(parts);
  const trialContents = await openContentStore(stages.trialStore, settings, parts.log, 'trial');
  closing.push(() => trialContents.close());
  return { ...stages, trialContents };
}

/** What the hub calls: the boards of agencies, and their other programs. */
function openBoards(
  { store, directory, contents, log }: Pick<WorkerParts, 'store' | 'directory' | 'contents' | 'log'>,
  { PUBLIC_URL: publicUrl, SIGNING_SECRET: hubSecret }: Settings,
  closing: (() => unknown)[],
): { feedSignal: FeedSignal; boards: Boards; endpoints: Endpoints } & Pick<Reaching, 'secret' | 'asks'> {
  const feedSignal = createFeedSignal(store, log);
  closing.push(feedSignal.stop);
  const asks = createAsks({ store, feedSignal, contents });
  const boards = createBoards(directory, secret, asks, publicUrl);
  closing.push(() => boards.close());
  const endpoints = createEndpoints(directory, secret, { publicUrl, hubSecret });
  closing.push(() => endpoints.close());
  return { feedSignal, boards, endpoints, secret, asks };
}

/** Metrics are for both roles: a worker counts, too. */
async function openMetrics(
  metrics: Metrics,
  { METRICS_HOST, METRICS_PORT }: Settings,
  log: Logger,
  closing: (() => unknown)[],
): Promise<Pick<Hub, 'metricsUrl'>> {
  if (METRICS_PORT === undefined) return {};
  const server = await startMetricsServer(metrics, { METRICS_HOST, METRICS_PORT }, log);
  closing.push(server.close);
  return { metricsUrl: server.url };
}

type ApiParts = Omit<WorkerParts, 'changed' | 'toldFed'> & { feedSignal: FeedSignal };

/** What the parts of a hub tell each other, and how they reach secrets and agents. */
interface Reaching {
  look(topic: Topic): void;
  changed(): void;
  secret(reference: string): string;
  asks: Asks;
}

async function openApi(
  parts: ApiParts,
  { look, changed, secret, asks }: Reaching,
  settings: Settings,
  closing: (() => unknown)[],
): Promise<string> {
  const { metrics, log, stages } = parts;
  const attachments = createAttachments({ ...parts, look });
  const repairs = createRepairs({ ...parts, boards: stages.liveBoards, look });
  const workbench = createWorkbench({ ...parts, secret, asks, publicUrl: settings.PUBLIC_URL, look });
  const trial = { store: stages.trialStore, contents: stages.trialContents };
  const agents = createAgentExchange({
    ...parts,
    trial,
    delivered(agency, end) {
      metrics.delivered(agency, end);
      changed();
    },
    changed,
  });
  const findPackage = createAgentPackages(() => buildPackage(resolve(settings.DATA_DIR)), log);
  const { asking: most } = divideConnections(settings);
  const asking = openAskingStore(parts.store, most, onUnforeseen(parts.store, settings, log));
  closing.push(() => asking.close());
  const rehearsals = openTests(parts, asking);
  const engineer = createEngineer({
    ...parts,
    store: asking,
    repairs,
    hubSecret: settings.SIGNING_SECRET,
    fourEyes: settings.CONFIG_FOUR_EYES === 'yes',
    look,
    wakeAgent: parts.feedSignal.changed,
  });
  const serving = {
    ...parts,
    trials: createDraftTrials({
      ...{ secret, asks, publicUrl: settings.PUBLIC_URL },
      hubSecret: settings.SIGNING_SECRET,
    }),
    store: asking,
    takeDelivery: createTakeDelivery(parts),
    settings,
    attachments,
    agents,
    findPackage,
    repairs,
    rehearsals,
    workbench,
    engineer,
  };
  const server = await startServer({
    settings,
    store: asking,
    log,
    parts: [(app) => openDoors(app, serving), (app) => consolePages(app, serving)],
  });
  closing.push(() => server.close());
  return server.url;
}

/** Test complaints, whose own files are kept apart as everything else of them is. */
function openTests({ boards, directory, stages }: ApiParts, store: ReturnType<typeof openAskingStore>) {
  const { register, acceptTest: accept, trialContents: contents } = stages;
  const trialStore = openShadowStore(store, 'trial');
  const attachments = createAttachments({ store: trialStore, directory, contents, look: () => undefined });
  return createRehearsals({ store, trialStore, boards, accept, register, keepFile: attachments.upload });
}

/** The code is loaded when somebody fetches the package: most processes never need it. */
async function buildPackage(folder: string): Promise<AgentPackage> {
  const { buildAgentPackage } = await import('../adapters/agent/packaging/package.ts');
  return buildAgentPackage(folder);
}
