import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { createNetworkCheck, toNetwork } from './access/networks.ts';

/** Whether a reverse proxy of ours has this address: only what such a peer says of who called is believed. */
export type IsProxy = (address: string | undefined) => boolean;

const toList = (text: string) => text.split(',').map((one) => one.trim());

/** `TRUST_PROXY`, read: a list of addresses and networks, or `no`. */
export const toProxyCheck = (text: string): IsProxy => createNetworkCheck(text === 'no' ? [] : toList(text));

/**
 * What is wrong with `TRUST_PROXY`. Neither `yes` nor a number of hops says who may write X-Forwarded-For: a proxy adds
 * to what its caller sent, and whoever reaches the hub past it writes all of it.
 */
export function findProxyProblem(text: string): string | undefined {
  if (text === 'no') return undefined;
  const wrong = toList(text).find((one) => !toNetwork(one)?.prefix);
  return wrong === undefined
    ? undefined
    : `TRUST_PROXY: "${wrong}" names no proxy; right is no, or the addresses or networks of the proxies in front, such as 127.0.0.1 or 172.30.77.1,10.1.2.0/28`;
}

/**
 * For `onRequest`: says once that something in front of the hub tells of its callers and is not believed. Until it is
 * named, all of them share its address in limits and networks, and cookies are not marked as Secure.
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
