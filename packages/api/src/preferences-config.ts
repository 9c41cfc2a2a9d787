import { z } from 'zod'

const seconds = (least: number) => z.int().min(least).max(86_400)
const whole = z.number().min(0).max(100)
const Single = z.strictObject({
  enabled: z.boolean(),
  weight: whole.optional(),
  description: z.string().max(500).optional(),
})

/** What this server has no choice of, or keeps elsewhere; what it is sent of it is answered by saying so. */
const elsewhere = z.unknown()

/**
 * Settings in the form that other programs of this kind have: groups in snake_case, seconds, and a switch for each mode. `/user/settings`
 * is the form of our own, and has more.
 */
export const PreferencesConfig = z.strictObject({
  system_name: z.string().max(100).optional(),
  version: z.string().max(40).optional(),
  environment: z.enum(['development', 'staging', 'production']).optional(),
  modes: z
    .strictObject({
      news_only_mode: Single.optional(),
      onchain_only_mode: Single.optional(),
      technical_only_mode: Single.optional(),
      social_only_mode: Single.optional(),
      hybrid_mode: z
        .strictObject({
          enabled: z.boolean(),
          weights: z.strictObject({ news: whole, onchain: whole, technical: whole, social: whole }).optional(),
          description: z.string().max(500).optional(),
        })
        .optional(),
    })
    .optional(),
  user_preferences: z
    .strictObject({
      risk_tolerance: z.string().max(40).optional(),
      investment_timeframe: z.string().max(40).optional(),
      portfolio_size_category: z.enum(['small', 'medium', 'large']).optional(),
      max_recommendations: z.int().min(1).max(50).optional(),
      min_confidence_score: z.number().min(0).max(1).optional(),
      notification_settings: z
        .strictObject({
          email_enabled: z.boolean().optional(),
          push_enabled: z.boolean().optional(),
          sms_enabled: z.boolean().optional(),
          notification_frequency: z.enum(['realtime', 'hourly', 'daily', 'off']).optional(),
          min_confidence_for_notification: z.number().min(0).max(1).optional(),
        })
        .optional(),
    })
    .optional(),
  data_refresh_intervals: z
    .strictObject({
      news_collector: seconds(60).optional(),
      onchain_collector: seconds(60).optional(),
      technical_collector: seconds(30).optional(),
      social_collector: seconds(60).optional(),
      ai_analysis: seconds(10).optional(),
    })
    .optional(),
  cache_settings: z
    .strictObject({
      news_cache_ttl: seconds(60).optional(),
      onchain_cache_ttl: seconds(60).optional(),
      technical_cache_ttl: seconds(30).optional(),
      social_cache_ttl: seconds(60).optional(),
      api_response_cache_ttl: seconds(10).optional(),
    })
    .optional(),
  ai_engine: z
    .strictObject({
      provider: z.string().max(100).optional(),
      model: z.string().max(200).optional(),
      temperature: z.number().min(0).max(2).optional(),
      max_tokens: z.int().min(100).max(8_000).optional(),
      top_p: z.number().min(0.01).max(1).nullable().optional(),
      frequency_penalty: z.number().min(-2).max(2).optional(),
      presence_penalty: z.number().min(-2).max(2).optional(),
    })
    .optional(),
  trading_parameters: z
    .strictObject({
      max_position_size_percent: z.number().min(0.1).max(100).optional(),
      stop_loss_percent: z.number().min(0.1).max(100).nullable().optional(),
      take_profit_levels: z.array(z.number().min(0.1).max(1000)).length(3).nullable().optional(),
      min_market_cap: z.number().min(0).max(1e14).optional(),
      max_market_cap: z.number().min(0).max(1e14).nullable().optional(),
      min_liquidity: z.number().min(0).max(1e14).optional(),
    })
    .optional(),
  dexscreener_specific: z
    .strictObject({
      min_bonding_curve_percent: whole.optional(),
      max_bonding_curve_percent: whole.optional(),
      preferred_bonding_range: z.array(whole).length(2).nullable().optional(),
    })
    .optional(),
  api_settings: elsewhere.optional(),
  database: elsewhere.optional(),
  logging: elsewhere.optional(),
})
export type PreferencesConfig = z.output<typeof PreferencesConfig>
