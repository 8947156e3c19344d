// PouchDB on LevelDB: one database served over HTTP by another process, one here.
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import express from 'express'
import expressPouch from 'express-pouchdb'
import PouchDB from 'pouchdb'
import { diskBytes, records, seconds, serve, version } from './common.mjs'

const BATCH = 500
const folder = process.argv[3] ?? process.argv[2]
const add = async (db, file) => {
  const all = records(file).map((line) => ({ ...JSON.parse(line), _id: randomBytes(32).toString('hex') }))
  for (let i = 0; i < all.length; i += BATCH) await db.bulkDocs(all.slice(i, i + BATCH))
}

if (process.argv[2] === 'server') {
  const Served = PouchDB.defaults({ prefix: `${folder}/` })
  const app = express()
  app.use('/', expressPouch(Served, { mode: 'minimumForPouchDB', logPath: `${folder}/log.txt`, configPath: `${folder}/config.json` }))
  const db = new Served('events')
  await db.info()
  app.listen(0, '127.0.0.1', function () { process.send(this.address().port) })
  process.on('message', async (file) => { await add(db, file); process.send('added') })
  process.on('disconnect', () => process.exit(0))
} else {
  fs.mkdirSync(`${folder}/server`)
  const server = fork(process.argv[1], ['server', `${folder}/server`])
  const said = () => new Promise((resolve) => server.once('message', resolve))
  const url = `http://127.0.0.1:${await said()}/events`
  const tell = async (file) => { const answer = said(); server.send(file); await answer }
  let copies = 0
  let copy
  const join = () => seconds(async () => {
    copy = new PouchDB(`${folder}/copy${++copies}`)
    await PouchDB.replicate(url, copy, { batch_size: BATCH })
  })
  serve({
    about: () => `PouchDB ${version('pouchdb')} on Node ${process.version}`,
    fill: tell,
    join,
    disk: () => diskBytes(`${folder}/copy${copies}`),
    share: async (file) => { await tell(file); await join() },
    diverge: async (first, second) => { await tell(first); await add(copy, second) },
    heal: () => seconds(() => Promise.all([
      PouchDB.replicate(url, copy, { batch_size: BATCH }),
      PouchDB.replicate(copy, url, { batch_size: BATCH })
    ]))
  })
}
