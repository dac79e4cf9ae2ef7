import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { openConfiguredStore } from '../store/open.ts';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database to the newest schema. serve does so too; this does nothing else.')
    .action(async () => {
      const { migrated, stop } = await openConfiguredStore(readSettings());
      await stop();
      for (const name of migrated) console.log(`applied ${name}`);
      console.log('the database is up to date');
    });
}
