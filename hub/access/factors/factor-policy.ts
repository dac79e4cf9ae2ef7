import { createNetworkCheck } from '../../../schemas/networks.ts';
import { type Settings, toNetworks } from '../../settings.ts';
import { type Role, roles } from '../people/users.ts';

/** Who has to give a second factor, and how long it counts. */
export interface FactorPolicy {
  /** Whether a person of this role who comes from this address needs one. */
  needs(person: { role: Role; isBreakGlass: boolean }, address: string): boolean;
  /** Whether the role needs one wherever the person is, so that the last one must stay. */
  always(person: { role: Role; isBreakGlass: boolean }): boolean;
  /** Milliseconds for which it counts before an act that asks for it. */
  stepUp: number;
}

/**
 * The rule of this hub. From outside the offices everybody needs a second factor (Safety Measures for Personal Information, article 6), and
 * some roles need one everywhere. A break-glass account needs none: it is for the day on which factors fail, and raises an alarm.
 */
export function toFactorPolicy({
  SECOND_FACTOR_ROLES = '',
  INSIDE_NETWORKS = '',
  STEP_UP_MINUTES,
}: Pick<Settings, 'SECOND_FACTOR_ROLES' | 'INSIDE_NETWORKS' | 'STEP_UP_MINUTES'>): FactorPolicy {
  const named = SECOND_FACTOR_ROLES.split(',').map((one) => one.trim());
  const needing = new Set<string>(named.includes('all') ? roles : named);
  const networks = toNetworks(INSIDE_NETWORKS);
  const isInside = createNetworkCheck(networks);
  const always: FactorPolicy['always'] = ({ role, isBreakGlass }) => !isBreakGlass && needing.has(role);
  return {
    always,
    needs: (person, address) =>
      always(person) || (!person.isBreakGlass && networks.length > 0 && !isInside(address)),
    stepUp: STEP_UP_MINUTES * 60_000,
  };
}
