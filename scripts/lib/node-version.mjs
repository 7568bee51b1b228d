// Imported before anything else: an old Node gets a sentence, not a stack trace.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `✗ Node: this is ${process.versions.node}, the project needs 20.19 or later (https://nodejs.org).`,
  )
  process.exit(1)
}
