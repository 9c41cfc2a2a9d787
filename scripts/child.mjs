import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** @typedef {{ cwd: string, env?: NodeJS.ProcessEnv }} Where */

/**
 * Runs a program to its end and gives its exit code (128 + signal when a signal ended it). Signals sent to us are passed on; a ctrl-C at
 * a terminal reaches the child by itself, since it goes to the whole group, and is not passed on a second time. A signal to npm ends the
 * shell between npm and us without a word to us: when our parent is gone, the child is told to end.
 * @param {string} file @param {readonly string[]} args @param {Where} where @returns {Promise<number>}
 */
export function run(file, args, { cwd, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: 'inherit' })
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, pass)
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.env['npm_lifecycle_event'] === undefined || process.ppid === parent) return
      clearInterval(watch)
      pass('SIGTERM')
    }, 500)
    const done = () => {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, pass)
    }
    child.once('error', (fault) => {
      done()
      reject(new Error(`${file} does not start: ${fault.message}`))
    })
    child.once('exit', (code, signal) => {
      done()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 1))
    })
  })
}
