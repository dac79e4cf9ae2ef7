import { isOfAgency, type Role, roles, type User } from './users.ts';

/**
 * The complaints that a right covers: all, those linked to the person's agency, or those that the agency must answer.
 */
export const rightScopes = ['all', 'linked', 'assigned'] as const;
type Scope = (typeof rightScopes)[number];

/**
 * What a person may do, in one table. An action that is not listed is not allowed. `see_person`: the complainant's name
 * and contact unmasked, raw items and messages. `see_duties`, `tell_by_hand`: what complainants were not told, and that
 * a person told them otherwise. `inspect`: to
 * confirm the monthly inspection and to make reminder letters. `see_operations`: agencies' health, parked things, notices.
 * `see_ledger`, `see_alerts`, `acknowledge`, `see_process`: an officer has these for his own agency. `see_repairs`: comparisons of
 * boards, replays, remaps. `repair`: decisions about these and about parked things. `see_audit`: who changed what.
 * `see_requests`, `handle_requests`: what persons ask about their own data (개인정보 보호법, articles 35 to 37).
 * `export_evidence`: a complaint as a signed file; persons are masked in it for who may not see them.
 * `handle_breaches`: cases of leaks, which `see_audit` only reads.
 * `release`: answers of another person, where an agency wants that (schemas/agency.ts, `answers.review`).
 * `configure`: drafts and versions of the configuration, which `see_configuration` only reads.
 * `contribute`: what another agency asked of the own one. `see_contributions`: what agencies asked of each other; an officer
 * sees what concerns his own agency. The contact centre speaks to the complainant, so it sees none of it.
 * `note`: internal notes, which people of one agency write for each other.
 * `manage_connection`: an engineer's own agency: its keys, endpoints, agent, calls, and what is parked of it, with persons
 * masked.
 * `consent`: to record what a complainant consented to, and that it was taken back.
 * `see_adapters`: the catalogue of adapters.
 */
const rights = {
  read: { administrator: 'all', counsellor: 'all', auditor: 'all', officer: 'linked' },
  see_person: { administrator: 'all', counsellor: 'all', officer: 'linked' },
  register: { administrator: 'all', counsellor: 'all' },
  follow_up: { administrator: 'all', counsellor: 'all' },
  withdraw: { administrator: 'all', counsellor: 'all' },
  consent: { administrator: 'all', counsellor: 'all' },
  transfer: { administrator: 'all', counsellor: 'all', officer: 'assigned' },
  answer: { administrator: 'all', officer: 'assigned' },
  interim: { administrator: 'all', officer: 'assigned' },
  release: { administrator: 'all', officer: 'assigned' },
  status: { administrator: 'all', officer: 'assigned' },
  contribute: { officer: 'linked' },
  see_contributions: { administrator: 'all', auditor: 'all', officer: 'linked' },
  note: { administrator: 'all', counsellor: 'all', officer: 'linked' },
  see_operations: { administrator: 'all', counsellor: 'all', auditor: 'all' },
  see_ledger: { administrator: 'all', auditor: 'all', officer: 'linked' },
  see_process: { administrator: 'all', auditor: 'all', officer: 'linked' },
  see_duties: { administrator: 'all', counsellor: 'all', auditor: 'all', officer: 'linked' },
  tell_by_hand: { administrator: 'all', counsellor: 'all', officer: 'assigned' },
  inspect: { administrator: 'all', officer: 'assigned' },
  see_alerts: { administrator: 'all', counsellor: 'all', auditor: 'all', officer: 'linked' },
  acknowledge: { administrator: 'all', officer: 'linked' },
  see_repairs: { administrator: 'all', auditor: 'all' },
  repair: { administrator: 'all' },
  see_audit: { administrator: 'all', auditor: 'all' },
  handle_breaches: { administrator: 'all' },
  see_requests: { administrator: 'all', counsellor: 'all', auditor: 'all' },
  handle_requests: { administrator: 'all', counsellor: 'all' },
  export_evidence: { administrator: 'all', auditor: 'all' },
  see_configuration: { administrator: 'all', auditor: 'all' },
  configure: { administrator: 'all' },
  see_adapters: { administrator: 'all', auditor: 'all' },
  manage_users: { administrator: 'all' },
  manage_connection: { engineer: 'linked' },
} as const satisfies Record<string, Partial<Record<Role, Scope>>>;

export type Action = keyof typeof rights;

/** The parts of a complaint that rights depend on. */
export interface Subject {
  assignee: string;
  /** Agencies that have a link to it. */
  agencies: readonly string[];
}

/** Whether the person may do it: to the complaint given as subject, or without one, to at least some. */
export function may(user: Pick<User, 'role' | 'agency'>, action: Action, subject?: Subject): boolean {
  const scope = (rights[action] as Partial<Record<Role, Scope>>)[user.role];
  if (scope === undefined) return false;
  if (scope === 'all' || subject === undefined) return true;
  if (user.agency === null) return false;
  return scope === 'assigned' ? subject.assignee === user.agency : subject.agencies.includes(user.agency);
}

/** The roles that may do it, at least in part. */
export const rolesThatMay = (action: Action): Role[] => roles.filter((role) => role in rights[action]);

/** The whole table, row by row: how far each role may do each action. Null: not at all. */
export const listRights = (): { action: Action; scopes: Record<Role, Scope | null> }[] =>
  (Object.keys(rights) as Action[]).map((action) => {
    const row: Partial<Record<Role, Scope>> = rights[action];
    const scopes = Object.fromEntries(roles.map((role) => [role, row[role] ?? null]));
    return { action, scopes: scopes as Record<Role, Scope | null> };
  });

/** The agency that a person's reading is limited to. Undefined: no limit. */
export const toReadingAgency = (user: Pick<User, 'role' | 'agency'>): string | undefined =>
  isOfAgency(user.role) ? (user.agency ?? '') : undefined;
