import { type ApiContext, type ApiMethod, DescribedResult } from './api-context'
import { ApiError } from './api-error'
import { editMethods } from './methods-edits'
import { fileMethods } from './methods-files'
import { messageMethods } from './methods-messages'
import { profileMethods } from './methods-profile'
import { updateMethods } from './methods-updates'

/** The real server does not look at the case of method names. */
const methods: ReadonlyMap<string, ApiMethod> = new Map(
  Object.entries({
    ...updateMethods,
    ...messageMethods,
    ...editMethods,
    ...fileMethods,
    ...profileMethods,
  }).map(([name, method]) => [name.toLowerCase(), method]),
)

/** Runs one Bot API method and returns the body of its answer; throws ApiError. */
export async function runMethod(name: string, context: ApiContext): Promise<object> {
  const method = methods.get(name.toLowerCase())
  if (!method) throw new ApiError(404, 'Not Found')
  const result = await method(context)
  if (!(result instanceof DescribedResult)) return { ok: true, result }
  return { ok: true, result: result.result, description: result.description }
}
