import { prefix, type Endpoint } from '@pumpiq/api'

/** What an endpoint that is to go says of it in every answer (RFC 9745, RFC 8594); null where it stays. */
export function deprecationHeaders({ deprecated }: Endpoint): Readonly<Record<string, string>> | null {
  if (!deprecated) return null
  const { since, sunset, use } = deprecated
  return {
    deprecation: `@${Math.floor(Date.parse(since) / 1_000)}`,
    sunset: new Date(sunset).toUTCString(),
    link: `<${prefix}${use}>; rel="successor-version"`,
  }
}
