// Autobase: two writers and the view that both derive from their logs. Both in one process, over TCP with Noise.
import net from 'node:net'
import Autobase from 'autobase'
import Corestore from 'corestore'
import { records, seconds, serve, until, version } from './common.mjs'

const BATCH = 500
const folder = process.argv[2]

const base = (name, key) => new Autobase(new Corestore(`${folder}/${name}`), key, {
  valueEncoding: 'json',
  open: (store) => store.get({ name: 'view', valueEncoding: 'utf-8' }),
  apply: async (nodes, view, host) => {
    const events = []
    for (const { value } of nodes) {
      if (value.writer) await host.addWriter(Buffer.from(value.writer, 'hex'), { indexer: true })
      else events.push(value.event)
    }
    if (events.length) await view.append(events)
  }
})

const one = base('one', null)
await one.ready()
const other = base('other', one.key)
await other.ready()

async function connect () {
  const ends = []
  const pipe = (socket, stream) => {
    socket.setNoDelay(true)
    socket.pipe(stream).pipe(socket)
    for (const end of [socket, stream]) end.on('error', () => {}) // it is cut on purpose
    ends.push(socket)
  }
  const server = net.createServer((socket) => pipe(socket, one.replicate(false)))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  pipe(net.connect(server.address().port, '127.0.0.1'), other.replicate(true))
  return () => new Promise((resolve) => { ends.forEach((end) => end.destroy()); server.close(resolve) })
}

const append = async (to, file) => {
  const all = records(file).map((event) => ({ event }))
  for (let i = 0; i < all.length; i += BATCH) await to.append(all.slice(i, i + BATCH))
}

let total = 0
let read = 0
// Blocks are fetched when somebody reads them: so both sides read every one.
const everything = async () => {
  for (const side of [one, other]) {
    await until(async () => { await side.update(); return side.view.length >= total })
    let next = read
    await Promise.all(Array.from({ length: 256 }, async () => { while (next < total) await side.view.get(next++) }))
  }
  read = total
}

const hangUp = await connect()
await one.append({ writer: other.local.key.toString('hex') })
await until(async () => { await other.update(); return other.writable })
await hangUp()

const meet = () => seconds(async () => {
  const cut = await connect()
  await everything()
  meet.cut = cut
})

serve({
  about: () => `Autobase ${version('autobase')} on Node ${process.version}`,
  share: async (file, count) => { await append(one, file); total += +count; await meet(); await meet.cut() },
  diverge: async (first, second, count) => { await append(one, first); await append(other, second); total += 2 * count },
  heal: async () => { const took = await meet(); await meet.cut(); return took }
})
