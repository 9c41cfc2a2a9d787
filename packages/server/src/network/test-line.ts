import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a port of this machine that can be cut and mended: `port` is its near end. */
export async function openLine(far: number): Promise<{ port: number; cut(): Promise<void>; mend(): Promise<void> }> {
  const ends = new Set<Socket>()
  let server: Server
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server = createServer((near) => {
        const away = connect(far, '127.0.0.1')
        near.pipe(away).pipe(near)
        for (const end of [near, away]) {
          ends.add(end)
          end.on('error', () => {}).on('close', () => ends.delete(end))
        }
      }).listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
  const port = await listen(0)
  return {
    port,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const end of ends) end.destroy()
      await closed
    },
    mend: async () => void (await listen(port)),
  }
}
