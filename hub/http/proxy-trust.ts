import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { createNetworkCheck } from '../../schemas/networks.ts';

/** Whether one of our reverse proxies has this address. Only such a peer is believed about the caller. */
export type IsProxy = (address: string | undefined) => boolean;

const toList = (text: string) => text.split(',').map((one) => one.trim());

/** Reads `TRUST_PROXY`: a list of addresses and networks, or `no`. */
export const toProxyCheck = (text: string): IsProxy => createNetworkCheck(text === 'no' ? [] : toList(text));

/**
 * A hook for `onRequest`. It warns once if something in front of the hub names its callers and is not trusted. Until
 * that proxy is configured, all callers share its address in limits and networks, and cookies are not marked as Secure.
 */
export function warnOfUnknownProxy(isProxy: IsProxy, log: Logger) {
  let warned = false;
  return async ({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>): Promise<void> => {
    if (warned || headers['x-forwarded-for'] === undefined || isProxy(socket.remoteAddress)) return;
    warned = true;
    log.warn(
      { from: socket.remoteAddress },
      'X-Forwarded-For came from an address that TRUST_PROXY does not name, and is not believed: if a proxy has it, name it',
    );
  };
}
