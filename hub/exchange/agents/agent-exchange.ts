import type { Readable } from 'node:stream';
import type { PoolClient } from 'pg';
import type { Logger } from 'pino';
import type {
  AgentAnswer,
  AgentChanges,
  AgentConfiguration,
  AgentOutcomes,
  AgentOutcomesTaken,
  AgentPosts,
  AgentPostsTaken,
  ChangesRequest,
} from '../../../schemas/index.ts';
import type { ContentStore } from '../../attachments/content-store.ts';
import { limitsOf } from '../../attachments/limits.ts';
import { isTestNumber } from '../../complaints/receipt-number.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { type FeedSignal, pollUntil } from '../../store/signals/feed-signal.ts';
import { recordPosts } from '../../store/states/board-state.ts';
import { keepAnswer } from '../boards/asks.ts';
import type { Board, Boards } from '../boards/boards.ts';
import { insistOnTurn } from '../feed/feed.ts';
import type { Accept } from '../intake/incoming.ts';
import { takeIn } from '../intake/poll.ts';
import { keepLogs } from './agent-logs.ts';
import { readDue } from './changes.ts';
import { findAgentConfiguration } from './configuration.ts';
import { createAgentClock, readClock } from './heartbeat.ts';
import { saveOutcomes } from './outcomes.ts';
import type { AgentOutcome } from './reported.ts';
import { takeFile } from './take-file.ts';

/** An agent spoke for an agency whose board no agent reaches (any more). What it says means nothing then. */
export class NotBehindAgent extends Error {
  constructor(agency: string) {
    super(`the board of ${agency} is not configured to be reached by an agent (board.via: agent)`);
    this.name = 'NotBehindAgent';
  }
}

/** What an agent brings and takes, in the words of schemas/calls/agent-calls.ts. Errors: {@link NotBehindAgent}. */
export interface AgentExchange {
  /** The newest configuration, without any secret. */
  configuration(agency: string): Promise<AgentConfiguration>;
  /** Waits up to `request.wait` seconds while there is nothing. `signal` ends the wait. */
  fetch(agency: string, request: ChangesRequest, signal: AbortSignal): Promise<AgentChanges>;
  takePosts(agency: string, posts: AgentPosts): Promise<AgentPostsTaken>;
  report(agency: string, outcomes: AgentOutcomes): Promise<AgentOutcomesTaken>;
  /** False: nobody waits for this answer (any more). */
  answer(agency: string, ask: string, answer: AgentAnswer): Promise<boolean>;
  /** Takes the content of a file that the hub asked for. False: as with `answer`. Errors: AttachmentError. */
  takeContent(agency: string, ask: string, content: AsyncIterable<Uint8Array>): Promise<boolean>;
  /** Opens a file that this agency's board should get. Errors: AttachmentError. */
  openFile(agency: string, id: string): Promise<Readable | undefined>;
}

export interface AgentExchangeDependencies {
  store: Store;
  /** The store on the tables of test complaints, and the contents of their files. */
  trial: { store: Store; contents: ContentStore };
  boards: Boards;
  accept: Accept;
  contents: ContentStore;
  feedSignal: FeedSignal;
  log: Logger;
  /** Called once for each outcome, for live pages and metrics. */
  delivered(agency: string, end: 'level' | 'parked'): void;
  /** Called after an agent sent something that pages show, and instead of `delivered` for outcomes of test complaints, which are counted nowhere. */
  changed(): void;
}

