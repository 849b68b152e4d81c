/** What can be done with an address, a conversation, a value or a finding: the entries of row menus. */

import { useApp } from '../app-context.ts'
import type { MenuEntry } from '../components/menu-entry.ts'
import type { ChipField, FindingRow } from '../../contract/index.ts'
import type { ConversationRow } from '../../engine/summarize/capture-summary.ts'
import { addressFilters, conversationFilters, frameFilter } from '../format/packet-filters.ts'
import { Copy, Filter, FilterX, ListFilter, Network, Radar, ShieldCheck } from '../icons.ts'
import { chipNames } from '../words/field-words.ts'
import { useCopy } from './useCopy.ts'

export interface UseMenuEntriesReturn {
  forAddress: (address: string) => MenuEntry[]
  forConversation: (row: ConversationRow) => MenuEntry[]
  forFinding: (row: FindingRow) => MenuEntry[]
  forChip: (field: ChipField, value: string) => MenuEntry[]
}

export function useMenuEntries(): UseMenuEntriesReturn {
  const { view, notices } = useApp()
  const copy = useCopy()

  function forChip(field: ChipField, value: string): MenuEntry[] {
    const name = `${chipNames[field]} ${value}`
    return [
      {
        label: `Filter to ${name}`,
        icon: Filter,
        run: () => view.addChip(field, value, 'include'),
        group: 'Filter',
      },
      { label: `Only ${name}`, icon: ListFilter, run: () => view.addChip(field, value, 'only') },
      { label: `Exclude ${name}`, icon: FilterX, run: () => view.addChip(field, value, 'exclude') },
    ]
  }

  function copies(what: string, filters: { wireshark: string; bpf: string | null } | null): MenuEntry[] {
    if (filters === null) return []
    const { wireshark, bpf } = filters
    return [
      {
        label: `Copy ${what} as Wireshark filter`,
        icon: Copy,
        run: () => void copy(wireshark, 'the Wireshark filter'),
      },
      ...(bpf === null
        ? []
        : [{ label: `Copy ${what} as BPF filter`, icon: Copy, run: () => void copy(bpf, 'the BPF filter') }]),
    ]
  }

  function allow(address: string): MenuEntry {
    return {
      label: `Allow ${address} to scan…`,
      icon: ShieldCheck,
      run: () => {
        view.go('settings', { tab: 'allow-list', item: address })
        notices.tell('info', 'Say why it is allowed, then add it.')
      },
    }
  }

  return {
    forChip,
    forAddress: (address) => [
      { label: 'Copy IP', icon: Copy, run: () => void copy(address, address) },
      ...copies('it', addressFilters(address)),
      ...forChip('address', address),
      {
        label: 'Its conversations',
        icon: Network,
        group: 'Go to',
        run: () => {
          view.addChip('address', address, 'include')
          view.go('conversations')
        },
      },
      {
        label: 'Its findings',
        icon: Radar,
        run: () => {
          view.addChip('address', address, 'include')
          view.go('findings')
        },
      },
    ],
    forConversation(row) {
      const { originator, responder } = row
      return [
        {
          label: 'Copy originator IP',
          icon: Copy,
          run: () => void copy(originator.address, originator.address),
        },
        {
          label: 'Copy responder IP',
          icon: Copy,
          run: () => void copy(responder.address, responder.address),
        },
        ...copies('conversation', conversationFilters(row)),
        {
          label: 'Copy first frame as Wireshark filter',
          icon: Copy,
          run: () => void copy(frameFilter([row.firstFrame]), 'the frame filter'),
        },
        ...forChip('address', originator.address),
        ...forChip('address', responder.address).map(({ group: _group, ...entry }) => entry),
        ...(row.application === null
          ? []
          : forChip('application', row.application).map(({ group: _group, ...entry }) => entry)),
      ]
    },
    forFinding(row) {
      const { view: shown } = view
      const actor = row.actors[0]
      const frames = [row.firstFrame, row.firedFrame].filter((frame) => frame !== null)
      return [
        {
          label: 'Show evidence',
          icon: Radar,
          run: () => view.go('findings', { tab: shown.value.tab, item: row.id }),
        },
        ...(actor === undefined
          ? []
          : [{ label: 'Copy IP', icon: Copy, run: () => void copy(actor, actor) }]),
        ...copies('evidence', row.filters),
        ...(frames.length === 0
          ? []
          : [
              {
                label: 'Copy its frames as Wireshark filter',
                icon: Copy,
                run: () => void copy(frameFilter(frames), 'the frame filter'),
              },
            ]),
        ...(actor === undefined ? [] : [...forChip('address', actor), allow(actor)]),
        ...forChip('rule', row.rule).map(({ group: _group, ...entry }) => entry),
      ]
    },
  }
}
