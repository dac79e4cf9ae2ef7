import dns, { type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, Socket } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { type Reason, ReasonError, toReason } from '../../../schemas/reason.ts';
import type { AdapterContext } from '../../contract.ts';
import { describeCertificate, findCertificateCode } from '../../relay/peer-certificate.ts';
import { createNetworkMatch, findSpecialRange, toOwnNetwork } from './public-address.ts';

/** A call that was not made because its address is not allowed. */
export class AddressRefused extends ReasonError {
  constructor(reason: Reason) {
    super(reason);
    this.name = 'AddressRefused';
  }
}

/** A connection that was not made because of a certificate. Its reason says all. */
export class CertificateRefused extends ReasonError {
  constructor(reason: Reason) {
    super(reason);
    this.name = 'CertificateRefused';
  }
}

/** Decides at the moment of connecting which addresses may be called. */
export interface AddressGuard {
  /**
   * Errors: AddressRefused, for an address that may not be called. A host name passes here: `lookup` judges its
   * addresses.
   */
  mustBeOpen(host: string): void;
  /**
   * A lookup for `net.connect` that returns only allowed addresses. There is no second lookup, so the answer cannot
   * change before connecting.
   */
  lookup: LookupFunction;
}

/** Resolves a name to its addresses, like `dns.lookup` with `all`. */
export type Resolve = (
  host: string,
  options: dns.LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Judges addresses. Its words say what would allow one. */
interface AddressRule {
  /** Why the address may not be called. Undefined: it may. */
  findProblem(host: string, address: string): Reason | undefined;
  /** False: this name must not even be looked up. */
  mayBeLookedUp(host: string): boolean;
}

/** Creates a guard out of the context. It allows the public internet and the named networks, or only `reach`. */
export function createAddressGuard(
  { networks = [], reach }: Pick<AdapterContext, 'networks' | 'reach'>,
  resolve: Resolve = dns.lookup,
): AddressGuard {
  const { findProblem, mayBeLookedUp } = reach ? onlyReach(reach.hosts) : publicAnd(networks);

  function mustBeOpen(host: string): void {
    const problem = isIP(host) === 0 ? undefined : findProblem(host, host);
    if (problem) throw new AddressRefused(problem);
  }

  const lookup: LookupFunction = (host, options, done) => {
    if (!mayBeLookedUp(host)) return done(new AddressRefused(notAllowed(host)), []);
    resolve(host, { ...options, all: true }, (error, found = []) => {
      if (error) return done(error, []);
      const open = found.filter(({ address }) => !findProblem(host, address));
      const [first] = open;
      if (!first) return done(toRefusal(host, found[0], findProblem), []);
      if (options.all) return done(null, open);
      done(null, first.address, first.family);
    });
  };
  return { mustBeOpen, lookup };
}

function publicAnd(networks: readonly string[]): AddressRule {
  const isNamed = createNetworkMatch(networks);
  return {
    mayBeLookedUp: () => true,
    findProblem(host, address) {
      const range = isNamed(address) ? undefined : findSpecialRange(address);
      if (range === undefined) return undefined;
      const place = host === address ? address : toReason('name_with_address', { host, address });
      return toReason('address_closed', { place, range, network: toOwnNetwork(address) });
    },
  };
}

/**
 * A listed name may have any address, because the agency controls the names of its own network. Other names are looked
 * up only if a whole network is listed. So no configuration can leak data to a stranger by the names that it looks up.
 */
function onlyReach(hosts: readonly string[]): AddressRule {
  const networks = hosts.filter(isAddress);
  const names = new Set(hosts.filter((host) => !isAddress(host)).map(toPlainName));
  const hasNetworks = networks.some((network) => network.includes('/'));
  const isNamed = createNetworkMatch(networks);
  return {
    mayBeLookedUp: (host) => hasNetworks || names.has(toPlainName(host)),
    findProblem: (host, address) =>
      names.has(toPlainName(host)) || isNamed(address) ? undefined : notAllowed(host),
  };
}

const isAddress = (host: string) => isIP(host.split('/')[0] ?? '') !== 0;

/** True if the text can stand in a list of hosts: a name (RFC 1123, 2.1), an address or a network (CIDR). */
export function isHost(text: string): boolean {
  if (isIP(text) !== 0) return true;
  return text.includes('/')
    ? ipaddr.isValidCIDR(text)
    : /^[\p{L}\p{N}_]([\p{L}\p{N}_.-]*[\p{L}\p{N}_])?\.?$/u.test(text);
}

/** True if a host may be called with this reach. A name inside a listed network can be judged only by its address. */
export function isWithinHosts(host: string, hosts: readonly string[]): boolean {
  const { findProblem, mayBeLookedUp } = onlyReach(hosts);
  return isIP(host) === 0 ? mayBeLookedUp(host) : findProblem(host, host) === undefined;
}

/** The host of a URL as it is looked up and listed. An IPv6 address loses its brackets. */
export const hostOf = (url: string) => new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');

/** Names are compared without letter case and without the dot of the root (RFC 4343, RFC 1034 3.1). */
const toPlainName = (name: string) => name.toLowerCase().replace(/\.$/, '');

const notAllowed = (host: string): Reason => toReason('host_not_allowed_there', { host, same: host });

function toRefusal(
  host: string,
  first: LookupAddress | undefined,
  findProblem: AddressRule['findProblem'],
): Error {
  const problem = first && findProblem(host, first.address);
  return problem ? new AddressRefused(problem) : new ReasonError(toReason('host_without_address', { host }));
}

/**
 * Opens connections for undici, each to a checked address. `readCa`: the authority that is trusted besides those that
 * Node trusts. It is asked for each connection, so that it can change.
 */
export function createGuardedConnector(
  guard: AddressGuard,
  readCa: () => string | undefined = () => undefined,
): buildConnector.connector {
  const { mustBeOpen, lookup } = guard;
  const connectWith = createConnectors(lookup);
  return (options, done) => {
    try {
      mustBeOpen(options.hostname);
      const connect = connectWith(options.protocol === 'https:' ? readCa() : undefined);
      connect(options, (...given) => {
        const [error] = given;
        const code = error ? findCertificateCode(error) : undefined;
        if (!error || !code) return done(...given);
        describeShown(code, options, lookup).then(
          (reason) => done(new CertificateRefused(reason), null),
          () => done(error, null),
        );
      });
    } catch (error) {
      done(error as Error, null);
    }
  };
}

/** Reading all authorities takes a while, so that is done once for each. */
function createConnectors(lookup: LookupFunction): (ca: string | undefined) => buildConnector.connector {
  const plain = buildConnector({ lookup });
  let last: { ca: string; connect: buildConnector.connector } | undefined;
  return (ca) => {
    if (ca === undefined) return plain;
    if (last?.ca !== ca) {
      const secureContext = createSecureContext({ ca: [...rootCertificates, ca] });
      last = { ca, connect: buildConnector({ lookup, secureContext }) };
    }
    return last.connect;
  };
}

/** Looks at the certificate once more, at an address that the guard allows too. */
async function describeShown(
  code: string,
  { hostname, port, servername }: buildConnector.Options,
  lookup: LookupFunction,
): Promise<Reason> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const address = isIP(host) === 0 ? await lookUp(lookup, host) : host;
  const server = { host: address, port: Number(port) || 443, servername: servername || host };
  return describeCertificate(code, { ...server, tls: 'implicit' });
}

const lookUp = (lookup: LookupFunction, host: string): Promise<string> =>
  new Promise((resolve, reject) =>
    lookup(host, {}, (error, address) => (error ? reject(error) : resolve(String(address)))),
  );

/**
 * A socket for drivers that call `connect(port, host)` on it. For a refused address it emits `error` and does not
 * connect.
 */
export function createGuardedSocket({ mustBeOpen, lookup }: AddressGuard): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  const guarded = (port: number | string, host?: string) => {
    try {
      // A driver passes only a path when it uses a Unix socket. That means this machine.
      mustBeOpen(host ?? '127.0.0.1');
    } catch (error) {
      return socket.destroy(error as Error);
    }
    return host === undefined ? connect(String(port)) : connect({ port: Number(port), host, lookup });
  };
  return Object.assign(socket, { connect: guarded as Socket['connect'] });
}
