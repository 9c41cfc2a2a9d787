import { useState } from 'react'
import {
  compare,
  isFailure,
  price,
  showPrice,
  sizeBounds,
  sizeWithin,
  type Price,
  type Recommendation,
  type SizeBounds,
} from '@pumpiq/domain'
import type { FollowedRecommendation, UserSettingsShown } from '@pumpiq/api'
import { useLocalPreferences } from '../../platform/preferences.ts'
import { inOwnCurrency } from '../../words/money.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Fact } from '../kit/fact.tsx'
import { TextField } from '../kit/field.tsx'
import { Plain, Row, Rows } from './rows.tsx'

type Size = NonNullable<Recommendation['positionSize']>
type Props = {
  call: Recommendation
  following: FollowedRecommendation | null
  settings: UserSettingsShown | null
  isSignedIn: boolean
}
type Typed = { readonly portfolio: string; readonly risk: string; readonly most: string }

/** How much of it: what fits who is here, or what the call was sealed with; and anew for whatever portfolio and risk are typed. */
export function SizeCard({ call, following, settings, isSignedIn }: Props) {
  const [typed, type] = useState<Typed | null>(null)
  const { entry, stopLoss } = call
  if (!entry || stopLoss === null) return null
  const bounds = boundsOf(call, settings)
  const shown: Typed = typed ?? {
    portfolio: bounds.portfolioQuote,
    risk: String(bounds.riskPct),
    most: String(bounds.maxPositionPct),
  }
  const problems = problemsOf(shown)
  const isSound = problems.portfolio === null && problems.risk === null && problems.most === null
  const told = toldSize(call, following)
  const worst = call.type === 'BUY' ? entry.high : entry.low
  const size = typed === null ? told.size : isSound ? sizeWithin(saidBounds(shown, bounds), worst, stopLoss) : null
  const change = (name: keyof Typed) => (event: { target: { value: string } }) =>
    type({ ...shown, [name]: event.target.value })
  return (
    <Card
      title={text.size}
      hint={typed ? text.sizeEdited : told.of === 'following' ? text.sizeHint : text.sizeHouse}
      actions={
        typed && (
          <Button small onClick={() => type(null)}>
            {text.sizeBack}
          </Button>
        )
      }
    >
      <div className="grid gap-3">
        <div className="grid grid-cols-2 gap-2">
          <TextField
            className="col-span-2"
            label={text.portfolio}
            inputMode="decimal"
            autoComplete="off"
            value={shown.portfolio}
            onChange={change('portfolio')}
            problem={problems.portfolio}
          />
          <TextField
            label={text.risk}
            inputMode="decimal"
            autoComplete="off"
            value={shown.risk}
            onChange={change('risk')}
            problem={problems.risk}
          />
          <TextField
            label={text.most}
            inputMode="decimal"
            autoComplete="off"
            value={shown.most}
            onChange={change('most')}
            problem={problems.most}
          />
        </div>
        <div aria-live="polite">
          {size ? (
            <Figures size={size} symbol={call.symbol} of={typed ? null : told} />
          ) : (
            isSound && <p className="text-sm">{text.sizeNone}</p>
          )}
        </div>
        <p className="text-xs text-ink-3">
          {text.sizeWhy} {!isSignedIn && text.signedOutSize}
        </p>
      </div>
    </Card>
  )
}

type ToldSize = { readonly of: 'following' | 'recommendation'; readonly at: string; readonly size: Size | null }

const toldSize = (call: Recommendation, following: FollowedRecommendation | null): ToldSize =>
  following?.size
    ? { of: 'following', at: 'size', size: following.size }
    : { of: 'recommendation', at: 'positionSize', size: call.positionSize }

/** Those of whoever is here; else those of a call of the house. */
function boundsOf({ costs, riskTolerance }: Recommendation, settings: UserSettingsShown | null): SizeBounds {
  const own = settings?.settings
  if (!own) return sizeBounds({ portfolioQuote: housePortfolio, riskTolerance, costs })
  return sizeBounds({
    portfolioQuote: own.portfolio.quote,
    riskTolerance: own.riskTolerance,
    costs: own.costs,
    limits: own.trading,
  })
}

const housePortfolio = '10000' as Price

const saidBounds = (typed: Typed, bounds: SizeBounds): SizeBounds => ({
  ...bounds,
  portfolioQuote: price(typed.portfolio),
  riskPct: Number(typed.risk),
  maxPositionPct: Number(typed.most),
})

const problemsOf = ({ portfolio, risk, most }: Typed) => ({
  portfolio: isAmount(portfolio) ? null : text.badAmount,
  risk: isPercent(risk) ? null : text.badPercent(100),
  most: isPercent(most) ? null : text.badPercent(100),
})

const isPercent = (said: string): boolean =>
  /^\d{1,3}(\.\d{1,4})?$/.test(said.trim()) && Number(said) > 0 && Number(said) <= 100

function isAmount(said: string): boolean {
  if (!/^\d{1,15}(\.\d{1,8})?$/.test(said.trim())) return false
  try {
    return compare(price(said), '0' as Price) > 0
  } catch (thrown) {
    if (isFailure(thrown)) return false
    throw thrown
  }
}

/** `of`: which answer of the API tells them; null where they are computed here. */
function Figures({ size, symbol, of }: { size: Size; symbol: string; of: ToldSize | null }) {
  const figure = (name: keyof Size, shown: string) =>
    of ? (
      <Fact of={of.of} at={`${of.at}.${name}`} title={String(size[name])}>
        {shown}
      </Fact>
    ) : (
      <Plain>{shown}</Plain>
    )
  return (
    <Rows>
      <Row name={text.amount}>
        <b className="text-base">{figure('quoteAmount', showPrice(size.quoteAmount))} USD</b>
        <InOwn usd={size.quoteAmount} />
      </Row>
      <Row name={text.units}>
        {figure('units', showPrice(size.units))} <bdi data-plain>{symbol}</bdi>
      </Row>
      <Row name={text.worst}>
        <span className="text-sell">{figure('worstCaseLossQuote', showPrice(size.worstCaseLossQuote))} USD</span>
        <InOwn usd={size.worstCaseLossQuote} />
      </Row>
      <Row name={text.limitedBy}>{text.limits[size.limitedBy]}</Row>
    </Rows>
  )
}

/** The same in the reader's currency, at his own rate. */
function InOwn({ usd }: { usd: Price }) {
  // What he chooses in another tab or part is seen here at once.
  useLocalPreferences()
  const own = inOwnCurrency(usd)
  if (own === null) return null
  return (
    <span className="block text-xs text-ink-3" data-plain>
      {own} {text.atYourRate}
    </span>
  )
}
