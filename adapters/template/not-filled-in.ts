import { toReason } from '../../schemas/reason.ts';
import { HttpError } from '../kit/http/http-errors.ts';

/**
 * Marks the places that the author of the adapter has to fill in. Delete this file when nothing imports it any more.
 */
export function notFilledIn(what: string): HttpError {
  return new HttpError('refused', toReason('not_filled_in', { what }));
}
