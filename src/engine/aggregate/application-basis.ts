/** How an application's name is known. */

export const ApplicationBasis = Object.freeze({ none: 0, header: 1, payload: 2, port: 3 })

/** By the numbers above; the summary's `basis`. */
export const BASIS_NAMES = ['header', 'header', 'payload', 'port'] as const
