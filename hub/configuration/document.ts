import { Type } from 'typebox';
import { checkBoardSettings } from '../../adapters/registry.ts';
import {
  Agency,
  type Agency as AgencyBody,
  type BoardConnection,
  type Checked,
  compile,
  type Problem,
  Routing,
} from '../../schemas/index.ts';
import { findAt, withoutPlaces } from '../../schemas/json-pointer.ts';
import { toNetwork } from '../../schemas/networks.ts';
import { fromGivenProblem, type Reason, toReason } from '../../schemas/reason.ts';
import { isPemCertificate } from '../access/keys/pem-certificate.ts';
import { ClockChanges } from '../clock/periods.ts';
import { contactCentre } from '../complaints/speakers.ts';
import type { DocumentKind } from '../store/tables/column-types.ts';
import { isTemplateSource } from '../templates/template-names.ts';
import { checkRehearsalTarget } from './rehearsal-target.ts';
import { trialDesk } from './stages/stage-of.ts';
import { toConnection } from './to-connection.ts';

export { type DocumentKind, documentKinds } from '../store/tables/column-types.ts';

/** One document of the configuration: an agency, a template of notices, or the single routing or clock. */
export interface ConfigurationDocument {
  kind: DocumentKind;
  /** The agency's code; `<language>/<file>` of a template, without `.liquid`; for other kinds, the kind again. */
  name: string;
  /** The value of the YAML; of a template, its text. */
  body: unknown;
  /** The text as it was written, comments kept. */
  source: string;
}

/** What names a document. */
export type DocumentKey = Pick<ConfigurationDocument, 'kind' | 'name'>;

export const keyOf = ({ kind, name }: DocumentKey): string => `${kind} ${name}`;

const checks: Record<DocumentKind, (body: unknown) => Checked<unknown>> = {
  agency: compile(Agency),
  routing: compile(Routing),
  clock: compile(ClockChanges),
  // What it holds is checked with all the others: check-templates.ts.
  template: compile(Type.String()),
};
/** Words with another meaning where a code is expected. */
const words = ['origin'];
const reserved = [...words, trialDesk];

/** What is wrong with one document by itself. */
export function checkDocument({ kind, name, body }: Omit<ConfigurationDocument, 'source'>): Problem[] {
  if (!isName(kind, name)) return [{ pointer: '', reason: toReason('document_name', { name }) }];
  const checked = checks[kind](body);
  if (checked.ok) return kind === 'agency' ? checkAgency(name, checked.value as AgencyBody) : [];
  return kind === 'agency' ? [...checked.problems, ...checkBeside(body, checked.problems)] : checked.problems;
}

/**
 * What is wrong with the board of an agency whose other fields are wrong as well, so that all is told at once: what the
 * rest of the agency has wrong says nothing about its board.
 */
function checkBeside(body: unknown, problems: readonly Problem[]): Problem[] {
  const told = problems.map(({ pointer }) => pointer);
  const board = findAt(withoutPlaces(body, told), ['board']);
  if (!isRecord(board) || typeof board.adapter !== 'string' || !isRecord(board.settings)) return [];
  return checkBoardSettings(board as unknown as BoardConnection)
    .map(fromGivenProblem)
    .map(({ pointer, reason }) => ({ pointer: `/board${pointer}`, reason }))
    .filter(({ pointer }) => !told.includes(pointer));
}

/** Whether a document may have the name. That of an agency is checked with its code. */
export function isName(kind: DocumentKind, name: string): boolean {
  if (kind === 'template') return isTemplateSource(name);
  return kind === 'agency' ? /^[^/\\\p{Cc}]{1,100}$/u.test(name) : name === kind;
}

/**
 * What is wrong between documents: a rule of the routing that names an agency which is not among `codes`, as the one that
 * answers or as the one that took the complaint in. The contact centre takes complaints in, too.
 */
export function checkTargets(body: unknown, codes: ReadonlySet<string>): Problem[] {
  return listTargets(body)
    .filter(({ code }) => !codes.has(code) && !words.includes(code))
    .concat(listOrigins(body).filter(({ code }) => !codes.has(code) && code !== contactCentre))
    .map(({ pointer, code }) => ({ pointer, reason: toReason('unknown_agency', { agency: code }) }));
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
  return [
    ...problems,
    ...checkStage(agency),
    ...checkRehearsalTarget(agency),
    ...checkEndpoints(agency),
    ...checkConsents(agency),
  ];
}

const checkConsents = ({ consents = [] }: AgencyBody): Problem[] =>
  consents.flatMap(({ purpose }, index) =>
    consents.findIndex((one) => one.purpose === purpose) < index
      ? { pointer: `/consents/${index}/purpose`, reason: toReason('consent_twice') }
      : [],
  );

function checkStage({ stage = 'live', board }: AgencyBody): Problem[] {
  if (stage !== 'live' && !board) return [{ pointer: '/stage', reason: toReason('stage_without_board') }];
  if (stage === 'trial' && board?.via === 'agent')
    return [{ pointer: '/stage', reason: toReason('trial_behind_agent') }];
  return [];
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

interface Named {
  pointer: string;
  code: string;
}

/** Agencies are found in whatever else is wrong with the document, so that all mistakes are told at once. */
const toNamed = (pointer: string, code: unknown): Named[] =>
  typeof code === 'string' ? [{ pointer, code }] : [];

function listRules(body: unknown): { to?: unknown; when?: { origin?: unknown } | null }[] {
  const rules: unknown = isRecord(body) ? Reflect.get(body, 'rules') : undefined;
  return Array.isArray(rules) ? rules.map((rule) => (isRecord(rule) ? rule : {})) : [];
}

function listOrigins(body: unknown): Named[] {
  return listRules(body).flatMap(({ when }, index) => {
    const origins: unknown = when?.origin;
    return Array.isArray(origins)
      ? origins.flatMap((code, at) => toNamed(`/rules/${index}/when/origin/${at}`, code))
      : [];
  });
}

function listTargets(body: unknown): Named[] {
  return [
    ...listRules(body).flatMap(({ to }, index) => toNamed(`/rules/${index}/to`, to)),
    ...toNamed('/default', isRecord(body) ? Reflect.get(body, 'default') : undefined),
  ];
}
