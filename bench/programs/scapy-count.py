"""Counts packets and bytes with Scapy, dissecting each: python3 scapy-count.py FILE."""

import sys

from scapy.all import PcapReader

packet_count = 0
byte_count = 0
with PcapReader(sys.argv[1]) as reader:
    for packet in reader:
        packet_count += 1
        byte_count += packet.wirelen or len(packet)
print(packet_count, byte_count)
