/** What a process works at. Every process has all the code; its roles say which queues it takes jobs from and what it holds for long. */
export const roles = [
  'api',
  'orchestrator',
  'tracker',
  'collector:news',
  'collector:onchain',
  'collector:technical',
  'collector:social',
  'engine',
] as const

export type Role = (typeof roles)[number]
