import type { Matter } from './state.ts';

/** The contact centre. It has no board of its own and acts for the complainant. */
export const contactCentre = 'hub';

export const isAssignee = (matter: Matter, agency: string) => matter.complaint.assignee === agency;
export const speaksForComplainant = (matter: Matter, agency: string) =>
  matter.complaint.origin === agency || agency === contactCentre;
