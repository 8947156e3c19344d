// Automerge: two documents in the memory of one process; an event is a change that sets one key of a map.
import { randomBytes } from 'node:crypto'
import * as Automerge from '@automerge/automerge'
import { records, seconds, serve, version } from './common.mjs'

const add = (doc, file) => {
  for (const line of records(file)) {
    doc = Automerge.change(doc, { time: 0 }, (map) => { map[randomBytes(32).toString('hex')] = line })
  }
  return doc
}

let one = Automerge.init('aa')
let other = Automerge.init('bb')

function heal () {
  let mine = Automerge.initSyncState()
  let theirs = Automerge.initSyncState()
  let bytes = 0
  for (let said = true; said;) {
    said = false
    let message;
    [mine, message] = Automerge.generateSyncMessage(one, mine)
    if (message) { bytes += message.length; said = true; [other, theirs] = Automerge.receiveSyncMessage(other, theirs, message) }
    [theirs, message] = Automerge.generateSyncMessage(other, theirs)
    if (message) { bytes += message.length; said = true; [one, mine] = Automerge.receiveSyncMessage(one, mine, message) }
  }
  const heads = (doc) => JSON.stringify(Automerge.getHeads(doc).sort())
  if (heads(one) !== heads(other)) throw new Error('the documents differ')
  return bytes
}

serve({
  about: () => `Automerge ${version('@automerge/automerge')} on Node ${process.version}`,
  share: (file) => { one = add(one, file); heal() },
  diverge: (first, second) => { one = add(one, first); other = add(other, second) },
  heal: () => seconds(heal)
})
