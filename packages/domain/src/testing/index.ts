// What tests of other packages may use.
export * from './sample-candles.ts'
export * from './test-kernel.ts'
export * from './test-signal.ts'
export * from './sample-brief.ts'
