import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { type OpenedStore, openConfiguredStore } from '../store/open.ts';
import { makeLocalKey } from '../store/sealing/key-encryption.ts';
import { leadMinutes } from '../store/sealing/key-ring.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';

export function addKeyCommands(program: Command): void {
  const keys = program
    .command('keys')
    .description('The keys of data that is encrypted at rest (docs/encryption.md).');
  keys
    .command('new')
    .description('Print a new key-encryption key, for the file or variable that SEALING_KEY names.')
    .action(() => console.log(makeLocalKey()));
  keys
    .command('list')
    .description('The data keys: what for, since when, and by which key-encryption key each is wrapped.')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: true }) =>
      withRing(async ({ ring, store }) => {
        const list = await ring.list(store.pool);
        if (json) console.log(JSON.stringify(list, null, 2));
        else
          printTable(
            ['ID', 'PURPOSE', 'ALGORITHM', 'WRAPPED BY', 'SEALS FROM'],
            list.map((key) => [
              key.id,
              key.purpose,
              key.algorithm,
              key.wrappedBy,
              key.activeFrom.toISOString(),
            ]),
          );
      }),
    );
  keys
    .command('rotate')
    .description(`Make new data keys. They seal what is written from ${leadMinutes} minutes on.`)
    .action(() =>
      withRing(async ({ ring, store }) => {
        refuseUnsealed(store);
        console.log(`new data keys: ${(await ring.rotate(store.pool)).join(', ')}`);
      }),
    );
  keys
    .command('rewrap')
    .description(
      'Wrap all data keys with the first key-encryption key of SEALING_KEY, so that the others may go.',
    )
    .action(() =>
      withRing(async ({ ring, store }) => {
        refuseUnsealed(store);
        console.log(`${await ring.rewrap(store.pool)} data keys were wrapped anew`);
      }),
    );
}

function refuseUnsealed({ keys }: OpenedStore['store']): void {
  if (!keys.on) throw new UsageError('nothing is encrypted in this database: SEALING_KEY is not set');
}

async function withRing(work: (opened: OpenedStore) => Promise<void>): Promise<void> {
  const opened = await openConfiguredStore(readSettings());
  try {
    await work(opened);
  } finally {
    await opened.stop();
  }
}
