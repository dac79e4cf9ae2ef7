import { toReason } from '../../schemas/reason.ts';
import { HttpError } from '../kit/http/http-errors.ts';

/** Stands where the author of the adapter has to write; delete this file when nothing asks for it any more. */
export function notFilledIn(what: string): HttpError {
  return new HttpError('refused', toReason('not_filled_in', { what }));
}
