import type { HttpError } from '../kit/http/http-errors.ts';
import type { Prepare } from '../kit/mapped/prepare.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import type { RestClient } from './client.ts';
import type { RestSettings } from './config.ts';
import { fillPath, toQuery } from './mapping.ts';

/** A GET request that the expression builds from the input. */
export const toQuestion =
  (client: RestClient, path: string, query: Mapping | undefined): Prepare =>
  async (input) => {
    const request = {
      method: 'GET',
      path: fillPath(path, input),
      query: toQuery(await query?.evaluate(input)),
    };
    return (signal) => client.call(request, signal);
  };

/** Not there, or there no more (RFC 9110, 15.5.5 and 15.5.11). */
export const isMissing = ({ status }: HttpError): boolean => status === 404 || status === 410;

/** The header for the idempotency key at this board. */
export const toKeyHeader = ({ keyHeader }: RestSettings, { key }: Record<string, unknown>) =>
  keyHeader ? { [keyHeader]: String(key) } : {};
