import type { ChartTone } from './chart-words.ts'

/** The colours of the pages as a canvas understands them. */
export type ChartTheme = Readonly<Record<ChartTone | 'card' | 'line' | 'line2' | 'ink2', string>> & {
  readonly font: string
}

const names = {
  buy: '--buy',
  sell: '--sell',
  hold: '--hold',
  avoid: '--avoid',
  accent: '--accent',
  ink: '--ink',
  muted: '--ink-3',
  card: '--card',
  line: '--line',
  line2: '--line-2',
  ink2: '--ink-2',
} as const

/** A variable says a colour for day and night; what it comes to here is asked of an element that wears it. */
export function themeOf(place: HTMLElement): ChartTheme {
  const probe = document.createElement('span')
  place.append(probe)
  const colours = Object.entries(names).map(([name, variable]) => {
    probe.style.color = `var(${variable})`
    return [name, getComputedStyle(probe).color] as const
  })
  probe.remove()
  return {
    ...(Object.fromEntries(colours) as Record<keyof typeof names, string>),
    font: getComputedStyle(place).fontFamily,
  }
}

/** The colour, as much seen through as `alpha` says. */
export const faded = (colour: string, alpha: number): string =>
  colour.replace(/^rgba?\((\d+), (\d+), (\d+).*\)$/, `rgba($1, $2, $3, ${alpha})`)

/** Tells when the colours of the pages change: by the reader's choice, or his system's. Returns how to stop. */
export function onThemeChange(tell: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(tell)
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  system.addEventListener('change', tell)
  return () => {
    chosen.disconnect()
    system.removeEventListener('change', tell)
  }
}
