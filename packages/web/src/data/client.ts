import { createClient } from '@pumpiq/api'

const hearers = new Set<() => void>()

/** Tells of each change that was refused because nobody, or nobody any more, is signed in. Returns how to stop. */
export function onSignedOut(hear: () => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}

/** The only way to data: the typed client on the origin that served the page. What fails is shown at once; pages ask again by themselves. */
export const client = createClient({
  baseUrl: location.origin,
  retries: 0,
  onAnswer({ status, method, path }) {
    // What is below /auth says itself, where it is asked, that a password or a code is not right.
    if (status === 401 && method !== 'GET' && !path.startsWith('/auth/')) for (const hear of hearers) hear()
  },
})
