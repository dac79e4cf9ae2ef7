import { ReasonError, toReason } from '../../schemas/reason.ts';
import type { Prepare } from '../kit/mapped/mapped-board.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import { refuseFields } from '../kit/outcome/refusal.ts';
import type { SoapClient } from './client.ts';
import type { SoapSettings } from './config.ts';
import { toWritable } from './mapping.ts';

/** An operation of the service and the expression that gives its request. */
interface Operation {
  operation: string;
  request: Mapping;
}

/** A call with what the expression says of the input. */
export const toQuestion =
  (client: SoapClient, { operation, request }: Operation): Prepare =>
  async (input) => {
    const given = (await request.evaluate(input)) ?? {};
    return (signal) => client.call(operation, given, signal);
  };

/** What the expression says of the input, fit for the board's charset; throws {@link Refusal} with every text that is not. */
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
