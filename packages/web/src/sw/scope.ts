/** What the worker uses of a browser, as far as it uses it: the types of a page and of a worker do not go together in one project. */
export type Kept = {
  match(request: Request | string): Promise<Response | undefined>
  put(request: Request | string, response: Response): Promise<void>
}

export type Caches = {
  open(name: string): Promise<Kept>
  match(request: Request | string): Promise<Response | undefined>
  keys(): Promise<readonly string[]>
  delete(name: string): Promise<boolean>
}

export type Fetch = (request: Request) => Promise<Response>

export type Window = { readonly url: string; focus(): Promise<unknown> }

export type Told = { readonly title: string; readonly body: string; readonly tag: string; readonly url: string }

type Lasting = { waitUntil(done: Promise<unknown>): void }
export type FetchHappened = Lasting & { readonly request: Request; respondWith(answer: Promise<Response>): void }
export type PushHappened = Lasting & { readonly data: { text(): string } | null }
export type ClickHappened = Lasting & { readonly notification: { readonly data: unknown; close(): void } }
export type MessageHappened = {
  readonly data: unknown
  readonly ports: readonly { postMessage(said: unknown): void }[]
}

type Happening = {
  install: Lasting
  activate: Lasting
  fetch: FetchHappened
  push: PushHappened
  notificationclick: ClickHappened
  message: MessageHappened
}

export type Scope = {
  readonly location: { readonly origin: string }
  readonly caches: Caches
  readonly fetch: Fetch
  readonly registration: { showNotification(title: string, options: Record<string, unknown>): Promise<void> }
  readonly clients: {
    claim(): Promise<void>
    matchAll(of: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Window[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener<K extends keyof Happening>(type: K, hear: (event: Happening[K]) => void): void
}