export function createAgentExchange(dependencies: AgentExchangeDependencies): AgentExchange {
  const { store, trial, boards, accept, contents, feedSignal, log, delivered, changed } = dependencies;

  function mustFind(agency: string): Board {
    const board = boards.find(agency);
    if (!board?.beside) throw new NotBehindAgent(agency);
    return board;
  }

  async function configuration(agency: string): Promise<AgentConfiguration> {
    const found = await findAgentConfiguration(store, agency);
    if (!found) throw new NotBehindAgent(agency);
    return found;
  }

  return {
    configuration,
    async fetch(agency, request, signal) {
      return pollUntil(feedSignal, agency, request.wait, signal, async () => {
        // The configuration is read each time: it may have changed during the wait.
        const due = await readDue({ store, trialStore: trial.store }, mustFind(agency), request);
        const { version } = await configuration(agency);
        const isSomething = due.changes.length > 0 || due.asks.length > 0;
        return { found: { ...due, configuration: version }, isSomething };
      });
    },

    async takePosts(agency, { at, posts }) {
      const board = mustFind(agency);
      const toHub = createAgentClock(at, await readClock(store.pool));
      const read = posts.map((post) => ({ ...post, readAt: toHub(post.readAt).getTime() }));
      const taken = await takeIn(accept, board, read);
      const { pool } = stageOf(board.agency) === 'live' ? store : trial.store;
      await recordPosts(pool, agency, new Date(Math.max(...read.map(({ readAt }) => readAt))));
      return { outcomes: taken.map(({ outcome }) => (outcome === 'refused' ? 'parked' : outcome)) };
    },

    async report(agency, { at, outcomes }) {
      const board = mustFind(agency);
      const { tests, real } = partTests(outcomes);
      const save = (into: Store, some: AgentOutcome[]) =>
        inTurn(into, async (client) =>
          saveOutcomes(client, board, some, createAgentClock(at, await readClock(client))),
        );
      const tried = tests.length > 0 && (await save(trial.store, tests));
      const { reported, cursor } = await save(store, real);
      for (const { linkId: link, complaintId: complaint, outcome } of reported) {
        const isParked = outcome.kind !== 'done';
        if (isParked) log.warn({ agency, link, complaint }, 'parked: the agency has to look');
        delivered(agency, isParked ? 'parked' : 'level');
      }
      if (tried) changed();
      // This wakes the agent's long poll, which looked before: the files of the events just reported may go now.
      if (reported.length > 0 || tried) feedSignal.changed(agency);
      return { cursor };
    },

    async answer(agency, ask, answer) {
      if (answer.logs) {
        const isKept = await keepLogs(store.pool, agency, ask, answer.logs);
        if (isKept) changed();
        return isKept;
      }
      const isKept = await keepAnswer(store, agency, ask, answer);
      if (isKept) feedSignal.changed(ask);
      return isKept;
    },

    async takeContent(agency, ask, content) {
      const limits = limitsOf(mustFind(agency).agency);
      // This also runs when the file is refused: the caller that waits for the file must learn that.
      return takeFile({ store, contents }, { agency, ask, limits }, content).finally(() =>
        feedSignal.changed(ask),
      );
    },

    async openFile(agency, id) {
      const real = await findFile(store, agency, id);
      if (real !== undefined) return contents.open(real);
      const ofTest = await findFile(trial.store, agency, id);
      return ofTest === undefined ? undefined : trial.contents.open(ofTest);
    },
  };
}

const inTurn = <T>({ pool }: Store, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  insistOnTurn(() => inTransaction(pool, work));

function partTests(outcomes: AgentOutcome[]): { tests: AgentOutcome[]; real: AgentOutcome[] } {
  const isTest = ({ receiptNumber }: AgentOutcome) => isTestNumber(receiptNumber);
  return { tests: outcomes.filter(isTest), real: outcomes.filter((outcome) => !isTest(outcome)) };
}

/** The content of a file that this agency's board should get. */
async function findFile({ pool }: Store, agency: string, id: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ sha256: string }>(
    `select a.sha256 from attachment_deliveries d join attachments a on a.id = d.attachment_id
     where d.agency = $1 and d.attachment_id = $2 and d.state <> 'skipped' and a.sha256 is not null
       and (a.open_to is null or d.agency = any(a.open_to)) limit 1`,
    [agency, id],
  );
  return rows[0]?.sha256;
}
