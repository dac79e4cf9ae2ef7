import { adminScopeOf, adminScopes } from '../../access/keys/admin-scopes.ts';
import { scopeOf, scopes } from '../../access/keys/scopes.ts';
import { listRights } from '../../access/people/rights.ts';
import { roles } from '../../access/people/users.ts';
import type { Pages } from '../visit/console-context.ts';

/**
 * What each role of a person and each scope of a key may do. The page is made from the tables that decide it, so it
 * cannot differ from them. Everybody may read it.
 */
export const rightsPages: Pages = (app) => {
  const operations = Object.entries(scopeOf);
  const rows = listRights().map(({ action, scopes: by }) => ({
    action,
    cells: roles.map((role) => ({ role, scope: by[role] })),
  }));
  const keys = [...scopes, 'agent' as const].map((scope) => ({
    scope,
    operations: operations.filter(([, opened]) => opened === scope).map(([operation]) => operation),
  }));
  const adminOperations = Object.entries(adminScopeOf);
  const adminKeys = [...adminScopes, 'any' as const].map((scope) => ({
    scope,
    operations: adminOperations.flatMap(([operation, opener]) => (opener === scope ? operation : [])),
  }));
  app.get('/rights', async (_request, reply) => reply.page('rights', { rows, roles, keys, adminKeys }));
};
