import { type Command, Option } from 'commander';
import { eventTypes } from '../../schemas/index.ts';
import { listReplays, type ReplayEntry } from '../exchange/replay/read-replays.ts';
import { createReplayActions, type ReplayActions, ReplayError } from '../exchange/replay/replays.ts';
import type { ReplayPreview } from '../exchange/replay/select-links.ts';
import type { ReplayFilter } from '../store/tables/column-types.ts';
import { currentUser } from './terminal/current-user.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { toCount, toIdOf, toInstant } from './terminal/read-arguments.ts';
import { refuseWithoutBoard, withExchange } from './terminal/with-exchange.ts';

interface Options {
  agency?: string;
  complaint?: string;
  types?: ReplayFilter['types'];
  from?: Date;
  to?: Date;
  parked?: 'only' | 'not';
  perMinute: number;
  mayDouble?: true;
  by: string;
  json?: true;
}

export function addReplayCommands(program: Command): void {
  const replay = program
    .command('replay')
    .description('Deliver again, in order per complaint: one, a selection or a time range.')
    .addHelpText(
      'after',
      `
Examples:
  $ hub replay preview --agency kotra --from 2026-11-20T00:00:00+09:00
  $ hub replay start --agency kotra --parked only --per-minute 120
  $ hub replay pause 019aa4e0-5f0a-7000-8000-000000000001`,
    );
  withFilter(replay.command('preview').description('Show what would be sent where. Sends nothing.')).action(
    (options: Options) =>
      withReplays(options.agency, async (actions) => {
        const preview = await actions.preview(toFilter(options));
        if (options.json) console.log(JSON.stringify(preview, null, 2));
        else printPreview(preview);
      }),
  );
  withFilter(replay.command('start').description('Start it; the running hub delivers. Prints its id.'))
    .option('--per-minute <n>', 'complaints begun per minute', toCount(6), 60)
    .option('--may-double', 'also to boards that cannot be asked what they hold')
    .option('--by <login>', 'who is written into the history', currentUser())
    .action((options: Options) =>
      withReplays(options.agency, async (actions) => {
        const { perMinute, mayDouble = false, by } = options;
        const id = await actions.start({ filter: toFilter(options), perMinute, mayDouble, by });
        console.log(options.json ? JSON.stringify({ id }) : id);
      }),
    );
  for (const [name, words] of [
    ['pause', 'Begin no more of it; what has begun is delivered.'],
    ['resume', 'Go on with a paused one.'],
    ['cancel', 'End it for good; what has begun is delivered.'],
  ] as const)
    replay
      .command(name)
      .description(words)
      .argument('<id>', 'see hub replay list', toIdOf('a replay'))
      .option('--by <login>', 'who is written into the history', currentUser())
      .action((id: string, { by }: { by: string }) =>
        withReplays(undefined, (actions) => actions[name](id, by)),
      );
  addList(replay);
}

function addList(replay: Command): void {
  replay
    .command('list')
    .description('The newest replays and how far they are.')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: true }) =>
      withExchange(async ({ store }) => {
        const { rows } = await listReplays(store);
        if (json) console.log(JSON.stringify(rows, null, 2));
        else if (rows.length === 0) console.log('there is no replay');
        else
          printTable(
            ['ID', 'STATE', 'LINKS', 'BEGUN', 'LEVEL', 'PARKED', 'PER MINUTE', 'BY', 'AT'],
            rows.map(toRow),
          );
      }),
    );
}

const toRow = (entry: ReplayEntry) => [
  entry.id,
  entry.state,
  entry.links,
  entry.begun,
  entry.level,
  entry.parked,
  entry.perMinute,
  entry.askedBy,
  entry.askedAt.toISOString(),
];

function withFilter(command: Command): Command {
  return command
    .option('--agency <code>', 'only to this agency')
    .option('--complaint <number>', 'only this complaint, by its receipt number')
    .addOption(new Option('--types <types...>', 'only these kinds of event').choices(eventTypes))
    .option('--from <time>', 'only events from then on (RFC 3339)', toInstant)
    .option('--to <time>', 'only events before then (RFC 3339)', toInstant)
    .addOption(
      new Option('--parked <which>', 'only parked deliveries, or none of them').choices(['only', 'not']),
    )
    .option('--json', 'as JSON');
}

function toFilter({ agency, complaint, types, from, to, parked }: Options): ReplayFilter {
  return {
    ...(agency && { agency }),
    ...(complaint && { receiptNumber: complaint }),
    ...(types && { types }),
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
    ...(parked && { parked: parked === 'only' }),
  };
}

function withReplays(
  agency: string | undefined,
  work: (actions: ReplayActions) => Promise<void>,
): Promise<void> {
  return withExchange(async ({ store, boards, look }) => {
    if (agency !== undefined) refuseWithoutBoard(boards, agency);
    try {
      await work(createReplayActions(store, boards, look));
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      const hint = error.kind === 'may_double' ? '; --may-double sends all the same, and may double' : '';
      throw new UsageError(error.message + hint, { cause: error });
    }
  });
}

function printPreview({ links, events, agencies, page }: ReplayPreview): void {
  console.log(`${links} complaints, ${events} events would be sent`);
  if (links === 0) return;
  const rows = agencies.map((one) => [
    one.agency,
    one.links,
    one.events,
    one.mayDouble ? 'may double' : 'doubles nothing',
  ]);
  printTable(['AGENCY', 'COMPLAINTS', 'EVENTS', 'SENDING'], rows);
  const list = page.rows.map(({ receiptNumber, agency, events: list }) => [
    receiptNumber,
    agency,
    list.map(({ seq, type }) => `${seq} ${type}`).join(', '),
  ]);
  printTable(['COMPLAINT', 'TO', 'EVENTS'], list);
  if (page.next) console.log(`… and ${links - page.rows.length} more`);
}
