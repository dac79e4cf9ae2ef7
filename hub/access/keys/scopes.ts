/**
 * What a key may be used for. `read`: complaints of the agency. `register`: what the complainant's side says.
 * `answer`: what the assignee says. `feed`: the changes for the agency. `attach`: put files.
 */
export const scopes = ['read', 'register', 'answer', 'feed', 'attach'] as const;
/** `agent`: the agent door, and nothing else opens with it. Such keys are given out by enrolment alone. */
export type Scope = (typeof scopes)[number] | 'agent';

/** The one table of which scope opens which operation, at every door. */
export const scopeOf = {
  registerComplaint: 'register',
  updateComplaint: 'register',
  addFollowUp: 'register',
  withdrawComplaint: 'register',
  addAnswer: 'answer',
  addInterimAnswer: 'answer',
  changeStatus: 'answer',
  transferComplaint: 'answer',
  getComplaint: 'read',
  listEvents: 'read',
  searchComplaints: 'read',
  getLedger: 'read',
  fetchChanges: 'feed',
  acknowledgeChanges: 'feed',
  putAttachment: 'attach',
  supplyAttachment: 'attach',
  listAttachments: 'read',
  getAttachment: 'read',
} as const satisfies Record<string, Scope>;
export type ScopedOperation = keyof typeof scopeOf;

/** A machine that was let in: on behalf of which agency, and what its key opens. */
export interface Caller {
  agency: string;
  keyId: string;
  scopes: readonly Scope[];
}
