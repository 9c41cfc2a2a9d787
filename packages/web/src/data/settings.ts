import { useQueries } from '@tanstack/react-query'
import type { RecommendationSummary, SettingsExport, UserSettingsShown } from '@pumpiq/api'
import type { Brief, PresetId, SettingsChoice, SettingsPatch } from '@pumpiq/domain'
import { specsOf, type SettingSpec } from '../words/setting-specs.ts'
import { heardOf, type Heard } from '../words/lean.ts'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'
import { queryClient } from './query.ts'

export const settingsKey = ['settings'] as const

export const useSettings = (): Asked<UserSettingsShown> =>
  useAsked(settingsKey, (abort) => client.settings.mine({}, { abort }))

/** What counts now, whoever changed it. */
export const readSettings = async (): Promise<UserSettingsShown> => keep(await client.settings.mine({}))

export const useSettingSpecs = (): Asked<readonly SettingSpec[]> =>
  useAsked('setting-specs', async (abort) => specsOf(await client.settings.schema({}, { abort })))

export type Preset = Awaited<ReturnType<typeof client.settings.presets>>['items'][number]
export const usePresets = (): Asked<{ readonly items: readonly Preset[] }> =>
  useAsked('setting-presets', (abort) => client.settings.presets({}, { abort }))

/** What counts from now on is what was answered. */
function keep(settings: UserSettingsShown): UserSettingsShown {
  queryClient.setQueryData(settingsKey, settings)
  return settings
}

export const changeSettings = async (body: SettingsPatch, ifVersion: number): Promise<UserSettingsShown> =>
  keep(await client.settings.change({ query: { ifVersion }, body }))

export const replaceSettings = async (body: SettingsChoice): Promise<UserSettingsShown> =>
  keep(await client.settings.replace({ body }))

export const resetSettings = async (): Promise<UserSettingsShown> => keep(await client.settings.reset({}))

export const choosePreset = async (preset: PresetId): Promise<UserSettingsShown> =>
  keep(await client.settings.usePreset({ body: { preset } }))

export const exportSettings = (): Promise<SettingsExport> => client.settings.export({})

/** Whatever the file says; the server refuses what is no such document, and says why. */
export const importSettings = async (document: unknown): Promise<UserSettingsShown> =>
  keep(await client.settings.import({ body: document as SettingsExport }))

export type HeardCall = { readonly call: RecommendationSummary; readonly heard: Heard }
export type HeardCalls = {
  readonly calls: readonly HeardCall[]
  readonly awaited: number
  readonly problem: string | null
}

const shownCalls = 8

/** The newest current calls of the house, each with what it heard: its sealed inputs, which stay as they are. */
export function useHeardCalls(): HeardCalls {
  const list = useAsked(
    ['heard-calls'],
    (abort) =>
      client.recommendations.list({ query: { current: 'true', whose: 'house', limit: shownCalls } }, { abort }),
    120_000,
  )
  const items = list.data?.items ?? []
  const asked = useQueries({
    queries: items.map(({ id }) => ({
      queryKey: ['heard', id],
      staleTime: Infinity,
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const { brief } = await client.recommendations.inputs({ params: { id } }, { abort: signal })
        return heardOf(brief as Brief)
      },
    })),
    combine: (results) => results.map(({ data, error }) => ({ heard: data ?? null, error })),
  })
  const isListed = list.data !== null || list.problem !== null
  return {
    calls: items.flatMap((call, i) => {
      const heard = asked[i]?.heard ?? null
      return heard === null ? [] : [{ call, heard }]
    }),
    awaited: isListed ? asked.filter(({ heard, error }) => heard === null && error === null).length : shownCalls,
    problem: list.problem ?? asked.find(({ error }) => error !== null)?.error?.message ?? null,
  }
}
