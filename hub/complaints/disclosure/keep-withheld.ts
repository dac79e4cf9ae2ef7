import type { Complainant, ComplaintContent, PartRole } from '../../../schemas/index.ts';
import { discloseContent } from './disclose.ts';
import type { Disclosure } from './disclosure.ts';

const values = ['name', 'company', 'email', 'phone', 'notifyBy'] as const satisfies (keyof Complainant)[];

/**
 * What an agency says of a complaint, with the hub's own values where it only repeats what the hub wrote in their place: a
 * masked name, a stand-in, or nothing. Another value than that is the agency's word. Pure.
 */
export function keepWithheld(
  said: ComplaintContent,
  known: ComplaintContent,
  role: PartRole,
  disclosure: Disclosure,
): ComplaintContent {
  const given = discloseContent(known, role, disclosure);
  const person = { ...said.complainant };
  for (const value of values) {
    const [own, shown] = [known.complainant[value], given.complainant[value]];
    if (own !== undefined && own !== shown && person[value] === shown)
      Object.assign(person, { [value]: own });
  }
  const isWithoutFiles = known.attachments && !given.attachments && !said.attachments?.length;
  return { ...said, complainant: person, ...(isWithoutFiles && { attachments: known.attachments }) };
}
