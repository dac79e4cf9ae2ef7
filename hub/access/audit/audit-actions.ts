/** What can be done, as `<area>.<verb>`. A new one needs its words (hub/console/oversight/audit-texts.ts) to compile. */
export const auditActions = [
  'configuration.added',
  'configuration.changed',
  'configuration.removed',
  'configuration.proposed',
  'configuration.agreed',
  'configuration.refused',
  'configuration.withdrawn',
  'account.added',
  'account.invited',
  'account.changed',
  'account.disabled',
  'account.enabled',
  'account.link_sent',
  'account.link_withdrawn',
  'account.link_shown',
  'account.reset_asked',
  'account.password_set',
  'account.email_asked',
  'account.email_set',
  'account.sessions_ended',
] as const;

export type AuditAction = (typeof auditActions)[number];
