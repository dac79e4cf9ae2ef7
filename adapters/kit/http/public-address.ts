import { isIP } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';
import { type Reason, toReason } from '../../../schemas/reason.ts';

type Address = IPv4 | IPv6;

/** The words for a range that is not part of the public internet, by the library's names; others name themselves. */
const rangeNames: Record<string, Reason> = {
  unspecified: toReason('range_this_host'),
  loopback: toReason('range_loopback'),
  private: toReason('range_private'),
  uniqueLocal: toReason('range_unique_local'),
  linkLocal: toReason('range_link_local'),
  carrierGradeNat: toReason('range_carrier'),
};

/** What IANA has given out as global unicast: "Internet Protocol Version 6 Address Space"; RFC 4291, section 2.4. */
const globalUnicast = ipaddr.parseCIDR('2000::/3') as [IPv6, number];
/** Where a NAT64 puts all of IPv4 (RFC 6052, section 2.1). */
const nat64 = ipaddr.parseCIDR('64:ff9b::/96') as [IPv6, number];

/**
 * Why an address is not one of the public internet, in a few words; undefined: it is one. Public is what IANA's
 * special-purpose registries (RFC 6890 and its updates) leave over. Of an IPv4 address inside an IPv6 one (mapped, or
 * behind a NAT64) that address counts; tunnels to addresses that nobody can judge (6to4, Teredo) are not public.
 */
export function findSpecialRange(text: string): Reason | undefined {
  if (isIP(text) === 0) return toReason('range_no_address');
  const address = unwrap(ipaddr.parse(text));
  const range = address.range();
  if (range !== 'unicast') return rangeNames[range] ?? toReason('range_reserved', { range });
  return isIPv4(address) || address.match(globalUnicast) ? undefined : toReason('range_not_given');
}

/** Whether an address lies in one of the networks (CIDR, or a single address). Throws for what is neither. */
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

/** The network of this one address, as one writes it into the configuration. */
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
