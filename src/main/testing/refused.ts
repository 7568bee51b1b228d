import { Refusal, type RefusalCode } from '../../shared/model/refusal'

/** The code with which the work was refused; null when it was not. Other errors go on. */
export function refusedWith(work: () => unknown): RefusalCode | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
