// Hypercore: one writer's log; the copy is made by another process, over TCP with Noise.
import { fork } from 'node:child_process'
import net from 'node:net'
import Hypercore from 'hypercore'
import { diskBytes, records, serve, version } from './common.mjs'

const BATCH = 1000
const pipe = (socket, stream) => {
  socket.setNoDelay(true)
  socket.pipe(stream).pipe(socket)
  for (const end of [socket, stream]) end.on('error', () => {}) // the other process hangs up
}

if (process.argv[2] === 'join') {
  const [, , , folder, port, key, count] = process.argv
  const core = new Hypercore(folder, Buffer.from(key, 'hex'))
  await core.ready()
  const begin = performance.now()
  pipe(net.connect(+port, '127.0.0.1'), core.replicate(true))
  await core.update({ wait: true })
  await core.download({ start: 0, end: +count }).done()
  const took = (performance.now() - begin) / 1000
  await core.close()
  process.send(took, () => process.exit(0))
} else {
  const folder = process.argv[2]
  const core = new Hypercore(`${folder}/writer`)
  await core.ready()
  const server = net.createServer((socket) => pipe(socket, core.replicate(false)))
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  let copies = 0
  serve({
    about: () => `Hypercore ${version('hypercore')} on Node ${process.version}`,
    fill: async (file) => {
      const all = records(file).map((line) => Buffer.from(line))
      for (let i = 0; i < all.length; i += BATCH) await core.append(all.slice(i, i + BATCH))
    },
    join: () => new Promise((resolve, reject) => {
      const words = ['join', `${folder}/copy${++copies}`, server.address().port, core.key.toString('hex'), core.length]
      const child = fork(process.argv[1], words)
      let took
      child.on('message', (message) => { took = message })
      child.on('exit', () => (took ? resolve(took) : reject(new Error('the copy was not made'))))
    }),
    disk: () => diskBytes(`${folder}/copy${copies}`)
  })
}
