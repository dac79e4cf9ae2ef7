/**
 * What an administrator's key may be used for. `configure` opens all that `read-configuration` opens, and changes.
 * `manage-users`: the accounts of people, and nothing else.
 */
export const adminScopes = ['read-configuration', 'configure', 'manage-users'] as const;
export type AdminScope = (typeof adminScopes)[number];

/** The one table of scopes and the operations of the administration API that they open. `any`: every key opens it. */
export const adminScopeOf = {
  getOwnKey: 'any',
  listDocuments: 'read-configuration',
  getDocument: 'read-configuration',
  planDocument: 'read-configuration',
  listVersions: 'read-configuration',
  getVersion: 'read-configuration',
  planRollback: 'read-configuration',
  getConfiguration: 'read-configuration',
  // What is only told needs no more. To bring it into force takes `configure`.
  putConfiguration: 'read-configuration',
  listProposals: 'read-configuration',
  getProposal: 'read-configuration',
  listAudit: 'read-configuration',
  listBoards: 'read-configuration',
  listTests: 'read-configuration',
  putDocument: 'configure',
  deleteDocument: 'configure',
  rollBack: 'configure',
  agreeToProposal: 'configure',
  refuseProposal: 'configure',
  withdrawProposal: 'configure',
  checkBoard: 'configure',
  makeTest: 'configure',
  removeTests: 'configure',
  listUsers: 'manage-users',
  inviteUser: 'manage-users',
  disableUser: 'manage-users',
  enableUser: 'manage-users',
  listAccountProposals: 'manage-users',
  agreeToAccountProposal: 'manage-users',
  refuseAccountProposal: 'manage-users',
  withdrawAccountProposal: 'manage-users',
} as const satisfies Record<string, AdminScope | 'any'>;

export type AdminOperation = keyof typeof adminScopeOf;
