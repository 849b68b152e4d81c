/** How long a frame of a link type may be: libpcap's max_snaplen_for_dlt (pcap-common.c). */

import { CAPTURED_LENGTH_MAX } from './capture-reader.ts'

const LINKTYPE_DBUS = 231
const LINKTYPE_USBPCAP = 249
const LINKTYPE_EBHSCR = 279

/**
 * The most captured bytes that a record of `linkType` may have; a longer one is damage, since no writer makes it.
 * A higher limit would follow damaged length fields further into the void, a lower one would stop at real captures:
 * D-Bus messages reach 128 MiB (its specification), EBHSCR records 8 MiB, and USBPcap transfers exceeded libpcap's
 * 1 MiB, so Wireshark's 128 MiB (WTAP_MAX_PACKET_SIZE_USBPCAP) is taken for them.
 */
export function recordLengthMax(linkType: number): number {
  switch (linkType) {
    case LINKTYPE_DBUS:
    case LINKTYPE_USBPCAP:
      return 128 * 1_048_576
    case LINKTYPE_EBHSCR:
      return 8 * 1_048_576
    default:
      return CAPTURED_LENGTH_MAX
  }
}
