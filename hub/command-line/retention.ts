import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { findReport, listDestructions } from '../retention/destructions.ts';
import { isAsSigned, type SignedReport } from '../retention/report.ts';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';
import { readPublicKey } from './terminal/read-public-key.ts';
import { withStore } from './terminal/with-store.ts';

export function addRetentionCommands(program: Command): void {
  const retention = program
    .command('retention')
    .description('What is to be destroyed because its time is over, what was, and the reports of it.');
  retention
    .command('list')
    .description('List destructions: those that are open first, then the newest.')
    .option('--json', 'as JSON')
    .action((options: { json?: true }) => withStore((store) => list(store, options)));
  retention
    .command('report')
    .description('Print the signed report of a destruction that is done, as JSON.')
    .argument('<id>', 'its id, as "hub retention list" says')
    .action((id: string) => withStore((store) => print(store, id)));
  retention
    .command('verify')
    .description('Look whether a report is as it was signed, without a hub.')
    .argument('<file>', 'what "hub retention report" printed')
    .requiredOption('--key <file>', 'the public key (PEM) of the hub: what "hub audit key" printed')
    .addHelpText(
      'after',
      `\nThe exit code is ${exitCodes.difference} if it was changed, or signed by another key.`,
    )
    .action(verify);
}

type Store = Parameters<Parameters<typeof withStore>[0]>[0];

async function list(store: Store, { json }: { json?: true }): Promise<void> {
  const all = await listDestructions(store);
  if (json) return console.log(JSON.stringify(all, null, 2));
  if (all.length === 0) return console.log('Nothing is to be destroyed, and nothing was.');
  for (const one of all) {
    const when = one.state === 'done' ? one.endedAt : one.plannedAt;
    const count = one.state === 'done' ? (one.removed.complaints ?? 0) : one.expected;
    console.log(
      `${one.id} ${one.agency} ${one.state} ${when?.toISOString()} ${count} complaints, kept for ${one.years} years`,
    );
  }
}

async function print(store: Store, id: string): Promise<void> {
  const signed = await findReport(store, id);
  if (!signed)
    throw new UsageError(
      `${id}: no destruction with this id is done; "hub retention list" says which there are`,
    );
  console.log(JSON.stringify(signed, null, 2));
}

async function verify(file: string, { key }: { key: string }): Promise<void> {
  const signed = readSigned(file, await readFile(file, 'utf8'));
  const problem =
    signed.publicKey !== (await readPublicKey(key))
      ? `is signed by another key than that of ${key}`
      : isAsSigned(signed)
        ? undefined
        : 'is NOT as it was signed';
  if (problem !== undefined) {
    console.error(`${file}: ${problem}`);
    process.exitCode = exitCodes.difference;
    return;
  }
  const { complaints, agency, endedAt } = signed.report;
  console.log(
    `${file}: as it was signed. ${complaints} complaints of ${agency} were destroyed until ${endedAt}.`,
  );
}

function readSigned(file: string, text: string): SignedReport {
  try {
    const signed = JSON.parse(text) as Partial<SignedReport>;
    if (signed.report?.format === 'minwon-hub destruction 1' && signed.publicKey && signed.signature)
      return signed as SignedReport;
  } catch {
    // Said below: it is no JSON, so no report either.
  }
  throw new UsageError(`${file}: is no report of a destruction; "hub retention report <id>" prints one`);
}
