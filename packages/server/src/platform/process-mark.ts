import { readFileSync } from 'node:fs'

/**
 * What tells one process from a later one with the same number: boot id and start tick of the kernel (proc(5), field 22 of `stat`).
 * Null where there is no /proc, or no such process. A zombie is no process any more: it writes nothing.
 */
export function processMark(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The name in field 2 may hold blanks and brackets: count from behind its last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  return `${readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${fields[19]}`
}

/** Whether a process that once wrote down `mark` (null: it had none) under this number still runs. */
export function isRunning(pid: number, mark: string | null): boolean {
  if (mark !== null && processMark(process.pid) !== null) return processMark(pid) === mark
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
