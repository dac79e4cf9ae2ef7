import type { Actor } from '../../schemas/index.ts';
import type { Matter } from './state.ts';

/** The contact centre. It has no board of its own and acts for the complainant. */
export const contactCentre = 'hub';

export const isAssignee = (matter: Matter, agency: string) => matter.complaint.assignee === agency;
export const speaksForComplainant = (matter: Matter, agency: string) =>
  matter.complaint.origin === agency || agency === contactCentre;

/**
 * Whether it was said at the hub and not at the agency's own board: by a person at the console, or for a complaint that
 * is joined to another. That board does not have it then.
 */
export const isAtHub = ({ via }: Actor): boolean => via === 'console' || via === 'hub';
