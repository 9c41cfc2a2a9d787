import { canonical, sealedBody, type Recommendation } from '@pumpiq/domain'

export type Verdict = { readonly holds: boolean; readonly computed: string }

async function sha256Hex(text: string): Promise<string> {
  // Browsers hash only where the page cannot have been altered on its way.
  if (!globalThis.crypto?.subtle) throw new Error('this browser computes hashes on https and on localhost only')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The seal computed again, here, from what is on the screen: SHA-256 of `prevHash`, a newline and the canonical JSON of the document. */
export async function verifySeal(recommendation: Recommendation): Promise<Verdict> {
  if (!recommendation.seal) throw new Error('this recommendation bears no seal')
  const computed = await sha256Hex(`${recommendation.seal.prevHash}\n${canonical(sealedBody(recommendation))}`)
  return { holds: computed === recommendation.seal.hash, computed }
}

/** Whether the inputs that are shown are those the recommendation was sealed with. */
export async function verifyInputs(brief: unknown, inputsHash: string): Promise<Verdict> {
  const computed = await sha256Hex(canonical(brief))
  return { holds: computed === inputsHash, computed }
}
