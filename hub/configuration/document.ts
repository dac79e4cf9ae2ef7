import { checkBoardSettings } from '../../adapters/registry.ts';
import {
  Agency,
  type Agency as AgencyBody,
  type Checked,
  compile,
  type Problem,
  Routing,
  type Routing as RoutingBody,
} from '../../schemas/index.ts';
import { toNetwork } from '../../schemas/networks.ts';
import { fromGivenProblem, type Reason, toReason } from '../../schemas/reason.ts';
import { isPemCertificate } from '../access/keys/pem-certificate.ts';
import { ClockChanges } from '../clock/periods.ts';
import { toConnection } from './to-connection.ts';

export const documentKinds = ['agency', 'routing', 'clock'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** One document of the configuration: an agency under its code, or the single routing or clock. */
export interface ConfigurationDocument {
  kind: DocumentKind;
  /** The agency's code; for other kinds, the kind again. */
  name: string;
  body: unknown;
}

const checks: Record<DocumentKind, (body: unknown) => Checked<unknown>> = {
  agency: compile(Agency),
  routing: compile(Routing),
  clock: compile(ClockChanges),
};
/** Words with another meaning where a code is expected. */
const reserved = ['origin'];

/** What is wrong with one document by itself. */
export function checkDocument({ kind, name, body }: ConfigurationDocument): Problem[] {
  const checked = checks[kind](body);
  if (!checked.ok) return checked.problems;
  return kind === 'agency' ? checkAgency(name, checked.value as AgencyBody) : [];
}

/** What is wrong between documents: a rule that names an unknown agency. */
export function checkReferences(
  documents: ConfigurationDocument[],
): { document: ConfigurationDocument; problem: Problem }[] {
  const codes = new Set(documents.filter(({ kind }) => kind === 'agency').map(({ name }) => name));
  return documents
    .filter((document) => document.kind === 'routing' && checks.routing(document.body).ok)
    .flatMap((document) =>
      listTargets(document.body as RoutingBody)
        .filter(({ code }) => !codes.has(code) && !reserved.includes(code))
        .map(({ pointer, code }) => ({
          document,
          problem: { pointer, reason: toReason('unknown_agency', { agency: code }) },
        })),
    );
}

function checkAgency(name: string, agency: AgencyBody): Problem[] {
  const problems: Problem[] = [];
  const add = (pointer: string, reason: Reason) => problems.push({ pointer, reason });
  if (agency.code !== name) add('/code', toReason('as_the_file', { name }));
  if (reserved.includes(agency.code)) add('/code', toReason('word_of_rules', { word: agency.code }));
  if (agency.timeZone !== undefined && !isTimeZone(agency.timeZone)) add('/timeZone', toReason('time_zone'));
  if (agency.board && agency.feed) add('/feed', toReason('feed_with_board'));
  for (const part of ['doors', 'board'] as const)
    for (const [index, network] of (agency[part]?.networks ?? []).entries())
      if (!toNetwork(network)) add(`/${part}/networks/${index}`, toReason('network'));
  for (const [index, pem] of (agency.doors?.signers ?? []).entries())
    if (!isPemCertificate(pem)) add(`/doors/signers/${index}`, toReason('certificate'));
  if (agency.board)
    for (const { pointer, reason } of checkBoardSettings(agency.board).map(fromGivenProblem))
      add(`/board${pointer}`, reason);
  return [...problems, ...checkEndpoints(agency)];
}

function checkEndpoints({ webhooks = [] }: AgencyBody): Problem[] {
  return webhooks.flatMap((endpoint, index) => {
    const at = `/webhooks/${index}`;
    const isTaken = webhooks.findIndex(({ name }) => name === endpoint.name) < index;
    const networks = (endpoint.networks ?? []).flatMap((network, n) =>
      toNetwork(network) ? [] : [{ pointer: `${at}/networks/${n}`, reason: toReason('network') }],
    );
    return [
      ...(isTaken
        ? [{ pointer: `${at}/name`, reason: toReason('webhook_name_taken', { name: endpoint.name }) }]
        : []),
      ...networks,
      ...checkBoardSettings(toConnection(endpoint))
        .map(fromGivenProblem)
        .map(({ pointer, reason }) => ({ pointer: `${at}${pointer}`, reason })),
    ];
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function listTargets(routing: RoutingBody): { pointer: string; code: string }[] {
  return [
    ...routing.rules.map((rule, index) => ({ pointer: `/rules/${index}/to`, code: rule.to })),
    { pointer: '/default', code: routing.default },
  ];
}
