import type { Agency } from '../../../../schemas/index.ts';
import { listOfficers } from '../../../access/people/list-users.ts';
import type { User } from '../../../access/people/users.ts';
import type { Store } from '../../../store/database.ts';
import { toNational } from '../../../words/to-national.ts';
import type { OfficerChoice } from '../complaint-form.ts';

/**
 * Who can be named as the one who answers: the agency's accounts of officers, those of its configuration, and the
 * departments in which somebody with an account sees what is theirs.
 */
export async function listOfficerChoices(
  store: Store,
  code: string,
  agency: Agency | undefined,
): Promise<OfficerChoice[]> {
  const officers = await listOfficers(store, code);
  const accounts = officers.map((user) => toChoice(user, agency));
  const departments = [...new Set(officers.flatMap(({ department }) => department ?? []))].map(
    (department) => ({
      label: `[${department}]`,
      officer: { department, ...(agency?.phone && { contact: agency.phone }) },
    }),
  );
  const known = new Set(accounts.map(({ officer }) => officer.name));
  const listed = (agency?.officers ?? [])
    .filter(({ name }) => !known.has(name))
    .map(({ name, department, phone }) => {
      const contact = phone ? toNational(phone) : agency?.phone;
      const label = department ? `${name} · ${department}` : name;
      return { label, officer: { name, ...(department && { department }), ...(contact && { contact }) } };
    });
  return [...accounts, ...listed, ...departments].filter(
    ({ label }, at, all) => all.findIndex((other) => other.label === label) === at,
  );
}

/** A person with an account, with what the configuration says of the same name. */
export function toChoice(
  { login, name, department: own }: Pick<User, 'login' | 'name'> & { department?: string | null },
  agency: Agency | undefined,
): Required<OfficerChoice> {
  const listed = agency?.officers.find((officer) => officer.name === name);
  const contact = listed?.phone ? toNational(listed.phone) : agency?.phone;
  const department = own ?? listed?.department;
  return {
    label: `${name} (${login})`,
    officer: { name, ...(department && { department }), ...(contact && { contact }) },
    user: login,
  };
}
