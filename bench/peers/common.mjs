// What the scripts of the peers share: takes commands from standard input, a line each, and answers
// each with a line that begins with "ok" or "failed". Records are lines of a file.
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'

export const records = (file) => fs.readFileSync(file, 'utf8').split('\n').slice(0, -1)

export const seconds = async (work) => {
  const begin = performance.now()
  await work()
  return (performance.now() - begin) / 1000
}

export const until = async (done) => {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 2))
}

export const diskBytes = (folder) =>
  fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size, 0)

export const version = (name) =>
  JSON.parse(fs.readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version

export async function serve (commands) {
  process.on('unhandledRejection', (error) => { console.log(`failed ${error}`.replaceAll('\n', ' ')); process.exit(1) })
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [name, ...words] = line.split(' ')
    console.log(`ok ${(await commands[name](...words)) ?? ''}`)
  }
  process.exit(0)
}
