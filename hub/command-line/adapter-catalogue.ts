import type { Command } from 'commander';
import type { Agency } from '../../schemas/index.ts';
import { wordReason } from '../../schemas/reason.ts';
import {
  type CatalogueDetail,
  type CatalogueEntry,
  findInCatalogue,
  listUsers,
  readCatalogue,
} from '../configuration/catalogue/adapter-catalogue.ts';
import type { Directory } from '../configuration/directory.ts';
import { listInForce } from '../configuration/versions.ts';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';
import { printTable } from './terminal/print-table.ts';
import { withStore } from './terminal/with-store.ts';

type Agencies = Pick<Directory, 'listAgencies'>;

/** The agencies that are in force. */
const readAgencies = (): Promise<Agencies> =>
  withStore(async (store) => {
    const documents = await listInForce(store.db);
    const agencies = documents.flatMap(({ kind, body }) => (kind === 'agency' ? [body as Agency] : []));
    return { listAgencies: () => agencies };
  });

const jsonOption = ['--json', 'print it as JSON'] as const;

/** Commands about the kinds of board that this hub has: what the catalogue of the console shows. */
export function addCatalogueCommands(adapter: Command): void {
  adapter
    .command('list')
    .description(
      'The kinds of board: version, certificate, how many agencies have one. Ends with 1 if a package was refused.',
    )
    .option(...jsonOption)
    .action(async ({ json }: { json?: true }) => {
      const catalogue = readCatalogue(await readAgencies());
      if (json) console.log(JSON.stringify(catalogue, null, 2));
      else printTable(['KIND', 'FROM', 'CERTIFICATE', 'AGENCIES'], catalogue.entries.map(toRow));
      if (catalogue.refused.length > 0) process.exitCode = exitCodes.failure;
    });
  adapter
    .command('show')
    .description('One kind of board: what it can do, its certificate and its settings.')
    .argument('<kind>', 'its name in board.adapter, as hub adapter list tells it')
    .option(...jsonOption)
    .addHelpText('after', '\nExample:\n  $ hub adapter show rest')
    .action(async (name: string, { json }: { json?: true }) => {
      const agencies = await readAgencies();
      const found = findInCatalogue(agencies, name);
      if (!found) throw new UsageError(`there is no kind of board "${name}"; hub adapter list tells them`);
      if (json) console.log(JSON.stringify({ ...found, users: listUsers(agencies, name) }, null, 2));
      else print(found, agencies);
    });
}

const toOrigin = ({ package: from }: CatalogueEntry) => (from ? `${from.name} ${from.version}` : 'the hub');

const toRow = (entry: CatalogueEntry) => [
  entry.name,
  toOrigin(entry),
  entry.certificate.state,
  String(entry.agencies),
];

function print(found: CatalogueDetail, agencies: Agencies): void {
  const { name, certificate, offers, settings, examples } = found;
  const users = listUsers(agencies, name);
  console.log(`${name}, from ${toOrigin(found)}`);
  console.log(`can:         ${offers?.join(', ') ?? 'not known'}`);
  console.log(`certificate: ${toCertificateLine(found)}`);
  console.log(
    `agencies:    ${users.slice(0, mostUsers).join(', ') || 'none'}${users.length > mostUsers ? ', …' : ''}`,
  );
  console.log(`examples:    ${examples.map((one) => one.name).join(', ') || 'none'}\n`);
  printTable(
    ['SETTING', 'TYPE', '', 'DEFAULT', 'DESCRIPTION'],
    settings.map(({ path, type, isRequired, isSecret, default: usual = '', description = '', only }) => [
      path,
      isSecret ? 'secret' : type,
      [isRequired && 'required', only && `(${only})`].filter(Boolean).join(' '),
      usual,
      description,
    ]),
  );
  if (certificate.state !== 'broken') return;
  for (const law of certificate.laws) console.error(`broken: ${law}`);
}

const mostUsers = 20;

function toCertificateLine({ certificate }: CatalogueEntry): string {
  if (certificate.state === 'none') return 'none';
  if (certificate.state === 'void') return `void: ${wordReason(certificate.reason, 'en')}`;
  const { laws, date, version } = certificate.certificate;
  const kept = laws.filter(({ result }) => result === 'kept').length;
  return `${certificate.state}: ${kept} of ${laws.length} laws kept, version ${version}, ${date}`;
}
