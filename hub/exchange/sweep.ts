import { toLimits } from '../../adapters/relay/policy.ts';
import { type Agency, type Channel, channels } from '../../schemas/index.ts';
import type { Duty } from '../queue/ticker.ts';
import type { Topic } from '../queue/topics.ts';
import type { Store } from '../store/database.ts';
import { namePolls } from '../store/states/board-state.ts';
import { type Boards, isBehindAgent, isMaintained } from './boards/boards.ts';
import { findDueEndpoints } from './endpoints/due-deliveries.ts';
import type { Endpoints } from './endpoints/endpoints.ts';
import { findFileTopics } from './files/find-file-topics.ts';
import type { Poll } from './intake/poll.ts';

/** Milliseconds between two looks for boards that are due for a poll. */
const pollEvery = 250;
/** Milliseconds. */
const second = 1000;
/** Seconds in which one process names a board once. If that process ends, others name the board after this time. */
const namedFor = 5;
/** The least number of polls that may begin in one turn. */
const fewPolls = 10;

export interface SweepDependencies {
  store: Store;
  boards: Boards;
  endpoints: Pick<Endpoints, 'list'>;
  poll: Pick<Poll, 'free'>;
  look(topic: Topic): void;
  /** Starts a poll; one that is under way is not started again. */
  begin(topic: Topic): void;
}

/**
 * Finds what is due and has it looked at: boards that are due for a poll, and links and notices whose time has come. It
 * finds whatever a queue lost, so nothing depends on a job.
 */
export function createSweep({ store, boards, endpoints, poll, look, begin }: SweepDependencies): Duty[] {
  let all: string[] = [];
  let written: string[] = [];
  let polled = { agencies: [] as string[], atOnce: 0 };

  function findOpen(): void {
    const open = boards.list().filter((agency) => !isMaintained({ agency }));
    all = open.map(({ code }) => code);
    // An agent reads and writes its board by itself. The hub asks it only for the files that its board names.
    written = open.flatMap((agency) => (isBehindAgent(agency) ? [] : agency.code));
    const read = open.filter(({ code }) => boards.can(code, 'pull'));
    polled = { agencies: read.map(({ code }) => code), atOnce: countPerTurn(read) };
  }

  async function lookAtPolls(): Promise<void> {
    const most = Math.min(polled.atOnce, poll.free());
    if (most <= 0 || polled.agencies.length === 0) return;
    const named = await namePolls(store.pool, polled.agencies, { most, namedFor });
    for (const agency of named) begin(`poll:${agency}`);
  }

  async function lookAtLinks(): Promise<void> {
    for (const agency of await findBehind(store, written)) look(`deliver:${agency}`);
    for (const subject of await findDueEndpoints(store.pool, endpoints.list())) look(`webhook:${subject}`);
    for (const channel of await findDueChannels(store)) look(`notify:${channel}`);
    look('index:');
    for (const topic of await findFileTopics(store, all, written)) look(topic);
    look('remind:');
  }

  function lookAtAlerts(): void {
    look('alerts:check');
    look('alerts:send');
  }

  return [
    { name: 'which boards are open', every: second, run: findOpen },
    { name: 'boards to be polled', every: pollEvery, run: lookAtPolls },
    { name: 'files that nobody names', every: 600 * second, run: () => look('sweep-files:') },
    { name: 'links, notices, files and words', every: second, run: lookAtLinks },
    { name: 'reports on text messages', every: 5 * second, run: () => look('reports:') },
    { name: 'mails about accounts', every: second, run: () => look('accounts:') },
    { name: 'alerts', every: 5 * second, run: lookAtAlerts },
  ];
}

/**
 * How many polls begin in one turn: twice as many as come due on average. After a start or an outage all are due at
 * once. They are then spread over half the time between two polls, and stay spread.
 */
function countPerTurn(agencies: Agency[]): number {
  const perSecond = agencies.reduce((sum, { board }) => sum + (board ? 1 / toLimits(board).pollEvery : 0), 0);
  return Math.max(fewPolls, Math.ceil((2 * perSecond * pollEvery) / 1000));
}

async function findBehind({ pool }: Store, agencies: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ agency: string }>({
    name: 'sweep-links',
    text: `select a.agency from unnest($1::text[]) as a(agency) left join boards b on b.agency = a.agency
           where (b.closed_until is null or b.closed_until <= now())
             and exists (select from links l where l.agency = a.agency and l.state = 'open' and l.held < l.due and l.next_at <= now())`,
    values: [agencies],
  });
  return rows.map(({ agency }) => agency);
}

async function findDueChannels({ pool }: Store): Promise<Channel[]> {
  const { rows } = await pool.query<{ channel: Channel }>({
    name: 'sweep-notices',
    text: `select c.channel from unnest($1::text[]) as c(channel)
           where exists (select from notices n where n.channel = c.channel and n.state = 'due' and n.next_at <= now())`,
    values: [channels],
  });
  return rows.map(({ channel }) => channel);
}
