/** Which findings an allow-list covers: authorised, shown, and not counted among scanners. */

import { parsePrefix, prefixHolds, type AddressPrefix } from './address-prefix.ts'
import type { Finding } from './finding.ts'
import type { AllowEntry } from './rule-settings.ts'

/** True when one entry covers every actor, every listed target and the port. */
export function isAuthorised(
  finding: Omit<Finding, 'id' | 'authorised'>,
  allow: readonly AllowEntry[],
): boolean {
  return allow.some((entry) => {
    if (entry.rule !== null && entry.rule !== finding.rule) return false
    if (entry.port !== null && finding.targets.ports !== String(entry.port)) return false
    if (entry.source !== null && !holdsAll(entry.source, finding.actors)) return false
    // Targets beyond the listed ones cannot be checked, and an allow-list must not cover what it has not seen.
    if (entry.target === null) return true
    return (
      finding.targets.addresses.length === finding.targets.addressCount &&
      holdsAll(entry.target, finding.targets.addresses)
    )
  })
}

function holdsAll(prefix: AddressPrefix, addresses: readonly string[]): boolean {
  if (addresses.length === 0) return false
  return addresses.every((text) => {
    const address = parsePrefix(text)
    return address !== null && prefixHolds(prefix, address.words)
  })
}
