import type { Dispute, Levels, Shown } from '@pumpiq/domain'
import type { Tx } from '../db/db.ts'
import type { Following } from './following.ts'
import { judgeFollowing, type Judged } from './judged.ts'
import { mixed } from './merge.ts'
import type { Group, OpenCalls } from './open-calls.ts'
import type { createRemembered } from './remembered.ts'
import { callEventsOf, type CallEvent, type Tell } from './tell.ts'
import type { Verdicts } from './verdicts.ts'

type Needs = {
  open: OpenCalls
  remembered: ReturnType<typeof createRemembered>
  /** Null: the venue is believed whatever it tells. */
  verdicts: Verdicts | null
  tell: Tell
}

/** What a look found, to be acted upon once its transaction is committed. */
export type Looked = {
  readonly ended: readonly { readonly call: Following; readonly judged: Judged }[]
  readonly moves: readonly { readonly id: string; readonly levels: Levels; readonly events: number }[]
  readonly disputes: readonly Dispute[]
}

type Seen = {
  /** What its candles showed since the last look, or `all` where every call may be concerned. */
  readonly shown: Shown | 'all'
  /** The close of the newest candle kept, and the instant up to which the market is known by that; epoch ms. */
  readonly knownUntil: number
  readonly asOf: number
}

export type Look = ReturnType<typeof createLook>

/** Judges the calls of a series that its news touch, and tells what happened to those that stay open. */
export function createLook({ open, remembered, verdicts, tell }: Needs) {
  /** Events of open calls told since this process follows them. */
  const told = new Map<string, number>()

  return {
    /** In the transaction that keeps what is looked at. */
    async in(tx: Tx, group: Group, { shown, knownUntil, asOf }: Seen): Promise<Looked> {
      const calls = open.touched(group.key, shown)
      const ended: { call: Following; judged: Judged }[] = []
      const moves: { id: string; levels: Levels; events: number }[] = []
      const disputes = new Map<number, Dispute>()
      const happened: CallEvent[] = []
      if (calls.length > 0) {
        const known = await remembered.of(open.group(group.key) ?? group, knownUntil, tx)
        const found = verdicts && (await verdicts.of(group.key, group, tx))
        for (const call of calls) {
          const mix = mixed(known.minute, known.hour, call.plan)
          const judgement = judgeFollowing(call, { ...mix, asOf, verdicts: found })
          if (judgement.ended) ended.push({ call, judged: judgement.ended })
          else {
            const { events, levels, dispute } = judgement
            const news = callEventsOf(call.id, { status: 'OPEN', at: null, events }).slice(
              shown === 'all' ? 0 : (told.get(call.id) ?? 0),
            )
            happened.push(...news)
            moves.push({ id: call.id, levels, events: events.length })
            if (dispute) disputes.set(dispute.openAt, dispute)
          }
        }
      }
      if (happened.length > 0) await tell(tx, happened)
      return { ended, moves, disputes: [...disputes.values()] }
    },
    /** It was committed. */
    done({ moves }: Looked): void {
      for (const { id, levels, events } of moves) {
        open.move(id, levels)
        if (events > (told.get(id) ?? 0)) told.set(id, events)
      }
    },
    drop(id: string): void {
      told.delete(id)
      open.drop(id)
    },
    clear(): void {
      told.clear()
      open.clear()
      remembered.clear()
      verdicts?.clear()
    },
  }
}
