import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { type OpenedStore, openConfiguredStore } from '../store/open.ts';
import { makeLocalKey } from '../store/sealing/key-encryption.ts';
import { leadMinutes } from '../store/sealing/key-ring.ts';
import { askReseal, listReseals, type Reseal } from '../store/sealing/reseal.ts';
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
        const reseals = await listReseals(store.pool);
        if (json) console.log(JSON.stringify({ keys: list, reseals }, null, 2));
        else {
          printTable(
            ['ID', 'PURPOSE', 'ALGORITHM', 'WRAPPED BY', 'SEALS FROM'],
            list.map((key) => [
              ...[key.id, key.purpose, key.algorithm, key.wrappedBy],
              key.activeFrom.toISOString(),
            ]),
          );
          for (const one of reseals) console.log(toLine(one));
        }
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
    .command('reseal')
    .description('Seal everything anew with the newest data keys, in the background.')
    .action(() =>
      withRing(async ({ store }) => {
        refuseUnsealed(store);
        const at = await askReseal(store.pool, userInfo().username);
        if (!at) throw new UsageError('this is under way already: "hub keys list" shows how far it has come');
        console.log(`begins at ${at.toISOString()}, in a process with the role worker`);
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

const toLine = ({ number, looked, sealed, place, startsAt, finishedAt }: Reseal): string =>
  `reseal ${number}: ${looked} rows looked at, ${sealed} sealed anew, ${
    finishedAt ? `finished at ${finishedAt.toISOString()}` : `now at ${place ?? startsAt.toISOString()}`
  }`;

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
