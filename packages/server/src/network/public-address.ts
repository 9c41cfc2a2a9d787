import ipaddr from 'ipaddr.js'

/** Prefixes of IPv6 that stand for the IPv4 address in their last 32 bits: mapped (RFC 4291) and translated by NAT64 (RFC 6052). */
const carriers = ['::ffff:0:0/96', '64:ff9b::/96'].map((network) => ipaddr.IPv6.parseCIDR(network))
/** The only space that is given out to the public (IANA). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an IP address, in its plain form, is one of the public internet. Refused is what leads inward (loopback, private, link-local,
 * shared, unique local), what leads to many or none (multicast, broadcast, unspecified, reserved, documentation, benchmarks), and every
 * tunnel whose address hides another (6to4, Teredo, ISATAP, IPv4-compatible). Texts that are no plain address are not public.
 */
export function isPublicAddress(text: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).range() === 'unicast'
  // A zone (fe80::1%eth0) names an interface of this machine.
  if (!text.includes(':') || text.includes('%') || !URL.canParse(`https://[${text}]/`)) return false
  // The one spelling of RFC 5952: ipaddr.js takes ::8.8.8.8 for ::ffff:8.8.8.8, systems do not.
  const address = ipaddr.IPv6.parse(new URL(`https://[${text}]/`).hostname.slice(1, -1))
  if (carriers.some((network) => address.match(network)))
    return isPublicAddress(address.toByteArray().slice(-4).join('.'))
  return address.match(globalUnicast) && address.range() === 'unicast' && !isIsatap(address)
}

/** RFC 5214: ...:0:5efe:a.b.c.d or ...:200:5efe:a.b.c.d under any prefix. */
const isIsatap = ({ parts }: ipaddr.IPv6): boolean => (parts[4]! & 0xfdff) === 0 && parts[5] === 0x5efe
