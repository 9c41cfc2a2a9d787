// What tests of other packages may use.
export * from './test-kernel.ts'
