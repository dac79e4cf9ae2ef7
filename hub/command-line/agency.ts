import type { Command } from 'commander';
import type { Agency } from '../../schemas/index.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../access/keys/api-keys.ts';
import { toSigningSecret } from '../access/keys/request-signature.ts';
import { keyScopes, type Scope } from '../access/keys/scopes.ts';
import { type BoardHealth, listBoardHealth, unknownHealth } from '../complaints/reading/read-operations.ts';
import { sumUp } from '../complaints/reading/sum-up-board.ts';
import { stageOf } from '../configuration/stages/stage-of.ts';
import { listInForce } from '../configuration/versions.ts';
import { readSettings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { addAgencyAdd, toDays, toExpiry, toScopes } from './agency-add.ts';
import { addAgencyStage } from './agency-stage.ts';
import { addAgentToken } from './agent-token.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { toIdOf } from './terminal/read-arguments.ts';
import { withStore } from './terminal/with-store.ts';

export function addAgencyCommands(program: Command): void {
  const agency = program
    .command('agency')
    .description('Agencies, the state of their boards, and keys of their own programs.');
  addAgencyAdd(agency);
  addStatus(agency);
  addAgencyStage(agency);
  addAgentToken(agency);
  agency
    .command('key')
    .description('Make a key for the doors of the hub and show it once; only its hash is kept.')
    .argument('<code>', 'code of the agency')
    .option('--days <n>', 'days until it expires (default: never)', toDays)
    .option(
      '--scopes <list>',
      `what it opens, with commas: ${keyScopes.join(',')} (default: all but manage)`,
      toScopes,
    )
    .addHelpText('after', '\nExample:\n  $ hub agency key kotra --days 365 > kotra.key')
    .action((code: string, { days, scopes: opens }: { days?: number; scopes?: Scope[] }) =>
      withStore(async (store) => {
        await refuseUnknownAgency(store, code);
        const { id, key } = await createApiKey(store, code, toExpiry(days), opens, {
          actor: 'hub agency',
          way: 'command',
        });
        const { SIGNING_SECRET: secret } = readSettings();
        console.error(`The key of ${code}, shown this once:`);
        console.log(key);
        if (secret) console.error(`To sign requests: keyid ${id}, secret ${toSigningSecret(secret, id)}`);
      }),
    );
  agency
    .command('keys')
    .description("List an agency's keys; the keys themselves are not known any more.")
    .argument('<code>', 'code of the agency')
    .action((code: string) =>
      withStore(async (store) => {
        const rows = (await listApiKeys(store, code)).map((key) => [
          key.id,
          `…${key.hint}`,
          key.createdAt.toISOString(),
          key.lastUsedAt?.toISOString() ?? 'never',
          key.scopes.join(','),
          key.expiresAt?.toISOString() ?? 'never',
          key.revokedAt?.toISOString() ?? '-',
        ]);
        printTable(['ID', 'ENDS IN', 'MADE', 'LAST USED', 'SCOPES', 'EXPIRES', 'REVOKED'], rows);
      }),
    );
  agency
    .command('revoke')
    .description('Refuse a key from now on.')
    .argument('<id>', 'see hub agency keys', toIdOf('a key'))
    .action((id: string) =>
      withStore(async (store) => {
        await revokeApiKey(store, id, { actor: 'hub agency', way: 'command' });
        console.log(`${id} is revoked`);
      }),
    );
}

function addStatus(agency: Command): void {
  agency
    .command('status')
    .description('Show how the boards are doing: breaker, pauses, maintenance, rate, what waits.')
    .argument('[code]', 'one agency only')
    .action((code: string | undefined) =>
      withStore(async (store) => {
        if (code) await refuseUnknownAgency(store, code);
        const documents = await listInForce(store.db);
        const agencies = documents.flatMap(({ kind, body }) => (kind === 'agency' ? (body as Agency) : []));
        const health = await listBoardHealth(store, code);
        const rows = agencies
          .filter((one) => code === undefined || one.code === code)
          .map((one) => toStatusRow(one, { ...unknownHealth, ...health.get(one.code) }));
        printTable(
          ['AGENCY', 'STAGE', 'STATE', 'PAUSED UNTIL', 'FAILURES', 'BEHIND', 'PARKED', 'RATE'],
          rows,
        );
      }),
    );
}

function toStatusRow(agency: Agency, health: Omit<BoardHealth, 'agency'>): string[] {
  const { state, pausedUntil, maintainedUntil } = sumUp(agency, health);
  const { rate } = agency.board ?? {};
  return [
    agency.code,
    stageOf(agency),
    state,
    pausedUntil?.toISOString() ?? maintainedUntil ?? '-',
    String(health.failures),
    String(health.behind),
    String(health.parkedLinks + health.parkedItems),
    rate ? `${rate.calls}/${rate.per}` : '-',
  ];
}

/** Errors: UsageError if the configuration in force has no such agency. */
export async function refuseUnknownAgency(store: Store, code: string): Promise<void> {
  const documents = await listInForce(store.db);
  if (!documents.some(({ kind, name }) => kind === 'agency' && name === code))
    throw new UsageError(`there is no agency ${code} in force; see hub config apply`);
}
