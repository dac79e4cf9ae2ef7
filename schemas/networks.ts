import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Reads a network in CIDR notation, or a single address. Undefined: the text is neither. */
export function toNetwork(
  text: string,
): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  const prefix = length === undefined ? longest : Number(length);
  if (!/^\d{1,3}$/.test(length ?? '0') || prefix > longest) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/**
 * Creates a check whether an address lies in one of the networks. An IPv4 address that a dual-stack socket shows as
 * ::ffff:… counts as IPv4. Text that is no address lies in no network.
 */
export function createNetworkCheck(networks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const text of networks) {
    const network = toNetwork(text);
    if (network) list.addSubnet(network.address, network.prefix, network.family);
  }
  return (address = '') => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}

/** The addresses that belong to one caller. A caller with one IPv6 address has the whole /64 around it (RFC 6177). */
export function toNeighbourhood(text: string): string {
  if (!ipaddr.isValid(text)) return text;
  const address = ipaddr.process(text);
  return address.kind() === 'ipv4' ? address.toString() : address.toByteArray().slice(0, 8).join('.');
}
