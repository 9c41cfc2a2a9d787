import type { ModelEnding } from '@pumpiq/domain'
import { z } from 'zod'
import type { Fetch } from '../network/fetch.ts'
import type { ModelSettings } from './settings.ts'
import { understood } from './wire.ts'

/** What a server says of one of its models without being asked anything that costs. */
export type Probed =
  | { readonly ok: true; readonly shutdown: string | null }
  | { readonly ok: false; readonly ending: ModelEnding; readonly status: number | null }

const Listed = z.looseObject({ id: z.string(), shutdown_date: z.iso.date().nullish().catch(null) })

/** Asks `/models/ID`, which OpenAI and most servers of its kind answer. */
export async function probeModel(
  { fetch: send, settings }: { fetch: Fetch; settings: ModelSettings },
  model: string,
  abort: AbortSignal,
): Promise<Probed> {
  const url = `${settings.baseUrl}/models/${model.split('/').map(encodeURIComponent).join('/')}`
  const headers = { authorization: `Bearer ${settings.key?.reveal() ?? 'none'}` }
  try {
    const response = await send(new Request(url, { headers, signal: abort }))
    const text = await response.text()
    const listed = response.ok ? Listed.safeParse(json(text)) : null
    if (listed?.success) return { ok: true, shutdown: listed.data.shutdown_date ?? null }
    const { ending, status } = understood({ status: response.status, headers: response.headers, text }, 0)
    return { ok: false, ending, status }
  } catch {
    return { ok: false, ending: abort.aborted ? 'slow' : 'unreachable', status: null }
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
