import { ReasonError, toReason } from '../../schemas/reason.ts';
import type { Prepare } from '../kit/mapped/prepare.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import { refuseFields } from '../kit/outcome/refusal.ts';
import type { SoapClient } from './client.ts';
import type { SoapSettings } from './config.ts';
import { toWritable } from './mapping.ts';

/** An operation of the service, with the expression that returns its request. */
interface Operation {
  operation: string;
  request: Mapping;
}

/** A call that the expression builds from the input. */
export const toQuestion =
  (client: SoapClient, { operation, request }: Operation): Prepare =>
  async (input) => {
    const given = (await request.evaluate(input)) ?? {};
    return (signal) => client.call(operation, given, signal);
  };

/**
 * The request that the expression builds, in the board's charset. Throws {@link Refusal} that names every text that
 * does not fit.
 */
export async function toRequest(
  { charset = 'utf-8' }: SoapSettings,
  { request: mapping }: Operation,
  input: Record<string, unknown>,
): Promise<unknown> {
  const given = await mapping.evaluate(input);
  if (given === undefined) throw new ReasonError(toReason('nothing_to_send'));
  const { request, problems } = toWritable(given, charset);
  if (problems.length === 0) return request;
  throw refuseFields(problems);
}
