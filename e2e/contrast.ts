import type { Page } from 'playwright-core'

/** Runs in the page: every text of less than WCAG AA's contrast (4.5, large ones 3; what cannot be used now is exempt) with its ratio, against what is painted behind it. */
const script = `(() => {
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return { rgb: [r, g, b], a } }
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const over = (top, under) => top.rgb.map((v, i) => v * top.a + under[i] * (1 - top.a))
  const ground = (element) => {
    if (!element) return [255, 255, 255]
    const own = parse(getComputedStyle(element).backgroundColor)
    return own.a === 1 ? own.rgb : over(own, ground(element.parentElement))
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const poor = new Set()
  let read = 0
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('noscript, script, :disabled')) continue
    const style = getComputedStyle(element)
    const drawn = element.closest('svg')
    const under = ground(element)
    const ink = parse(drawn ? style.fill : style.color)
    let opacity = 1
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity)
    const text = over({ rgb: ink.rgb, a: ink.a * opacity }, under)
    const [low, high] = [light(text), light(under)].toSorted((a, b) => a - b)
    const ratio = (high + 0.05) / (low + 0.05)
    const size = parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    read++
    if (ratio < (large ? 3 : 4.5)) poor.add(ratio.toFixed(2) + ' ' + element.className + ': ' + walker.currentNode.data.trim().slice(0, 40))
  }
  return { read, poor: [...poor] }
})()`

export const contrastOf = (page: Page): Promise<{ read: number; poor: string[] }> => page.evaluate(script)
