/** Every fuzz target by its name. */

import { PipelineTarget } from './pipeline-target.ts'
import { OutputsTarget } from './outputs-target.ts'
import { ReadersTarget } from './readers-target.ts'
import type { Target, TargetName } from './target.ts'

export function targetNamed(name: TargetName): Target {
  if (name === 'readers') return new ReadersTarget()
  return name === 'pipeline' ? new PipelineTarget() : new OutputsTarget()
}
