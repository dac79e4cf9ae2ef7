import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { fromGiven, type Problem, type Reason, toPlainProblem, wordReason } from '../../schemas/reason.ts';
import type { Board } from '../exchange/boards/boards.ts';
import { checkBoard, type Sample, sampleBoard, tryMapping, tryPush } from '../exchange/boards/try-board.ts';
import { addCatalogueCommands } from './adapter-catalogue.ts';
import { addShapeCommand } from './adapter-shape.ts';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { toCount } from './terminal/read-arguments.ts';
import { type Connections, withBoard, withConnections } from './terminal/with-board.ts';

interface Options {
  config?: string;
}

const configOption = [
  '--config <folder>',
  'take the agency from this folder of configuration, not from what is in force',
] as const;

/** Commands to test an agency's board and its mapping before anything depends on them. */
export function addAdapterCommands(program: Command): void {
  const adapter = program
    .command('adapter')
    .description("Try an agency's board, and see what kinds of board there are.");
  addCatalogueCommands(adapter);
  adapter
    .command('check')
    .description(
      'Reach, rights, shape: what is good and what is not, a line each. Ends with 1 if anything is not.',
    )
    .argument('<agency>', 'code of the agency')
    .option(...configOption)
    .action((code: string, { config }: Options) => withConnections(code, config, checkConnections));
  addShapeCommand(adapter);
  adapter
    .command('sample')
    .description(
      'Fetch some posts, mask what is personal in them, and print them as JSON. The hub takes nothing in.',
    )
    .argument('<agency>', 'code of the agency')
    .option('--most <n>', 'how many', toCount(4), 20)
    .option('--out <file>', 'write a new file instead')
    .option(...configOption)
    .addHelpText(
      'after',
      '\nLook at it before you pass it on: what a board keeps in odd places is not known here.',
    )
    .action((code: string, { most, out, config }: Options & { most: number; out?: string }) =>
      withBoard(code, config, async (board) => {
        const samples = await sampleBoard(board, most);
        const text = `${JSON.stringify(samples, null, 2)}\n`;
        if (out === undefined) process.stdout.write(text);
        else await writeFile(out, text, { flag: 'wx' });
        console.error(`${samples.length} posts, masked`);
      }),
    );
}

/** The board, and each endpoint under its name. */
async function checkConnections({ board, endpoints, known }: Connections): Promise<void> {
  if (!board && endpoints.length === 0)
    throw new UsageError(`the agency has no board and no webhooks; with a board: ${known || 'none'}`);
  const places = [...(board ? [{ name: '', adapter: board.adapter }] : []), ...endpoints];
  const checked = await Promise.all(
    places.map(async (place) => ({ name: place.name, report: await checkBoard(place) })),
  );
  printTable(
    ['', 'WHAT', 'DETAIL'],
    checked.flatMap(({ name, report }) =>
      report.lines.map(({ ok, what, detail }) => [
        ok ? 'ok' : 'NO',
        `${name && `${name}: `}${toWords(what)}`,
        toWords(detail),
      ]),
    ),
  );
  if (checked.some(({ report }) => !report.ok)) process.exitCode = exitCodes.failure;
}

const toWords = (given: Reason | string) => wordReason(fromGiven(given), 'en');

export function addMappingCommands(program: Command): void {
  program
    .command('mapping')
    .description("Try an agency's mapping.")
    .command('try')
    .description(
      'Canonical posts out of samples (or requests out of an invented complaint), and every problem with its place. Ends with 1 if there is any.',
    )
    .argument('<agency>', 'code of the agency')
    .option('--sample <file>', 'what hub adapter sample wrote, or one record of the board')
    .option('--push', 'show what the board would be sent for each kind of event; nothing is sent')
    .option(...configOption)
    .addHelpText(
      'after',
      '\nExample:\n  $ hub mapping try kotra --sample kotra.json --config config\n  $ hub mapping try kotra --push --config config',
    )
    .action((code: string, { sample, push, config }: Options & { sample?: string; push?: true }) => {
      if ((sample === undefined) === (push === undefined)) throw new UsageError('either --sample or --push');
      return withBoard(code, config, async (board) => {
        if (sample === undefined) printTried(await listDrafts(board));
        else printTried(await listMapped(board, sample));
      });
    });
}

/** What was tried, under its name: what came out, or what is wrong. */
type Tried = { name: string } & ({ ok: true; made: object } | { ok: false; problems: Problem[] });

async function listMapped(board: Board, file: string): Promise<Tried[]> {
  const tried = await tryMapping(board, await readSamples(file));
  return tried.map((one) =>
    one.ok
      ? { name: one.externalId, ok: true, made: { externalId: one.externalId, post: one.post } }
      : { name: one.externalId, ...one },
  );
}

async function listDrafts(board: Board): Promise<Tried[]> {
  const drafted = await tryPush(board);
  return drafted.map((one) =>
    one.ok
      ? { name: one.event, ok: true, made: { event: one.event, request: one.request } }
      : { name: one.event, ...one },
  );
}

function printTried(tried: Tried[]): void {
  for (const one of tried) {
    if (one.ok) console.log(JSON.stringify(one.made, null, 2));
    else
      for (const { pointer, message } of one.problems.map(toPlainProblem))
        console.error(`${one.name}: ${pointer} ${message}`);
  }
  const bad = tried.filter(({ ok }) => !ok).length;
  console.error(`${tried.length - bad} of ${tried.length} can be mapped`);
  if (bad > 0) process.exitCode = exitCodes.failure;
}

async function readSamples(file: string): Promise<Sample[]> {
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
  const list = Array.isArray(read) ? read : [read];
  return list.map((item, index) => (isSample(item) ? item : { externalId: `#${index + 1}`, raw: item }));
}

function isSample(item: unknown): item is Sample {
  return typeof item === 'object' && item !== null && 'externalId' in item && 'raw' in item;
}
