const two = (part: number): string => String(part).padStart(2, '0')

/** An ISO instant as a field of date and time shows it, on the clock of this device: "2026-11-23T05:37". */
export function toField(iso: string): string {
  const at = new Date(iso)
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** What was typed there as an ISO instant; null where it is no time. A time that was not touched keeps its seconds. */
export function fromField(text: string, before: string | null): string | null {
  if (before !== null && toField(before) === text) return before
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
