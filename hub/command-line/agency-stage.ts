import { userInfo } from 'node:os';
import { Argument, type Command, Option } from 'commander';
import { type Agency, type ReadingPlace, readingPlaces, type Stage, stages } from '../../schemas/index.ts';
import { stageOf } from '../configuration/stages/stage-of.ts';
import { switchStage } from '../configuration/stages/switch-stage.ts';
import { listInForce } from '../configuration/versions.ts';
import { type Checklist, readChecklist } from '../exchange/rehearsal/checklist.ts';
import type { Store } from '../store/database.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { withStore } from './terminal/with-store.ts';

interface Options {
  note?: string;
  readFrom?: ReadingPlace;
}

/** `hub agency stage`: the checklist of an agency, and the switch to another stage. */
export function addAgencyStage(agency: Command): void {
  agency
    .command('stage')
    .description('Show how far an agency is connected, or bring it to another stage: rehearsal, trial, live.')
    .argument('<code>', 'code of the agency')
    .addArgument(new Argument('[stage]', 'the stage to switch to').choices(stages))
    .option('--note <text>', 'kept with the switch; needed to go live before every step has passed')
    .addOption(
      new Option('--read-from <place>', 'for live: where reading the board goes on').choices(readingPlaces),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ hub agency stage sbiz live --read-from beginning --note "trial of 3 March"',
    )
    .action((code: string, stage: Stage | undefined, options: Options) =>
      withStore(async (store) => {
        const known = await getAgency(store, code);
        const list = await readChecklist(store, known);
        if (stage === undefined) showChecklist(list);
        else await switchTo(store, known, stage, list, options);
      }),
    );
}

async function getAgency(store: Store, code: string): Promise<Agency> {
  const documents = await listInForce(store.db);
  const found = documents.find(({ kind, name }) => kind === 'agency' && name === code);
  if (!found) throw new UsageError(`there is no agency ${code} in force; see hub config apply`);
  return found.body as Agency;
}

function showChecklist({ stage, steps, switches }: Checklist): void {
  console.log(`stage: ${stage}`);
  printTable(
    ['STEP', 'STATE', 'WHEN', 'BY'],
    steps.map(({ step, state, needed, evidence }) => [
      needed ? step : `${step} (not needed)`,
      state,
      evidence?.at.toISOString() ?? '-',
      evidence?.by ?? '-',
    ]),
  );
  const [last] = switches;
  if (last) console.log(`switched to ${last.after} by ${last.author} at ${last.at.toISOString()}`);
}

async function switchTo(
  store: Store,
  agency: Agency,
  stage: Stage,
  { isReady }: Checklist,
  { note = '', readFrom }: Options,
): Promise<void> {
  if (stageOf(agency) === stage) {
    console.log(`${agency.code} is in ${stage} already`);
    return;
  }
  if (stage === 'live' && !isReady && !note)
    throw new UsageError(
      `not every step has passed (hub agency stage ${agency.code} shows them): say why it goes live all the same, with --note`,
    );
  const change = { agency: agency.code, stage, ...(stage === 'live' && { readFrom }) };
  // Who may run commands on the server may change the database as well: there are no second eyes.
  await switchStage(store, { fourEyes: false }, change, {
    author: userInfo().username,
    way: 'command',
    note,
  });
  console.log(`${agency.code} is in ${stage} now`);
}
