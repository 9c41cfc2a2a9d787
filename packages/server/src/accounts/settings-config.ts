import {
  kinds,
  settingAt,
  SettingsPatch,
  settingsOf,
  withPatch,
  type Kind,
  type Mode,
  type SettingPath,
  type Settings,
  type SettingsChoice,
  type Timeframe,
} from '@pumpiq/domain'
import { Failure } from '@pumpiq/domain'
import { PreferencesConfig } from '@pumpiq/api'

/** What of notices such a config tells and says. */
export type Hearing = {
  readonly digest: 'realtime' | 'hourly' | 'daily' | 'off'
  readonly minConfidence: number
  /** The kinds of channels that are switched on. */
  readonly channels: readonly string[]
}

/** A field of the config under its path, and the setting that it is; `per` is how much of our unit one of theirs is. */
type Field = { readonly field: string; readonly path: SettingPath; readonly per: number }

const field = (name: string, path: SettingPath, per = 1): Field => ({ field: name, path, per })
const perSecond = 1_000

const fields: readonly Field[] = [
  field('user_preferences.risk_tolerance', 'riskTolerance'),
  field('user_preferences.portfolio_size_category', 'portfolio.sizeCategory'),
  field('user_preferences.max_recommendations', 'maxRecommendations'),
  field('user_preferences.min_confidence_score', 'minConfidence'),
  ...kinds.map((kind) => field(`data_refresh_intervals.${kind}_collector`, `refreshMs.${kind}`, perSecond)),
  field('data_refresh_intervals.ai_analysis', 'ttlMs.answer', perSecond),
  ...kinds.map((kind) => field(`cache_settings.${kind}_cache_ttl`, `ttlMs.${kind}`, perSecond)),
  field('ai_engine.temperature', 'model.temperature'),
  field('ai_engine.max_tokens', 'model.maxOutputTokens'),
  field('ai_engine.top_p', 'model.topP'),
  field('trading_parameters.max_position_size_percent', 'trading.maxPositionPct'),
  field('trading_parameters.stop_loss_percent', 'trading.maxStopPct'),
  field('trading_parameters.take_profit_levels', 'trading.takeProfitPct'),
  field('trading_parameters.min_market_cap', 'tokens.minMarketCapUsd'),
  field('trading_parameters.max_market_cap', 'tokens.maxMarketCapUsd'),
  field('trading_parameters.min_liquidity', 'tokens.minLiquidityUsd'),
  field('dexscreener_specific.min_bonding_curve_percent', 'tokens.minBondingCurvePct'),
  field('dexscreener_specific.max_bonding_curve_percent', 'tokens.maxBondingCurvePct'),
  field('dexscreener_specific.preferred_bonding_range', 'tokens.preferredBondingCurvePct'),
]

const others: readonly { readonly field: string; readonly path: SettingPath }[] = [
  { field: 'modes', path: 'mode' },
  { field: 'modes.hybrid_mode.weights', path: 'weights' },
  { field: 'user_preferences.investment_timeframe', path: 'timeframe' },
]

const timeframeWord: Readonly<Record<Timeframe, string>> = {
  SCALP: 'scalping',
  DAY_TRADE: 'day_trading',
  SWING: 'swing_trading',
  LONG_TERM: 'long_term',
}

const modeField = (kind: Kind) => `${kind}_only_mode` as const

/** Settings as they count, in the form of the config. */
export function configOf(settings: Settings, hearing: Hearing): PreferencesConfig {
  const document: Record<string, Record<string, unknown>> = {}
  const put = (name: string, value: unknown) => {
    const [group, key] = name.split('.') as [string, string]
    document[group] = { ...document[group], [key]: value }
  }
  for (const { field: name, path, per } of fields) {
    const value = settingAt(settings, path)
    put(name, per === 1 ? value : Math.round((value as number) / per))
  }
  for (const kind of kinds) put(`modes.${modeField(kind)}`, { enabled: settings.mode === `${kind}-only`, weight: 100 })
  put('modes.hybrid_mode', { enabled: settings.mode === 'hybrid', weights: settings.weights })
  put('user_preferences.investment_timeframe', timeframeWord[settings.timeframe])
  put('user_preferences.notification_settings', {
    email_enabled: hearing.channels.includes('email'),
    push_enabled: hearing.channels.includes('web-push'),
    sms_enabled: false,
    notification_frequency: hearing.digest,
    min_confidence_for_notification: hearing.minConfidence,
  })
  return PreferencesConfig.parse({ system_name: 'PumpIQ', version: '1.0.0', ...document })
}

const at = (config: PreferencesConfig, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], config)

type Told = { readonly choice: SettingsChoice; readonly hearing: Partial<Pick<Hearing, 'digest' | 'minConfidence'>> }

/**
 * What a config says, over a user's choices: what it tells as it is counts as not chosen anew, so that a config which is read and sent back
 * changes nothing; what it does not name is taken back. Choices that it has no word for stay.
 */
