import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Agency, type BoardConnection, wordReason } from '../../schemas/index.ts';
import { createApiKey } from '../access/keys/api-keys.ts';
import { toSigningSecret } from '../access/keys/request-signature.ts';
import { keyScopes, type Scope, scopes } from '../access/keys/scopes.ts';
import { type ConnectionSheet, toConnectionSheet, toSheetText } from '../access/sheets/connection-sheet.ts';
import { toSheetHtml } from '../access/sheets/connection-sheet-html.ts';
import { addAgency } from '../configuration/changes/apply.ts';
import { readYaml } from '../configuration/yaml/yaml-source.ts';
import { readSettings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import { makeAgentSheet, toBaseUrl } from './agent-token.ts';
import { UsageError } from './terminal/exit-codes.ts';
import { withStore } from './terminal/with-store.ts';

interface AddOptions {
  name: string;
  nameEn?: string;
  officer: string;
  department?: string;
  email?: string;
  feed?: true;
  agent?: string;
  webhook?: string;
  network?: string[];
  days?: number;
  scopes?: Scope[];
  url?: string;
  html?: string;
}

/** `hub agency add`: an agency without a board of its own, its key, and the sheet for its engineer. */
export function addAgencyAdd(agency: Command): void {
  agency
    .command('add')
    .description('Add an agency with a key, and print the connection sheet for its engineer.')
    .argument('<code>', 'code of the agency: small letters, digits and hyphens')
    .requiredOption('--name <name>', 'its name in Korean')
    .option('--name-en <name>', 'its name in English')
    .requiredOption('--officer <name>', 'who is told of new complaints')
    .option('--department <name>', "the officer's department")
    .option('--email <address>', "the officer's e-mail address")
    .option('--feed', 'its program fetches changes at the door, instead of people using the screens')
    .addOption(
      new Option(
        '--webhook <url>',
        'changes are pushed to its program there, as signed CloudEvents',
      ).conflicts('feed'),
    )
    .addOption(
      new Option(
        '--agent <file>',
        'its board is reached by an agent beside it; YAML with adapter and settings of the board',
      ).conflicts(['feed', 'webhook']),
    )
    .option('--network <cidr...>', 'networks from which it may call (default: from anywhere)')
    .option('--days <n>', 'days until the key expires (default: never)', toDays)
    .option(
      '--scopes <list>',
      `what the key opens, with commas: ${keyScopes.join(',')} (default: all but manage)`,
      toScopes,
    )
    .option('--url <url>', 'how the agency reaches the hub (default: PUBLIC_URL)')
    .option('--html <file>', 'write the sheet as a page for print as well')
    .addHelpText(
      'after',
      '\nExample:\n  $ hub agency add kotra --name 대한무역투자진흥공사 --officer 김담당 --email kim@kotra.example --feed',
    )
    .action((code: string, options: AddOptions) => withStore((store) => add(store, code, options)));
}

async function add(store: Store, code: string, options: AddOptions): Promise<void> {
  const settings = readSettings();
  const agency = toAgency(code, options);
  await addAgency(store, agency, 'hub agency add');
  const baseUrl = toBaseUrl(options.url, settings);
  if (options.agent) return showSheet(await makeAgentSheet(store, agency, baseUrl), code, options.html);
  const expiresAt = toExpiry(options.days);
  const opens = options.scopes ?? scopes;
  const { id, key } = await createApiKey(store, code, expiresAt, opens, {
    actor: 'hub agency add',
    way: 'command',
  });
  const signingSecret = settings.SIGNING_SECRET && toSigningSecret(settings.SIGNING_SECRET, id);
  // Standard Webhooks, "Signature scheme": 24 to 64 random bytes.
  const webhookSecret = options.webhook && `whsec_${randomBytes(32).toString('base64')}`;
  const sheet = toConnectionSheet({
    agency,
    baseUrl,
    key,
    keyId: id,
    expiresAt,
    scopes: opens,
    signingSecret,
    webhookSecret,
  });
  await showSheet(sheet, code, options.html);
  if (webhookSecret)
    console.error(
      `Nothing reaches the webhook until the hub runs with this in its environment:\n${toSecretName(code)}=${webhookSecret}`,
    );
}

async function showSheet(sheet: ConnectionSheet, code: string, html: string | undefined): Promise<void> {
  console.log(toSheetText(sheet));
  if (html) await writeFile(html, toSheetHtml(sheet), { flag: 'wx', mode: 0o600 });
  console.error(
    `${code} is in force. A folder that is applied later has to name it too: see hub config export.`,
  );
}

/** Errors: UsageError if the file cannot be read. Its content is checked when it is applied. */
function readBoard(file: string): BoardConnection {
  try {
    const { value, errors } = readYaml(readFileSync(file, 'utf8'));
    if (errors[0]) throw new Error(`line ${errors[0].line}: ${wordReason(errors[0].reason, 'en')}`);
    return { ...(value as BoardConnection), via: 'agent' };
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function toAgency(code: string, options: AddOptions): Agency {
  const { name, nameEn, officer, department, email, feed, agent, webhook, network } = options;
  return {
    code,
    name: { ko: name, ...(nameEn && { en: nameEn }) },
    officers: [
      { name: officer, ...(department && { department }), ...(email && { email, notifyBy: 'email' }) },
    ],
    ...(feed && { feed }),
    ...(agent && { board: readBoard(agent) }),
    ...(webhook && {
      board: { adapter: 'webhook', settings: { url: webhook, secrets: [`env:${toSecretName(code)}`] } },
    }),
    ...(network && { doors: { networks: network } }),
  };
}

/** The environment variable with the secret that signs calls to the agency's webhook. */
const toSecretName = (code: string) => `WEBHOOK_SECRET_${code.toUpperCase().replaceAll('-', '_')}`;

const day = 86_400_000;
export const toExpiry = (days: number | undefined): Date | null =>
  days ? new Date(Date.now() + days * day) : null;

export function toDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It must be a number of days from 1.');
  return Number(text);
}

export function toScopes(text: string): Scope[] {
  const asked = text.split(',').map((word) => word.trim());
  const unknown = asked.filter((word) => !keyScopes.some((scope) => scope === word));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`${unknown.join(', ')}: there are ${keyScopes.join(', ')}.`);
  return asked as Scope[];
}
