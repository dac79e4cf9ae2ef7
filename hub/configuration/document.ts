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
import { isPemCertificate } from '../access/keys/pem-certificate.ts';
import { ClockChanges } from '../clock/periods.ts';

export const documentKinds = ['agency', 'routing', 'clock'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** One document of the configuration: an agency under its code, or the one routing or clock. */
export interface ConfigurationDocument {
  kind: DocumentKind;
  /** Code of the agency; else the kind once more. */
  name: string;
  body: unknown;
}

const checks: Record<DocumentKind, (body: unknown) => Checked<unknown>> = {
  agency: compile(Agency),
  routing: compile(Routing),
  clock: compile(ClockChanges),
};
/** Words that mean something else where a code is expected. */
const reserved = ['origin'];

/** What is wrong with one document by itself. */
export function checkDocument({ kind, name, body }: ConfigurationDocument): Problem[] {
  const checked = checks[kind](body);
  if (!checked.ok) return checked.problems;
  return kind === 'agency' ? checkAgency(name, checked.value as AgencyBody) : [];
}

/** What is wrong between documents: a rule that leads to an agency which is not there. */
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
          problem: { pointer, message: `there is no agency ${code}` },
        })),
    );
}

function checkAgency(name: string, agency: AgencyBody): Problem[] {
  const problems: Problem[] = [];
  const add = (pointer: string, message: string) => problems.push({ pointer, message });
  if (agency.code !== name) add('/code', `must be ${name}, as the file is named`);
  if (reserved.includes(agency.code)) add('/code', `${agency.code} is a word of the routing rules`);
  if (agency.timeZone !== undefined && !isTimeZone(agency.timeZone))
    add('/timeZone', 'must be an IANA time zone, for example Asia/Seoul');
  if (agency.board && agency.feed)
    add('/feed', 'does not go with a board: its changes are brought to the board');
  for (const part of ['doors', 'board'] as const)
    for (const [index, network] of (agency[part]?.networks ?? []).entries())
      if (!toNetwork(network))
        add(`/${part}/networks/${index}`, 'must be a network as CIDR, for example 203.0.113.0/24');
  for (const [index, pem] of (agency.doors?.signers ?? []).entries())
    if (!isPemCertificate(pem)) add(`/doors/signers/${index}`, 'must be one X.509 certificate in PEM');
  if (agency.board)
    for (const { pointer, message } of checkBoardSettings(agency.board)) add(`/board${pointer}`, message);
  return problems;
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
