import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServe } from '../processes.ts'
import { exactly, none, type Figure, type Options, type Scenario } from '../report.ts'
import { serveUpstream } from '../upstream.ts'

const refusedAtOnce = 2

export const doubleStart: Scenario = {
  summary:
    'a second process on one embedded folder is refused and told who holds it; the lock of one that was killed is taken over',
  async run({ full }: Options): Promise<readonly Figure[]> {
    const starts = full ? 50 : 2
    const takeovers = full ? 10 : 1
    const home = mkdtempSync(join(tmpdir(), 'pumpiq-chaos-home-'))
    const upstream = await serveUpstream({})
    const env = { PUMPIQ_HOME: join(home, 'data'), PUMPIQ_UPSTREAM: upstream.url }
    let serving = startServe({ name: 'first', env })
    try {
      await serving.url()
      let refused = 0
      for (let n = 0; n < starts; n += refusedAtOnce) {
        const wave = Array.from({ length: Math.min(refusedAtOnce, starts - n) }, (_, k) =>
          startServe({ name: `second ${n + k}`, env }),
        )
        for (const one of wave) {
          const { code } = await one.exit
          if (code === 1 && one.stderr().includes(`in use by process ${serving.pid}`)) refused++
        }
      }
      const survived = serving.ended() === null
      let taken = 0
      for (let n = 0; n < takeovers; n++) {
        await serving.kill()
        serving = startServe({ name: `next ${n}`, env })
        await serving.url()
        taken++
      }
      await serving.stop()
      const locks = readdirSync(env.PUMPIQ_HOME).filter((name) => name.startsWith('lock-'))
      return [
        exactly('second starts that were refused, with the pid of the first', refused, starts),
        none('first processes that were harmed by it', survived ? 0 : 1),
        exactly('starts behind a kill -9 that took the lock over', taken, takeovers),
        exactly('lock files left behind', locks.length, 1),
      ]
    } finally {
      await serving.kill()
      await upstream.close()
      rmSync(home, { recursive: true, force: true })
    }
  },
}
