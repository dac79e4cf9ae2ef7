import { isIP } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';
import { type Reason, toReason } from '../../../schemas/reason.ts';

type Address = IPv4 | IPv6;

/**
 * Our words for ranges outside the public internet, by the library's names. Other ranges are shown by the library's
 * name.
 */
const rangeNames: Record<string, Reason> = {
  unspecified: toReason('range_this_host'),
  loopback: toReason('range_loopback'),
  private: toReason('range_private'),
  uniqueLocal: toReason('range_unique_local'),
  linkLocal: toReason('range_link_local'),
  carrierGradeNat: toReason('range_carrier'),
};

/** IANA's global unicast range: "Internet Protocol Version 6 Address Space"; RFC 4291, section 2.4. */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [IPv6, number];
/** The range into which a NAT64 maps all of IPv4 (RFC 6052, section 2.1). */
const nat64 = ipaddr.parseCIDR('64:ff9b::/96') as [IPv6, number];

/**
 * Why an address does not belong to the public internet, in a few words. Undefined: it does.
 *
 * Public is what IANA's special-purpose registries (RFC 6890 and its updates) leave over. For an IPv4 address inside an
 * IPv6 one (mapped, or behind a NAT64), the IPv4 address is judged. Tunnels (6to4, Teredo) are not public, because
 * nobody can judge the address behind them.
 */
export function findSpecialRange(text: string): Reason | undefined {
  if (isIP(text) === 0) return toReason('range_no_address');
  const address = unwrap(ipaddr.parse(text));
  const range = address.range();
  if (range !== 'unicast') return rangeNames[range] ?? toReason('range_reserved', { range });
  return isIPv4(address) || address.match(globalUnicast) ? undefined : toReason('range_not_given');
}

/**
 * Creates a check whether an address lies in one of the networks (CIDR, or a single address). Throws for text that is
 * neither.
 */
export function createNetworkMatch(networks: readonly string[]): (text: string) => boolean {
  const ranges = networks.map((text) => ipaddr.parseCIDR(text.includes('/') ? text : toOwnNetwork(text)));
  return (text) => {
    if (isIP(text) === 0) return false;
    const address = unwrap(ipaddr.parse(text));
    return ranges.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
  };
}

/** The network that consists of this one address, as written in the configuration. */
export function toOwnNetwork(text: string): string {
  const address = unwrap(ipaddr.parse(text));
  return `${address.toString()}/${isIPv4(address) ? 32 : 128}`;
}

function unwrap(address: Address): Address {
  if (isIPv4(address)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(nat64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

const isIPv4 = (address: Address): address is IPv4 => address.kind() === 'ipv4';
