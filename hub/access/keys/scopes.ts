import { type StepKind, stepFacts } from '../../../schemas/index.ts';

/**
 * What a key may be used for. `read`: complaints of the agency. `register`: statements of the complainant's side.
 * `answer`: statements of the assignee. `feed`: the changes for the agency. `attach`: sending files.
 */
export const scopes = ['read', 'register', 'answer', 'feed', 'attach'] as const;
/**
 * What an agency's key may be given. `manage`: its own connection (keys, endpoints, calls, agent, parked items), at
 * `/api/v1/self`, and no complaint. A key has it only if that was said when it was made.
 */
export const keyScopes = [...scopes, 'manage'] as const;
export type KeyScope = (typeof keyScopes)[number];
/** `agent`: only the agent door, which no other scope opens. Only enrolment issues such keys. */
export type Scope = KeyScope | 'agent';

/** The one table of scopes and the operations that they open, at every door. */
export const scopeOf = {
  registerComplaint: 'register',
  updateComplaint: 'register',
  addFollowUp: 'register',
  withdrawComplaint: 'register',
  giveConsent: 'register',
  withdrawConsent: 'register',
  addAnswer: 'answer',
  addInterimAnswer: 'answer',
  changeStatus: 'answer',
  transferComplaint: 'answer',
  /** Of the complainant's steps: `register`, see {@link scopeOfStep}. */
  takeStep: 'answer',
  getComplaint: 'read',
  getClock: 'read',
  listContributions: 'read',
  listOwedContributions: 'read',
  listConsents: 'read',
  getDocument: 'read',
  listEvents: 'read',
  searchComplaints: 'read',
  getLedger: 'read',
  passSubjectRequest: 'register',
  getSubjectRequest: 'read',
  listSubjectRequests: 'read',
  fetchChanges: 'feed',
  acknowledgeChanges: 'feed',
  putAttachment: 'attach',
  supplyAttachment: 'attach',
  listAttachments: 'read',
  getAttachment: 'read',
  listKeys: 'manage',
  getKey: 'manage',
  makeKey: 'manage',
  rotateKey: 'manage',
  revokeKey: 'manage',
  listWebhooks: 'manage',
  getWebhook: 'manage',
  putWebhook: 'manage',
  renewWebhookSecret: 'manage',
  removeWebhook: 'manage',
  testWebhook: 'manage',
  listWebhookCalls: 'manage',
  resendWebhook: 'manage',
  pauseWebhook: 'manage',
  resumeWebhook: 'manage',
  listCalls: 'manage',
  getUsage: 'manage',
  getAgent: 'manage',
  getAgentLogs: 'manage',
  askAgentLogs: 'manage',
  listParkedItems: 'manage',
  getParkedItem: 'manage',
  retryParkedItem: 'manage',
  listParkedEvents: 'manage',
  retryParkedEvent: 'manage',
  previewReplay: 'manage',
  listReplays: 'manage',
  getReplay: 'manage',
  startReplay: 'manage',
  changeReplay: 'manage',
} as const satisfies Record<string, Scope>;
export type ScopedOperation = keyof typeof scopeOf;

/** A step is a statement of its side, as answers and follow-ups are. */
export const scopeOfStep = (kind: StepKind): Scope =>
  stepFacts[kind].by === 'complainant' ? 'register' : scopeOf.takeStep;

/** A machine that was let in: its agency, and the scopes of its key. */
export interface Caller {
  agency: string;
  keyId: string;
  /** The address that this call came from. Absent: the caller is looked up outside of a call. */
  address?: string;
  scopes: readonly Scope[];
}
