import ipaddr from 'ipaddr.js';

export interface Network {
  address: ipaddr.IPv4 | ipaddr.IPv6;
  bits: number;
}

/** A network in CIDR form, or one address; undefined where it is neither. */
export function networkOf(text: string): Network | undefined {
  if (ipaddr.isValidCIDR(text)) {
    const [address, bits] = ipaddr.parseCIDR(text);
    return { address, bits };
  }
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return { address, bits: address.kind() === 'ipv4' ? 32 : 128 };
}

/**
 * Whether a server may be asked at this address because somebody outside named it. Public addresses are; those of
 * IANA's special-purpose registries (loopback, private, link-local, shared, tunnels to IPv4, …) are only where the
 * operator listed their network.
 */
export function isPermitted(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return (parsed.range() === 'unicast' && isAssigned(parsed)) || isListed(address, networks);
}

/** Whether the operator listed its network. What goes out without TLS goes nowhere else. */
export function isListed(address: string, networks: readonly Network[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address in IPv6's clothes is judged as what it reaches.
  const parsed = ipaddr.process(address);
  return networks.some(({ address: network, bits }) => network.kind() === parsed.kind() && parsed.match(network, bits));
}

/** Of IPv6 only 2000::/3 is given out; the rest has old meanings, some of them an IPv4 address within. */
function isAssigned(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === 'ipv4' || (address.toByteArray()[0] ?? 0) >> 5 === 1;
}
