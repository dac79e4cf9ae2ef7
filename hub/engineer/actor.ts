import { type KeyScope, keyScopes } from '../access/keys/scopes.ts';

/** Who does something for an agency's connection: its engineer at a page, or a key of the agency. */
export interface Actor {
  agency: string;
  /** What is noted with a decision: the login, or the id of the key. */
  name: string;
  way: 'console' | 'api';
  /** What it may give to others. */
  scopes: readonly KeyScope[];
}

/** An engineer may give keys of each kind. */
export const toEngineer = ({ agency, login }: { agency: string; login: string }): Actor => ({
  agency,
  name: login,
  way: 'console',
  scopes: keyScopes,
});