export function choiceOfConfig(config: PreferencesConfig, before: SettingsChoice, effective: Settings): Told {
  const values = new Map<SettingPath, unknown>(fields.map((one) => [one.path, valueOf(one, config, effective)]))
  values.set('mode', modeIn(config))
  values.set('weights', config.modes?.hybrid_mode?.weights)
  values.set('timeframe', config.user_preferences?.investment_timeframe)
  const change = SettingsPatch.safeParse(
    settingsOf((path) => (values.has(path) ? (values.get(path) ?? null) : undefined)),
  )
  if (!change.success) throw refusal(change.error.issues, config)
  const isAsItIs = (path: SettingPath) => isSame(settingAt(change.data, path) ?? null, settingAt(effective, path))
  // It follows the risk unless it is chosen: told beside another risk, it is chosen.
  const stays = (path: SettingPath) => isAsItIs(path) && (path !== 'minConfidence' || isAsItIs('riskTolerance'))
  const moved = settingsOf((path) => {
    const value = settingAt(change.data, path)
    return value !== undefined && value !== null && stays(path) ? undefined : value
  })
  const told = config.user_preferences?.notification_settings
  return {
    choice: withPatch(before, moved),
    hearing: {
      ...(told?.notification_frequency !== undefined && { digest: told.notification_frequency }),
      ...(told?.min_confidence_for_notification !== undefined && {
        minConfidence: told.min_confidence_for_notification,
      }),
    },
  }
}

/** In our unit; what is told as it is shown, in whole units of theirs, is what counts to the last of ours. */
function valueOf({ field: name, path, per }: Field, config: PreferencesConfig, effective: Settings): unknown {
  const value = at(config, name)
  if (per === 1 || typeof value !== 'number') return value
  const now = settingAt(effective, path) as number
  return value === Math.round(now / per) ? now : value * per
}

const isSame = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

/** One single mode or hybrid, never both: two that are switched on would not say what counts. */
function modeIn({ modes }: PreferencesConfig): Mode | undefined {
  if (!modes) return undefined
  const on = [
    ...(modes.hybrid_mode?.enabled ? ['hybrid' as const] : []),
    ...kinds.filter((kind) => modes[modeField(kind)]?.enabled).map((kind) => `${kind}-only` as const),
  ]
  if (on.length === 1) return on[0]
  const said = on.length === 0 ? 'none is' : `${on.join(' and ')} are`
  throw new Failure('invalid', `modes is not allowed: ${said} enabled; one single mode or hybrid_mode is asked for`)
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

/** In the words that were sent: the field, its value, what is allowed. */
function refusal(issues: readonly Issue[], config: PreferencesConfig): Failure {
  const sentences = issues.map(({ path, message }) => {
    const ours = path.map(String).join('.')
    const found = [...fields, ...others].find((one) => ours === one.path || ours.startsWith(`${one.path}.`))
    const name = found?.field ?? ours
    return `${name} ${JSON.stringify(at(config, name))} is not allowed: ${message}`
  })
  return new Failure('invalid', sentences.join('; '))
}

const idle: readonly { readonly field: string; readonly why: string }[] = [
  { field: 'environment', why: 'the operator says how it runs' },
  { field: 'cache_settings.api_response_cache_ttl', why: 'answers are kept as long as each endpoint says' },
  { field: 'ai_engine.provider', why: 'the operator chooses the model' },
  { field: 'ai_engine.model', why: 'the operator chooses the model' },
  { field: 'ai_engine.frequency_penalty', why: 'the model is not asked with penalties' },
  { field: 'ai_engine.presence_penalty', why: 'the model is not asked with penalties' },
  { field: 'api_settings', why: 'limits follow the tier' },
  { field: 'database', why: 'the operator chooses the database' },
  { field: 'logging', why: 'the operator chooses the log' },
]

const channelFields = ['email_enabled', 'push_enabled', 'sms_enabled'] as const

/** What was sent that does nothing here. */
export function notAppliedOf(config: PreferencesConfig, hearing: Hearing): { field: string; why: string }[] {
  const shown = {
    email_enabled: hearing.channels.includes('email'),
    push_enabled: hearing.channels.includes('web-push'),
    sms_enabled: false,
  }
  const told = config.user_preferences?.notification_settings
  const channels = channelFields.filter((name) => told?.[name] !== undefined && told[name] !== shown[name])
  const weighed = kinds.filter((kind) => (config.modes?.[modeField(kind)]?.weight ?? 100) !== 100)
  return [
    ...idle.filter(({ field: name }) => at(config, name) !== undefined),
    ...weighed.map((kind) => ({ field: `modes.${modeField(kind)}.weight`, why: 'a single mode has all the weight' })),
    ...channels.map((name) => ({
      field: `user_preferences.notification_settings.${name}`,
      why:
        name === 'sms_enabled'
          ? 'there is no such channel'
          : 'channels are added and removed at /user/notifications/channels',
    })),
  ]
}
