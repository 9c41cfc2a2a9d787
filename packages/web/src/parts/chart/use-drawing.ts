import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ChartData } from './chart-words.ts'
import type { Drawing, Told } from './drawing.ts'
import { onThemeChange, themeOf } from './theme.ts'

/** Keeps a drawing in a place: loads what draws it, draws what it is given, and anew when the colours change. */
export function useDrawing(data: ChartData, subject: string, told: Told) {
  const onSeen = useEffectEvent(told.onSeen)
  const onBar = useEffectEvent(told.onBar)
  const place = useRef<HTMLDivElement>(null)
  const drawn = useRef<string | null>(null)
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const [failed, setFailed] = useState(false)
  const remake = useRef(() => {})
  useEffect(() => {
    let made: Drawing | null = null
    let isGone = false
    const end = () => {
      made?.end()
      made = null
      setDrawing(null)
    }
    const make = async () => {
      const { createDrawing } = await import('./drawing.ts')
      if (isGone || !place.current) return
      end()
      made = createDrawing(place.current, themeOf(place.current), {
        onSeen: (seen) => onSeen(seen),
        onBar: (index) => onBar(index),
      })
      drawn.current = null
      setDrawing(made)
      setFailed(false)
    }
    remake.current = () => void make().catch(() => setFailed(true))
    remake.current()
    const deaf = onThemeChange(() => remake.current())
    return () => {
      isGone = true
      deaf()
      end()
    }
  }, [])
  const { bars, overlays, panes, zones, levels, marks, fit, intervalMs } = data
  useEffect(() => {
    if (!drawing) return
    drawing.show(
      { bars, overlays, panes, zones, levels, marks, fit, intervalMs } as ChartData,
      drawn.current !== subject,
    )
    if (bars.length > 0) drawn.current = subject
  }, [drawing, subject, bars, overlays, panes, zones, levels, marks, fit, intervalMs])
  return { place, drawing, failed, again: () => remake.current() }
}
