import type { Command } from 'commander';
import type { Agency } from '../../schemas/index.ts';
import { createAgentToken } from '../access/keys/agent-keys.ts';
import { toAgentSheet } from '../access/sheets/agent-sheet.ts';
import { type ConnectionSheet, toSheetText } from '../access/sheets/connection-sheet.ts';
import { listInForce } from '../configuration/versions.ts';
import { isBehindAgent } from '../exchange/boards/boards.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { withStore } from './terminal/with-store.ts';

/** `hub agency agent-token`: for the first agent of an agency, and for one that replaces it. */
export function addAgentToken(agency: Command): void {
  agency
    .command('agent-token')
    .description(
      "Make a one-time token for the agent beside an agency's board, and print the command to run.",
    )
    .argument('<code>', 'code of the agency')
    .option('--url <url>', 'how the agency reaches the hub (default: PUBLIC_URL)')
    .action((code: string, { url }: { url?: string }) =>
      withStore(async (store) => {
        const documents = await listInForce(store.db);
        const found = documents.find(({ kind, name }) => kind === 'agency' && name === code);
        const inForce = found?.body as Agency | undefined;
        if (!inForce) throw new UsageError(`there is no agency ${code} in force; see hub config apply`);
        if (!isBehindAgent(inForce))
          throw new UsageError(`the board of ${code} is not configured for an agent (board.via: agent)`);
        console.log(toSheetText(await makeAgentSheet(store, inForce, toBaseUrl(url, readSettings()))));
      }),
    );
}

/** The hub's address for the agency, without a slash at the end. */
export const toBaseUrl = (url: string | undefined, { PUBLIC_URL, HOST, PORT }: Settings): string =>
  (url ?? PUBLIC_URL ?? `http://${HOST}:${PORT}`).replace(/\/+$/, '');

/** A new enrolment token for the agent beside the agency's board, in the command that uses it. */
export async function makeAgentSheet(
  store: Store,
  agency: Agency,
  baseUrl: string,
): Promise<ConnectionSheet> {
  const { token, expiresAt } = await createAgentToken(store, agency.code, 'hub agency');
  return toAgentSheet({ agency, baseUrl, token, expiresAt });
}
