import { userInfo } from 'node:os';

/** Who runs the command. Containers may run under an account without a name. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'command line';
  }
}
