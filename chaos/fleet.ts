import { startServe, type Serving } from './processes.ts'

export type Slot = {
  readonly name: string
  readonly roles?: string
  env(life: string): Readonly<Record<string, string>>
}

/** Processes of the product that are started again whenever they were killed. A `life` is one process: `tracker-1.3` is the third of its slot. */
export function createFleet(slots: readonly Slot[], say: (sentence: string) => void) {
  const lives = slots.map((slot) => ({ slot, count: 0, process: null as Serving | null, frozen: false }))
  let kills = 0
  let freezes = 0
  let unwanted = 0

  function begin(n: number): Serving {
    const life = lives[n]!
    life.count++
    const name = `${life.slot.name}.${life.count}`
    const { roles } = life.slot
    const made = startServe({ name, env: life.slot.env(name), ...(roles && { roles }) })
    void watch(n, made, name)
    life.process = made
    return made
  }

  /** What ends by itself has crashed; it is told of, and started again as a supervisor would. */
  async function watch(n: number, made: Serving, name: string): Promise<void> {
    const { code, signal } = await made.exit
    if (lives[n]!.process !== made || signal === 'SIGKILL') return
    unwanted++
    say(`${name} ended with ${code ?? signal}: ${made.stderr().slice(-600)}`)
    begin(n)
  }

  const at = (n: number) => lives[n]!.process!

  return {
    size: slots.length,
    /** All at once; resolves when each answers. */
    async start(): Promise<void> {
      await Promise.all(slots.map((_, n) => begin(n).url()))
    },
    process: at,
    isFrozen: (n: number) => lives[n]!.frozen,
    name: (n: number) => `${lives[n]!.slot.name}.${lives[n]!.count}`,
    kills: () => kills,
    freezes: () => freezes,
    /** Ends that nobody asked for. */
    unwanted: () => unwanted,
    /** kill -9, and the next life at once, or after what is done while it is away. */
    async kill(n: number, meanwhile?: () => Promise<void>): Promise<void> {
      const old = at(n)
      lives[n]!.process = null
      lives[n]!.frozen = false
      await old.kill()
      kills++
      await meanwhile?.()
      begin(n)
    },
    freeze(n: number): void {
      at(n).freeze()
      lives[n]!.frozen = true
      freezes++
    },
    thaw(n: number): void {
      lives[n]!.process?.thaw()
      lives[n]!.frozen = false
    },
    async stop(): Promise<void> {
      await Promise.all(
        lives.map(async (life) => {
          const last = life.process
          life.process = null
          await last?.stop()
        }),
      )
    },
    async killAll(): Promise<void> {
      await Promise.all(
        lives.map(async (life) => {
          const last = life.process
          life.process = null
          await last?.kill()
        }),
      )
    },
  }
}
export type Fleet = ReturnType<typeof createFleet>
