import { Type } from 'typebox';
import { compile } from '../../../schemas/index.ts';
import { isGuessable } from './guessable.ts';
import { shortestPassword } from './passwords.ts';
import { UserError, type UserField } from './user-error.ts';

/** The most characters of a name and of a password. A longer password would only cost time. */
const longestName = 100;
const longestPassword = 1_000;
const checkEmail = compile(Type.String({ format: 'email', maxLength: 254 }));

type Rule = [wrong: boolean, field: UserField, message: string];

export function refuseName(name: string): void {
  const { length } = name.trim();
  refuse([
    [length === 0, 'name', 'is required'],
    [/\p{Cc}/u.test(name.trim()), 'name', 'must be one line'],
    [length > longestName, 'name', `must have ${longestName} characters or fewer`],
  ]);
}

/** `about`: what everybody knows of the person, which is no password. */
export async function refusePassword(password: string, about: readonly string[]): Promise<void> {
  refuse([
    [password.length < shortestPassword, 'password', `must have ${shortestPassword} characters or more`],
    [password.length > longestPassword, 'password', `must have ${longestPassword} characters or fewer`],
  ]);
  if (await isGuessable(password, about))
    throw new UserError(
      'common',
      'password',
      'is easy to guess: use several words that do not belong together',
    );
}

export function refuseEmail(email: string): void {
  refuse([[!checkEmail(email).ok, 'email', 'must be an e-mail address']]);
}

/** Throws {@link UserError} for the first field that is not acceptable. */
export function refuse(rules: Rule[]): void {
  for (const [wrong, field, message] of rules) if (wrong) throw new UserError('invalid', field, message);
}
