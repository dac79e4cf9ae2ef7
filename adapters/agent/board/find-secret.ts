import { type Reason, reasonOf } from '../../../schemas/reason.ts';
import { NotAllowed } from '../allowed.ts';
import { type Allowed, readLocalSecret, toAllowed } from '../settings.ts';

/**
 * Whether a secret of this machine can be read. What the machine does not allow is not looked for, so the answer does
 * not tell whether it exists.
 */
export function findSecret(
  allowed: Allowed,
  reference: string,
): { reference: string; there: boolean; reason?: Reason } {
  try {
    if (!allowed.secrets.includes(reference))
      throw new NotAllowed({ ...toAllowed({}), secrets: [reference] });
    readLocalSecret(reference);
    return { reference, there: true };
  } catch (error) {
    return { reference, there: false, reason: reasonOf(error) };
  }
}
