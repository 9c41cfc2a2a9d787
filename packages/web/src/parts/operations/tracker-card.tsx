import type { Health } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { tokenPath, Link } from '../../paths.tsx'
import { followingSentence } from '../../words/following.ts'
import { figure, relative, span } from '../../words/show.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { Panel } from '../kit/panel.tsx'
import { Stacked, StackedBody, StackedCell, StackedHead, StackedRow } from '../kit/stacked.tsx'
import { Figures } from './figures.tsx'

const text = operationsTexts.overview

/** How far the following of calls is behind, on what, and why. */
export const TrackerCard = ({ asked, now }: { asked: Asked<Health>; now: number }) => (
  <Panel title={text.tracker} asked={asked} rows={5}>
    {({ tracker }) => (
      <div className="grid gap-4">
        <p className="text-sm">{followingSentence(tracker)}</p>
        <Figures
          items={[
            { name: text.lag, value: tracker.lagMs === null ? operationsTexts.none : span(tracker.lagMs) },
            { name: text.open, value: figure(tracker.open) },
          ]}
        />
        {tracker.behind.length === 0 ? (
          <p className="text-sm text-ink-2">{text.noneBehind}</p>
        ) : (
          <Stacked caption={text.behindCaption} heads={Object.values(text.behind)}>
            <StackedBody>
              {tracker.behind.map(({ token, source, knownUntil, why }) => (
                <StackedRow key={`${token} ${source}`}>
                  <StackedHead>
                    <Link to={tokenPath(token)} className="break-all text-accent">
                      {token}
                    </Link>
                  </StackedHead>
                  <StackedCell name={text.behind.source}>{source}</StackedCell>
                  <StackedCell name={text.behind.known}>
                    {knownUntil === null ? text.nothingKnown : relative(Date.parse(knownUntil), now)}
                  </StackedCell>
                  <StackedCell name={text.behind.why}>{why ?? text.stillRead}</StackedCell>
                </StackedRow>
              ))}
            </StackedBody>
          </Stacked>
        )}
      </div>
    )}
  </Panel>
)
