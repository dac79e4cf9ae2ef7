import type { AgencyEvent } from './calls/calls.ts';
import type { ComplaintEvent } from './event.ts';
import type { Step } from './steps/step.ts';

/** The event as partner agencies see it: flat, and without the login of the person at the other agency. */
export function toAgencyEvent(event: ComplaintEvent): AgencyEvent {
  const { seq, type, at } = event;
  return { seq, type, at, by: event.actor.agency, ...toFields(event) };
}

function toFields(event: ComplaintEvent): Partial<AgencyEvent> {
  switch (event.type) {
    case 'registered':
    case 'revised':
    case 'answered':
    case 'interim_answered':
    case 'followed_up':
    case 'withdrawn':
      return event.data;
    case 'step_taken':
      return { step: toAgencyStep(event.data.step) };
    case 'assigned':
      return { toAgency: event.data.to, reason: event.data.reason.text };
    case 'transferred':
      return { fromAgency: event.data.from, toAgency: event.data.to, reason: event.data.reason };
    case 'status_changed':
      return { fromStatus: event.data.from, toStatus: event.data.to };
  }
}

/** Without the login of a person. */
function toAgencyStep(step: Step): Step {
  if (step.kind !== 'officer_assigned') return step;
  const { user: _login, ...rest } = step;
  return rest;
}
