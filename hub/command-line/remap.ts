import type { Command } from 'commander';
import type { MappedItem } from '../exchange/remap/mapped-items.ts';
import { createRemapActions, RemapError } from '../exchange/remap/remaps.ts';
import { createRunRemap } from '../exchange/remap/run-remap.ts';
import { currentUser } from './terminal/current-user.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { type Exchange, refuseWithoutBoard, withExchange } from './terminal/with-exchange.ts';

interface Options {
  apply?: true;
  by: string;
  json?: true;
}

export function addRemapCommand(program: Command): void {
  program
    .command('remap')
    .description(
      "After a mapping was corrected: map again what an agency's board gave, and show the difference.",
    )
    .argument('<agency>', 'code of the agency')
    .option('--apply', 'apply it: as revisions, and what was parked comes in')
    .option('--by <login>', 'who is written into the history', currentUser())
    .option('--json', 'one JSON object per item that differs, or the counts with --apply')
    .addHelpText('after', '\nExamples:\n  $ hub remap kotra\n  $ hub remap kotra --apply')
    .action((agency: string, options: Options) =>
      withExchange(async (exchange) => {
        refuseWithoutBoard(exchange.boards, agency);
        if (options.apply) await apply(exchange, agency, options);
        else await show(exchange, agency, options.json === true);
      }),
    );
}

async function show(exchange: Exchange, agency: string, asJson: boolean): Promise<void> {
  const actions = createRemapActions(exchange);
  let count = 0;
  for (let after: string | undefined; ; ) {
    const page = await actions.preview(agency, after);
    for (const item of page.rows)
      if (asJson) console.log(JSON.stringify(toJson(item)));
      else print(item);
    count += page.rows.length;
    after = page.next;
    if (!after) break;
  }
  if (!asJson) console.log(count === 0 ? 'nothing differs' : `${count} differ; --apply applies them`);
}

const toJson = ({ id, externalId, outcome, receiptNumber, changes }: MappedItem) => ({
  id,
  externalId,
  outcome,
  receiptNumber,
  changes,
});

function print({ externalId, outcome, receiptNumber, changes }: MappedItem): void {
  console.log(`${outcome === 'parked' ? 'parked' : (receiptNumber ?? '-')} (post ${externalId})`);
  for (const { pointer, before, after } of changes)
    console.log(
      `  ${pointer}: ${before === undefined ? 'nothing' : JSON.stringify(before)} -> ${after === undefined ? 'nothing' : JSON.stringify(after)}`,
    );
}

/** Applies in this process. If a running hub is doing so already, the hub goes on with it. */
async function apply(exchange: Exchange, agency: string, { by, json }: Options): Promise<void> {
  const id = await createRemapActions(exchange)
    .applyAll(agency, by)
    .catch((error: unknown) => {
      throw error instanceof RemapError ? new UsageError(error.message, { cause: error }) : error;
    });
  await createRunRemap(exchange).run(agency, new AbortController().signal);
  const { rows } = await exchange.store.pool.query(
    'select state, looked, applied, failed from remaps where id = $1',
    [id],
  );
  const { state, looked, applied, failed } = rows[0];
  if (json) console.log(JSON.stringify({ id, state, looked, applied, failed }));
  else
    console.log(
      `${looked} looked at, ${applied} applied, ${failed} not${state === 'running' ? '; the hub goes on' : ''}`,
    );
}
