/** How long a frame of a link type may be: libpcap's max_snaplen_for_dlt (pcap-common.c). */

import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'

const LINKTYPE_USB_LINUX = 189
const LINKTYPE_USB_LINUX_MMAPPED = 220
const LINKTYPE_DBUS = 231
const LINKTYPE_USBPCAP = 249
const LINKTYPE_EBHSCR = 279

/**
 * The most captured bytes that a record of `linkType` may have. A longer record is damage, since no writer makes one.
 * A higher limit would follow more damaged length fields into the void, a lower one would stop at real captures.
 * D-Bus messages reach 128 MiB (its specification), EBHSCR 8 MiB; USB transfers are 128 MiB at most in Wireshark, which
 * raised libpcap's 1 MiB after real captures exceeded it.
 */
export function recordLengthMax(linkType: number): number {
  switch (linkType) {
    case LINKTYPE_DBUS:
    case LINKTYPE_USB_LINUX:
    case LINKTYPE_USB_LINUX_MMAPPED:
    case LINKTYPE_USBPCAP:
      return 128 * 1_048_576
    case LINKTYPE_EBHSCR:
      return 8 * 1_048_576
    default:
      return CAPTURED_LENGTH_MAX
  }
}
