import { isOfAgency, type Role } from '../people/users.ts';
import type { RoleRule } from './sign-on-schema.ts';

/** What a provider told of a person: by the name of the claim or attribute. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who a person is here. */
export interface Standing {
  role: Role;
  agency: string | null;
  /** Undefined: the rule says nothing of it. */
  department: string | null | undefined;
}

/**
 * The values of a claim as texts. The whole name counts first, since attributes of SAML are named by addresses with dots; then
 * `realm_access.roles` is the claim `roles` inside `realm_access`.
 */
export function readClaim(claims: Claims, name: string): string[] {
  const found = Object.hasOwn(claims, name) ? claims[name] : walk(claims, name.split('.'));
  return [found].flat().flatMap((value) => {
    if (typeof value === 'string') return value === '' ? [] : [value];
    return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
  });
}

function walk(value: unknown, path: string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** The first rule that holds decides. Undefined: none does, or it names an agency that there is not. */
export function mapPerson(
  rules: readonly RoleRule[],
  claims: Claims,
  isAgency: (code: string) => boolean,
): Standing | undefined {
  const rule = rules.find(({ when }) =>
    Object.entries(when).every(([name, values]) =>
      readClaim(claims, name).some((value) => values.includes(value)),
    ),
  );
  if (!rule) return undefined;
  const { role } = rule;
  if (!isOfAgency(role)) return { role, agency: null, department: undefined };
  const agency = readFrom(rule.agency, claims);
  if (agency === undefined || !isAgency(agency)) return undefined;
  if (rule.department === undefined) return { role, agency, department: undefined };
  return { role, agency, department: readFrom(rule.department, claims) ?? null };
}

/** A value of the rule itself, or what the provider told, in the words of here. */
function readFrom(from: RoleRule['agency'], claims: Claims): string | undefined {
  if (from === undefined || typeof from === 'string') return from;
  const [said] = readClaim(claims, from.claim);
  if (said === undefined || from.codes === undefined) return said;
  return Object.hasOwn(from.codes, said) ? from.codes[said] : undefined;
}
