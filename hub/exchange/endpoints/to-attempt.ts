import type { Outcome } from '../../../adapters/contract.ts';
import { fromGiven } from '../../../schemas/reason.ts';
import type { EndpointAttempt } from '../../store/states/endpoint-state.ts';
import type { Endpoint } from './endpoints.ts';

/** One call to an endpoint, as its engineer sees it. `at`: when it began. */
export const toAttempt = ({ agency, name }: Endpoint, at: Date, outcome: Outcome): EndpointAttempt => ({
  agency: agency.code,
  endpoint: name,
  at,
  ms: Math.max(0, Date.now() - at.getTime()),
  outcome: outcome.kind,
  status: outcome.status ?? null,
  reason: outcome.kind === 'done' ? null : fromGiven(outcome.reason),
});
