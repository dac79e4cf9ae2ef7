import { type Command, InvalidArgumentError } from 'commander';
import type { Agency } from '../../schemas/index.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../access/api-keys.ts';
import { sumUp } from '../board/board-state.ts';
import { type BoardHealth, listBoardHealth, unknownHealth } from '../board/read-operations.ts';
import { listInForce } from '../configuration/versions.ts';
import type { Store } from '../store/database.ts';
import { UsageError } from './exit-codes.ts';
import { printTable } from './print-table.ts';
import { withStore } from './with-store.ts';

const day = 86_400_000;

export function addAgencyCommands(program: Command): void {
  const agency = program
    .command('agency')
    .description("State of the agencies' boards, and keys of their own programs.");
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
        printTable(['AGENCY', 'STATE', 'PAUSED UNTIL', 'FAILURES', 'BEHIND', 'PARKED', 'RATE'], rows);
      }),
    );
  agency
    .command('key')
    .description('Make a key for the doors of the hub and show it once; only its hash is kept.')
    .argument('<code>', 'code of the agency')
    .option('--days <n>', 'days until it expires (default: never)', toDays)
    .addHelpText('after', '\nExample:\n  $ hub agency key kotra --days 365 > kotra.key')
    .action((code: string, { days }: { days?: number }) =>
      withStore(async (store) => {
        await refuseUnknownAgency(store, code);
        const { key } = await createApiKey(store, code, days ? new Date(Date.now() + days * day) : null);
        console.error(`The key of ${code}, shown this once:`);
        console.log(key);
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
          key.expiresAt?.toISOString() ?? 'never',
          key.revokedAt?.toISOString() ?? '-',
        ]);
        printTable(['ID', 'ENDS IN', 'MADE', 'EXPIRES', 'REVOKED'], rows);
      }),
    );
  agency
    .command('revoke')
    .description('Refuse a key from now on.')
    .argument('<id>', 'see hub agency keys', toId)
    .action((id: string) =>
      withStore(async (store) => {
        await revokeApiKey(store, id);
        console.log(`${id} is revoked`);
      }),
    );
}

function toStatusRow(agency: Agency, health: Omit<BoardHealth, 'agency'>): string[] {
  const { state, pausedUntil, maintainedUntil } = sumUp(agency, health);
  const { rate } = agency.board ?? {};
  return [
    agency.code,
    state,
    pausedUntil?.toISOString() ?? maintainedUntil ?? '-',
    String(health.failures),
    String(health.behind),
    String(health.parkedLinks + health.parkedItems),
    rate ? `${rate.calls}/${rate.per}` : '-',
  ];
}

/** Errors: UsageError when the configuration in force has no such agency. */
export async function refuseUnknownAgency(store: Store, code: string): Promise<void> {
  const documents = await listInForce(store.db);
  if (!documents.some(({ kind, name }) => kind === 'agency' && name === code))
    throw new UsageError(`there is no agency ${code} in force; see hub config apply`);
}

function toDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number of days from 1.');
  return Number(text);
}

function toId(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new InvalidArgumentError('It must be the id of a key.');
  return text;
}
