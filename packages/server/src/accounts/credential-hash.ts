import { createHash } from 'node:crypto'

/** What is kept of a credential that is random and long: its SHA-256 as base64url, as the library keeps API keys. */
export const credentialHash = (text: string): string => createHash('sha256').update(text).digest('base64url')
