import { type Complaint, isUntouched } from '../../../schemas/index.ts';
import type { ClockRules } from '../../clock/deadline.ts';
import { addWorkingTime, hour } from '../../clock/working-time.ts';
import type { NumberedEvent } from '../../complaints/state.ts';

/**
 * Working hours in which a complaint is registered after its arrival (Decree, article 6), handed to the department that
 * answers, and passed to another agency (Decree, article 13).
 */
export const registrationHours = 8;
const handingHours = 1;
const transferHours = 8;

/** Until when a complaint that nobody has taken is to be handed on. All absent: no limit is running, and none passed. */
export interface Limits {
  /** To a department or a person of the agency. */
  handBy?: Date;
  /** To another agency, if it is not for this one. */
  transferBy?: Date;
  /** When it was transferred last after its limit. */
  lateTransferAt?: Date;
}

/**
 * The limits of a complaint. `onScreen`: its agency answers on the hub's screens. A board names no department, so at an
 * agency with one nothing is known of handing on, and no limit is watched but that of a transfer that was made.
 */
export function findLimits(
  {
    complaint,
    events,
    onScreen,
  }: { complaint: Complaint; events: readonly NumberedEvent[]; onScreen: boolean },
  rules: ClockRules,
): Limits {
  const given = events.filter(({ type }) => type === 'assigned' || type === 'transferred');
  const lateTransferAt = findLateTransfer(given, rules);
  const last = given.at(-1);
  const isWaiting = onScreen && isUntouched(complaint.status) && complaint.officer === undefined;
  const after = (hours: number) => last && addWorkingTime(new Date(last.at), hours * hour, rules);
  const [handBy, transferBy] = isWaiting ? [after(handingHours), after(transferHours)] : [];
  return {
    ...(handBy && { handBy }),
    ...(transferBy && { transferBy }),
    ...(lateTransferAt && { lateTransferAt }),
  };
}

/** The last transfer that came later than its agency had time for, counted from when it had got the complaint. */
function findLateTransfer(given: readonly NumberedEvent[], rules: ClockRules): Date | undefined {
  const late = given.findLast((event, index) => {
    const before = given[index - 1];
    if (event.type !== 'transferred' || !before) return false;
    return new Date(event.at) > addWorkingTime(new Date(before.at), transferHours * hour, rules);
  });
  return late && new Date(late.at);
}
