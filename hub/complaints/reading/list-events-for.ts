import { type AgencyEvent, isPublic, type PartRole, toAgencyEvent } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { discloseEvent, holdsOwnFiles } from '../disclosure/disclose.ts';
import { type Disclosure, disclosureOf } from '../disclosure/disclosure.ts';
import { listHistory } from './list-history.ts';

/** What of the complainant a reader gets: what the role gets of the agency's choices. */
export interface Reading {
  role: PartRole;
  disclosure: Disclosure;
}

/** For people of the hub and of the agencies, by what they may see; `masked`: without the person. */
export const readingOf = (masked: boolean): Reading => ({
  role: masked ? 'part' : 'origin',
  disclosure: disclosureOf(undefined),
});

/**
 * Everything that happened to a complaint, oldest first, as partner agencies see it. What stays between some of them is
 * read with what was asked of them (list-contributions.ts). The caller must check that they may.
 */
export async function listEventsFor(
  store: Store,
  complaintId: string,
  { role, disclosure }: Reading,
): Promise<AgencyEvent[]> {
  return (await listHistory(store, complaintId)).filter(isPublic).map((event) => {
    return toAgencyEvent(discloseEvent(event, role, disclosure));
  });
}

/** The events whose files the reader does not get: those of the complainant, if the role has no files. */
export async function listWithheldFiles(
  store: Store,
  complaintId: string,
  { role, disclosure }: Reading,
): Promise<ReadonlySet<number>> {
  if (disclosure.items[role].has('files')) return new Set();
  const events = await listHistory(store, complaintId);
  return new Set(events.filter(holdsOwnFiles).map(({ seq }) => seq));
}
