import { readdirSync, readFileSync } from 'node:fs'

/** What Linux's /proc tells of a process; other systems have no such figures. */

/** User and system time with all threads, in ms. */
export function cpuOf(pid: number | undefined): number {
  const fields = stat(pid)
  // In ticks, of which Linux reports a hundred a second.
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** Resident memory, in MB. */
export function residentOf(pid: number | undefined): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

/** The processes that this one has started. */
export function children(): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => stat(pid)[1] === String(process.pid))
}

/** The fields of /proc/PID/stat after the name: state, parent, and so on; none where the process has ended. */
function stat(pid: number | undefined): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return []
  }
}
