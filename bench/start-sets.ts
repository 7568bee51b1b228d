import { archiveOf } from './data-set'

/** The goals about starting the window. */
export const STARTS = ['P1', 'P2', 'P3']
/** The data that the window is started with. */
export const STARTED = [archiveOf(1000), archiveOf(1_000_000)]
