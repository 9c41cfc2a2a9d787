import { openTold, showPush } from './push.ts'
import type { Scope } from './scope.ts'
import { createShellKeeper, type Build } from './shell-keeper.ts'

// The build writes down what the pages are made of.
declare const BUILD: Build

const scope = globalThis as unknown as Scope
const { caches, location } = scope
const keeper = createShellKeeper({
  caches,
  fetch: (request) => scope.fetch(request),
  origin: location.origin,
  build: BUILD,
})

// It takes over at once: tabs of the version before still find their parts, and are told that there is a new one.
scope.addEventListener('install', (event) => event.waitUntil(keeper.install().then(() => scope.skipWaiting())))
scope.addEventListener('activate', (event) => event.waitUntil(keeper.activate().then(() => scope.clients.claim())))
scope.addEventListener('fetch', (event) => {
  const answer = keeper.answer(event.request)
  if (answer) event.respondWith(answer)
})
scope.addEventListener('push', (event) => event.waitUntil(showPush(scope, event.data?.text() ?? null)))
scope.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openTold(scope, event.notification.data))
})
// A page asks whether it is of this version, by the script it was begun with.
scope.addEventListener('message', ({ data, ports }) => ports[0]?.postMessage(keeper.has(String(data))))
