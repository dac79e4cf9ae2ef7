import {
  type Agency,
  type DisclosedItem,
  type DisclosureChoices,
  disclosedItems,
  type PartRole,
} from '../../../schemas/index.ts';

/** What of a complainant the copies of one agency hold, by its role in the complaint. */
export interface Disclosure {
  items: Record<PartRole, ReadonlySet<DisclosedItem>>;
  standIns: NonNullable<DisclosureChoices['standIns']>;
}

/**
 * What an agency gets that chose nothing: what its part needs, and no more (개인정보 보호법, articles 3 (1) and 16 (1): the least
 * that the purpose needs; 민원 처리에 관한 법률, article 7: no other use).
 *
 * - `origin`: all. The complainant gave it to this agency, which took the complaint in (article 15).
 * - `assignee`: who it is, for whom, the files, and the one address by which the complainant asked to be told. It has to
 *   answer this person (민원 처리에 관한 법률, article 27) and may have to ask back (article 22); for that one way is enough. The
 *   second address it needs not: the hub itself sends the notices. The law allows the transfer (article 16; 개인정보 보호법,
 *   article 18 (2) 2), so no consent is asked.
 * - `part`: the matter with its files. The agency that leads speaks to the person (article 20 is about the matter).
 * - `copy`: the matter. Its agency handed the complaint on, so the purpose for which it had the rest is over.
 */
const leanItems: Readonly<Record<PartRole, readonly DisclosedItem[]>> = {
  origin: disclosedItems,
  assignee: ['name', 'company', 'reply', 'files'],
  part: ['files'],
  copy: [],
};

const roles = Object.keys(leanItems) as PartRole[];
const lean = toDisclosure({});
const known = new WeakMap<DisclosureChoices, Disclosure>();

/** Of an agency as it is configured now. */
export function disclosureOf(agency: Pick<Agency, 'disclosure'> | undefined): Disclosure {
  const choices = agency?.disclosure;
  if (!choices) return lean;
  const found = known.get(choices) ?? toDisclosure(choices);
  known.set(choices, found);
  return found;
}

function toDisclosure(choices: DisclosureChoices): Disclosure {
  const items = roles.map((role) => [role, new Set(choices[role] ?? leanItems[role])]);
  return { items: Object.fromEntries(items) as Disclosure['items'], standIns: choices.standIns ?? {} };
}

/**
 * The same with what the complainant consented to: the agency gets these items in whatever role. Null: nothing. Files go by the
 * role alone.
 */
export function withConsents(
  { items, standIns }: Disclosure,
  consented: readonly DisclosedItem[] | null,
): Disclosure {
  if (!consented || consented.length === 0) return { items, standIns };
  const widened = roles.map((role) => [role, new Set([...items[role], ...consented])]);
  return { items: Object.fromEntries(widened) as Disclosure['items'], standIns };
}

/** The roles in which an agency gets the complainant's files. */
export const rolesWithFiles = ({ items }: Disclosure): PartRole[] =>
  roles.filter((role) => items[role].has('files'));
