import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromiumPath, openBrowser } from '../e2e/browser.ts'
import { buildPages, startDemo } from '../e2e/product.ts'
import { type Area, type Goal, type Row, interleaved, median, ratioOf } from './harness.ts'

const peerFolder = fileURLToPath(new URL('peers/web', import.meta.url))
const ours = 'market'
const peer = 'react'
const titles: Readonly<Record<string, string>> = {
  market: 'ours, the market from an empty cache',
  react: 'React alone, one sentence',
}
/** A phone of the middle class beside this machine. */
const slowdown = 4

type Shown = {
  readonly firstPaintMs: number
  readonly usefulMs: number
  readonly shift: number
  readonly scriptBytes: number
}

/** How long the first page takes to be of use on a slow machine, how much it loads for it, and whether it jumps. */
export const web: Area = {
  name: 'web',
  async run(options) {
    if (!chromiumPath) return { rows: [], goals: [], skipped: [{ peer: 'all', why: 'there is no Chromium here' }] }
    await buildPages()
    const product = await startDemo()
    const alone = await serveAlone()
    try {
      await calledOnce(product.url)
      const urls: Readonly<Record<string, string>> = { [ours]: product.url, [peer]: alone.url }
      const found = await interleaved([ours, peer], options.rounds, (name) => open(urls[name]!))
      return { ...findings(found), skipped: [] }
    } finally {
      alone.server.close()
      await product.close()
    }
  },
}

function findings(found: Map<string, Shown[]>): { rows: Row[]; goals: Goal[] } {
  const of = (name: string, figure: keyof Shown) => found.get(name)!.map((shown) => shown[figure])
  const row = (name: string, figure: 'firstPaintMs' | 'usefulMs', title: string): Row => ({
    peer: titles[name]!,
    case: `${title}, processor ${slowdown}x slower`,
    n: of(name, figure).length,
    unit: 'ms',
    median: median(of(name, figure)),
    min: Math.min(...of(name, figure)),
    max: Math.max(...of(name, figure)),
    ratio: name === ours ? 1 : ratioOf(of(ours, figure), of(name, figure)),
    agrees: true,
  })
  const useful = median(of(ours, 'usefulMs'))
  const shift = Math.max(...of(ours, 'shift'))
  const bytes = Math.max(...of(ours, 'scriptBytes'))
  return {
    rows: [
      row(ours, 'firstPaintMs', 'first paint'),
      row(peer, 'firstPaintMs', 'first paint'),
      row(ours, 'usefulMs', 'first useful paint'),
      row(peer, 'usefulMs', 'first useful paint'),
    ],
    goals: [
      {
        text: 'first useful paint from an empty cache',
        wanted: '<= 1,500 ms',
        got: `${Math.round(useful)} ms`,
        reached: useful <= 1_500,
      },
      {
        text: 'scripts of the first page, gzip',
        wanted: '<= 150 kB',
        got: `${(bytes / 1_000).toFixed(1)} kB`,
        reached: bytes <= 150_000,
      },
      { text: 'layout shift', wanted: '< 0.02', got: shift.toFixed(4), reached: shift < 0.02 },
    ],
  }
}

/** Runs before anything of the page: notes when something of use is first painted, and what moved. */
const watcher = `(() => {
  window.seen = { useful: null, shift: 0 }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.seen.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  const look = () => {
    if (document.querySelector('main [data-useful], main [role=row] [role=cell]')) requestAnimationFrame(() => requestAnimationFrame(() => { window.seen.useful = performance.now() }))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

/** A browser that has never been here. */
async function open(url: string): Promise<Shown> {
  const browser = await openBrowser({ width: 1440, height: 900 })
  try {
    const page = await browser.newPage()
    const scripts: string[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.url())
    })
    const devtools = await browser.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.addInitScript(watcher)
    await page.goto(url)
    // The policy of the pages forbids what `waitForFunction` does.
    for (let waited = 0; (await page.evaluate('window.seen.useful')) === null; waited++) {
      if (waited > 600) throw new Error(`nothing of use was painted at ${url} within half a minute`)
      await page.waitForTimeout(50)
    }
    const initial = scripts.length
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await page.waitForTimeout(2_000)
    const told = (await page.evaluate(`({
      firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      usefulMs: window.seen.useful, shift: window.seen.shift })`)) as Omit<Shown, 'scriptBytes'>
    const scriptBytes = await bytesOf(scripts.slice(0, initial))
    return { ...told, scriptBytes }
  } finally {
    await browser.close()
  }
}

async function bytesOf(urls: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    [...new Set(urls)].map(
      async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()), { level: 9 }).length,
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Until the first house calls are made: an empty list is no useful page. */
async function calledOnce(url: string): Promise<void> {
  for (let second = 0; second < 180; second++) {
    const { house } = (await (await fetch(`${url}/api/v1/health`)).json()) as {
      house: { called: number; tracked: number }
    }
    if (house.tracked > 0 && house.called >= house.tracked - 1) return
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
  throw new Error('the house made no calls within three minutes')
}

/** The peer, built as we are and served from memory. */
async function serveAlone(): Promise<{ server: Server; url: string }> {
  const { build } = await import('vite')
  const out = await mkdtemp(join(tmpdir(), 'pumpiq-alone-'))
  await build({ root: peerFolder, configFile: false, logLevel: 'error', build: { outDir: out, emptyOutDir: true } })
  const names = await readdir(out, { recursive: true })
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
    if (!names.includes(name)) return void response.writeHead(404).end()
    const type = name.endsWith('.js') ? 'text/javascript' : 'text/html'
    void readFile(join(out, name)).then((bytes) =>
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(bytes)),
    )
    return undefined
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
