import type { Command } from 'commander';
import { wordReason } from '../../schemas/reason.ts';
import { toChangeReason, toPointer, toValues } from '../exchange/shape/change-words.ts';
import { isConcerning } from '../exchange/shape/compare-shapes.ts';
import { createShapeLook } from '../exchange/shape/look-at-shape.ts';
import { acceptShape, findShape, type ShapeState, toChangesMark } from '../exchange/shape/shapes.ts';
import { currentUser } from './terminal/current-user.ts';
import { exitCodes } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { type Exchange, refuseWithoutBoard, withExchange } from './terminal/with-exchange.ts';

export function addShapeCommand(adapter: Command): void {
  adapter
    .command('shape')
    .description(
      'Look at what a board looks like now, and tell what has changed since that was last taken as normal.',
    )
    .argument('<agency>', 'code of the agency; its configuration in force says what is used')
    .option('--accept', 'take what the board looks like now as the new normal')
    .option('--by <login>', 'who is written into the history', currentUser())
    .addHelpText(
      'after',
      `
Ends with 0 when nothing has changed that the configuration uses, 1 when something has or the board cannot be seen.

Examples:
  $ hub adapter shape kotra
  $ hub adapter shape kotra --accept`,
    )
    .action((agency: string, { accept, by }: { accept?: true; by: string }) =>
      withExchange(async (exchange) => {
        refuseWithoutBoard(exchange.boards, agency);
        const state = await look(exchange, agency);
        print(state);
        if (accept && state && (await acceptShape(exchange.store, agency, by, toChangesMark(state.changes))))
          console.error(`taken as normal by ${by}`);
        else if (!state || state.error !== null || state.concerned > 0) process.exitCode = exitCodes.failure;
      }),
    );
}

/** If another process is looking at this moment, the result of its look before. */
async function look({ store, exclusive, boards, log }: Exchange, agency: string) {
  const shape = createShapeLook({ store, exclusive, boards, log, changed: () => undefined });
  await shape.run(agency, new AbortController().signal);
  return findShape(store, agency);
}

function print(state: ShapeState | undefined): void {
  if (!state || state.error !== null)
    console.error(`cannot be seen now: ${state?.error ? wordReason(state.error, 'en') : 'maintenance'}`);
  if (!state) return;
  printTable(
    ['', 'PLACE', 'CHANGE', 'SINCE', 'USED BY'],
    state.changes.map((change) => [
      isConcerning(change) ? 'NO' : '',
      change.place,
      `${wordReason(toChangeReason(change.kind), 'en')}${toValues(change)}`,
      change.since,
      change.uses.map(toPointer).join(' '),
    ]),
  );
  const taken = state.approvedBy ?? 'the first look';
  console.error(
    `${state.places} places, ${state.changes.length} changed, ${state.concerned} of them used; normal since ${state.approvedAt?.toISOString() ?? '-'} (${taken})`,
  );
}
