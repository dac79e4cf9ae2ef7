import dns, { type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, Socket } from 'node:net';
import { buildConnector } from 'undici';
import { createNetworkMatch, findSpecialRange, toOwnNetwork } from './public-address.ts';

/** A call that was not made, because of where it would have gone. */
export class AddressRefused extends Error {
  constructor(host: string, address: string, range: string) {
    const where = host === address ? address : `${host} (${address})`;
    super(
      `${where} is not called: the address is ${range}. If the board is there, write in the agency's configuration: ` +
        `board: { networks: ["${toOwnNetwork(address)}"] }`,
    );
    this.name = 'AddressRefused';
  }
}

/** What may be called, asked at the moment of connecting. */
export interface AddressGuard {
  /** Errors: AddressRefused, for an address that may not be called. A name passes: `lookup` judges what it means. */
  mustBeOpen(host: string): void;
  /** For `net.connect`: gives only addresses that may be called, so there is no second answer to be connected to. */
  lookup: LookupFunction;
}

/** How a name becomes addresses: as `dns.lookup` with `all`. */
export type Resolve = (
  host: string,
  options: dns.LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Lets the public internet through and the networks (CIDR) that are named. */
export function createAddressGuard(
  networks: readonly string[] = [],
  resolve: Resolve = dns.lookup,
): AddressGuard {
  const isNamed = createNetworkMatch(networks);
  const findProblem = (address: string) => (isNamed(address) ? undefined : findSpecialRange(address));

  function mustBeOpen(host: string): void {
    const range = isIP(host) === 0 ? undefined : findProblem(host);
    if (range) throw new AddressRefused(host, host, range);
  }

  const lookup: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      const open = found?.filter(({ address }) => !findProblem(address)) ?? [];
      const [first] = open;
      if (error) return done(error, []);
      if (!first) return done(toRefusal(host, found, findProblem), []);
      if (options.all) return done(null, open);
      done(null, first.address, first.family);
    });
  };
  return { mustBeOpen, lookup };
}

function toRefusal(
  host: string,
  found: LookupAddress[],
  findProblem: (address: string) => string | undefined,
) {
  const [first] = found;
  if (!first) return new Error(`${host} has no address`);
  return new AddressRefused(host, first.address, findProblem(first.address) ?? '');
}

/** Opens connections of undici, each to a checked address. */
export function createGuardedConnector({ mustBeOpen, lookup }: AddressGuard): buildConnector.connector {
  const connect = buildConnector({ lookup });
  return (options, done) => {
    try {
      mustBeOpen(options.hostname);
    } catch (error) {
      return done(error as Error, null);
    }
    connect(options, done);
  };
}

/** A socket for drivers that call `connect(port, host)` on one; emits `error` in place of connecting elsewhere. */
export function createGuardedSocket({ mustBeOpen, lookup }: AddressGuard): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  const guarded = (port: number | string, host?: string) => {
    try {
      // A driver that is given the path of a Unix socket calls with that alone: it is this machine.
      mustBeOpen(host ?? '127.0.0.1');
    } catch (error) {
      return socket.destroy(error as Error);
    }
    return host === undefined ? connect(String(port)) : connect({ port: Number(port), host, lookup });
  };
  return Object.assign(socket, { connect: guarded as Socket['connect'] });
}
