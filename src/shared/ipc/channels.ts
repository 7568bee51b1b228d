/** The only two Electron channels of the program. */
export const channels = { invoke: 'dispatcher:invoke', push: 'dispatcher:push' } as const
