import type { Logger } from 'pino';
import { channels } from '../../schemas/index.ts';
import type { Store } from '../store/database.ts';
import { type Boards, isBehindAgent, isMaintained } from './boards.ts';
import { findFileTopics } from './find-file-topics.ts';

const everyMilliseconds = 250;
/** Turns between two looks at alerts: five seconds. */
const alertTurns = 20;
/** Turns: about ten minutes. */
const sweepFilesEvery = 2400;

export interface SweepDependencies {
  store: Store;
  boards: Boards;
  log: Logger;
  look(topic: string): void;
}

/**
 * Finds what is due and has it looked at: boards whose turn to be polled has come, links and notices whose time
 * has come. What a queue forgot is found here, so nothing depends on a job.
 */
export function startSweep({ store, boards, log, look }: SweepDependencies): { stop(): Promise<void> } {
  let turn = 0;
  let stopped = false;
  let timer: NodeJS.Timeout;
  let sweeping = Promise.resolve();

  async function lookAtAllThatIsDue(): Promise<void> {
    const open = boards.list().filter((agency) => !isMaintained({ agency }));
    // An agent reads and writes its board by itself; the files that its board names are asked for.
    const agencies = open.flatMap((agency) => (isBehindAgent(agency) ? [] : agency.code));
    for (const agency of await findPollable(store, agencies)) look(`poll:${agency}`);
    if (turn % sweepFilesEvery === 0) look('sweep-files:');
    if (turn % 4 === 0) {
      for (const agency of await findBehind(store, agencies)) look(`deliver:${agency}`);
      for (const channel of await findDueChannels(store)) look(`notify:${channel}`);
      look('index:');
      const all = open.map(({ code }) => code);
      for (const topic of await findFileTopics(store, all, agencies)) look(topic);
      look('remind:');
    }
    if (turn % alertTurns === 0) for (const work of ['check', 'send']) look(`alerts:${work}`);
  }

  async function sweep(): Promise<void> {
    try {
      await lookAtAllThatIsDue();
    } catch (err) {
      log.warn({ err }, 'the sweep cannot read the database');
    }
    turn += 1;
    if (!stopped) timer = setTimeout(start, everyMilliseconds);
  }
  function start(): void {
    sweeping = sweep();
  }

  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

async function findPollable({ pool }: Store, agencies: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ agency: string }>({
    name: 'sweep-polls',
    text: `select a.agency from unnest($1::text[]) as a(agency) left join boards b on b.agency = a.agency
           where (b.poll_at is null or b.poll_at <= now()) and (b.busy_until is null or b.busy_until <= now())`,
    values: [agencies],
  });
  return rows.map(({ agency }) => agency);
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

async function findDueChannels({ pool }: Store): Promise<string[]> {
  const { rows } = await pool.query<{ channel: string }>({
    name: 'sweep-notices',
    text: `select c.channel from unnest($1::text[]) as c(channel)
           where exists (select from notices n where n.channel = c.channel and n.state = 'due' and n.next_at <= now())`,
    values: [channels],
  });
  return rows.map(({ channel }) => channel);
}
