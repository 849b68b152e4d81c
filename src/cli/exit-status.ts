/** Exit statuses of `nta`; scripts rely on them, so they never change meaning. */

export const ExitStatus = Object.freeze({
  analysed: 0,
  /** Not analysed: the message on standard error says file, byte offset, reason and what to do. */
  notAnalysed: 1,
  /** Analysed in part: the capture is cut or damaged; outputs are written and say so. */
  partlyAnalysed: 2,
  /** A finding at or above `--fail-on`. */
  findingAtThreshold: 3,
  /** Of `nta verify`: the capture gives something else than the report says. */
  differs: 3,
  /** EX_USAGE of sysexits.h. */
  wrongUsage: 64,
  /** 128 + SIGINT, as shells have it. */
  interrupted: 130,
})
