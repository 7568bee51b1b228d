/** A refusal the Bot API answers with; `code` is both the HTTP status and `error_code`. */
export class ApiError extends Error {
  readonly code: number
  readonly retryAfter: number | undefined

  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.name = 'ApiError'
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** A 400 with the server's usual prefix; the caller throws it. */
export function badRequest(reason: string): ApiError {
  return new ApiError(400, `Bad Request: ${reason}`)
}

/** A 403 with the server's usual prefix; the caller throws it. */
export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`)
}

/** A 409 with the server's usual prefix; the caller throws it. */
export function conflict(reason: string): ApiError {
  return new ApiError(409, `Conflict: ${reason}`)
}

/** A 429 that asks the bot to wait the given seconds; the caller throws it. */
export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, seconds)
}

/** The JSON body with which the server tells of a refusal. */
export function errorBody(error: ApiError): object {
  return {
    ok: false,
    error_code: error.code,
    description: error.message,
    ...(error.retryAfter === undefined ? {} : { parameters: { retry_after: error.retryAfter } }),
  }
}
