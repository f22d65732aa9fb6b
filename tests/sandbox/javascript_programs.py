"""Programs that show how Node.js and the Java virtual machine start, run and end: the same from a snapshot as from nothing."""

# ruff: noqa: E501
from __future__ import annotations

JAVASCRIPT: dict[str, str] = {
    "sum": "const [a, b] = require('fs').readFileSync(0, 'utf8').trim().split(/\\s+/); console.log(a + b);\n",
    "portrait": "console.log(process.argv, process.env, process.cwd(), process.version, process.versions, process.release, process.features, process.config.variables,"
    " Object.getOwnPropertyNames(globalThis).sort().join(), Object.keys(require.cache), module.paths, require.main === module, __filename, require('module').builtinModules.join(),"
    " Error.stackTraceLimit, process.getuid() > 0, process.getgroups().length, process.title, process.execPath, process.umask(), process.exitCode,"
    " process.stdin.constructor.name, process.stdout.constructor.name, process.eventNames(), process.listeners('exit'), typeof fetch, this, process.moduleLoadList.slice().sort().join(), require('path').resolve('a'));\n",
    "lines": "const rl = require('readline').createInterface({input: process.stdin});\nlet n = 0;\nrl.on('line', l => { n += l.length; console.log(l); })"
    ".on('close', () => { console.log('closed', n); setTimeout(() => console.log('later'), 5); });\n",
    "chunks": "let s = ''; process.stdin.setEncoding('utf8');\nprocess.stdin.on('data', d => s += d).on('end', () => { console.log(s.split('\\n')); process.exit(4); });\n",
    "order of events": "Promise.resolve().then(() => console.log('micro')); process.nextTick(() => console.log('tick')); setImmediate(() => console.log('immediate'));\n"
    "queueMicrotask(() => console.log('queued')); setTimeout(() => console.log('timer'), 1); console.log('now'); process.on('exit', c => console.log('exit', c));\n"
    "process.on('beforeExit', () => console.log('before exit'));\n",
    "throws": "function f(n) { if (!n) throw new TypeError('no'); f(n - 1); }\nconsole.log('before');\nf(3);\n",
    "rejects": "console.log('before');\nPromise.reject(new Error('unhandled'));\n",
    "caught late": "process.on('uncaughtException', e => { console.log('caught', e.message); });\nsetTimeout(() => { throw new Error('late'); }, 1);\n",
    "exit status": "process.exitCode = 3; console.error('err'); console.log('out');\n",
    "killed": "console.log('before'); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000);\n",
    "deep": "const f = n => n ? 1 + f(n - 1) : 0; console.log(f(100000));\n",
    "endless recursion": "function f() { return f() + 1; }\ntry { f(); } catch (e) { console.log(e instanceof RangeError); }\n",
    "worker": "const { Worker, isMainThread, parentPort } = require('worker_threads');\nif (isMainThread) { const w = new Worker(__filename);"
    " w.on('message', m => console.log(m)); w.on('exit', c => console.log('worker', c)); } else parentPort.postMessage('hi');\n",
    "child": "const { execFileSync, fork } = require('child_process');\nif (process.argv[2]) process.send('from the child'); else {\n"
    "console.log(execFileSync(process.execPath, ['-p', '6 * 7']).toString()); fork(__filename, ['x']).on('message', m => console.log(m)); }\n",
    "values": "console.log(10n ** 30n, [3, 1, 2].sort(), new Map([[1, { a: [2] }]]), new Set('ab'), [1, [2, [3, [4]]]], Symbol('s'), /a+/g, new Date(0), null, undefined, -0, NaN, [,1]);\n"
    "console.table([{ a: 1 }]); console.log('%s %d %j', 'x', 1.5, {}); console.log(new Intl.NumberFormat('de').format(1e6), 'ß'.localeCompare('t'), [1, 10, 2].sort());\n"
    "class A { #p = 1; get p() { return this.#p; } static s = 2; }\nconsole.log(new A(), A, new A().p, Object.getOwnPropertyNames(A));\n",
    "libraries": "const c = require('crypto'); console.log(c.createHash('sha256').update('a').digest('hex'), c.randomBytes(4).length, require('zlib').gunzipSync(require('zlib').gzipSync('a')).toString());\n"
    "console.log(require('util').inspect({ a: new Error('x').message }), require('path').resolve('a'), require('os').EOL, require('url').pathToFileURL('a').href, Buffer.from('åä'), new TextEncoder().encode('é'));\n"
    "require('assert').strictEqual(1, 1); console.log(require('events').once.name, structuredClone({ a: [1] }), new URL('http://a/?b=c').searchParams.get('b'), atob('YQ=='));\n",
    "streams": "const { Transform, pipeline } = require('stream');\npipeline(process.stdin, new Transform({ transform(d, e, cb) { cb(null, String(d).toUpperCase()); } }), process.stdout, e => console.error('done', e));\n",
    "much output": "for (let i = 0; i < 20000; i++) console.log(i); process.stdout.write('x'.repeat(100000));\n",
    "eval": "console.log(eval('1 + 1'), new Function('a', 'return a * 2')(4), require('vm').runInNewContext('a + 1', { a: 1 }), (() => { 'use strict'; return this === undefined; })());\n",
    "wasm": "const m = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); console.log(m);\n",
    "async": "(async () => { for await (const d of process.stdin) console.log(String(d)); console.log(await Promise.all([1, 2].map(async x => x * 2)), await import('fs').then(m => typeof m.readFileSync)); })();\n",
    "strict": "'use strict';\nx = 1;\n",
    "busy": "let s = 0; for (let i = 0; i < 3e7; i++) s = (s * 31 + i) | 0; console.log(s);\n",
    "weak": "const r = new WeakRef({}); const f = new FinalizationRegistry(() => {}); f.register({}, 1); console.log(typeof r.deref());\n",
    "broken": "let x = ;\n",
    "broken at the end": "function f() {\n",
    "two names": "let a; let a;\n",
}

MODULES: dict[str, str] = {
    "module": "import fs, { readFileSync } from 'fs';\nimport { createInterface } from 'node:readline/promises';\nconst os = await import('os');\n"
    "for await (const chunk of process.stdin) console.log(String(chunk));\nconsole.log(typeof os.cpus, import.meta.url, typeof require, this, typeof fs.readFileSync === typeof readFileSync);\n",
    "module that throws": "await Promise.resolve();\nthrow new Error('no');\n",
    "module that waits for ever": "await new Promise(() => {});\n",
}

JAVA: dict[str, str] = {
    "sum": "Scanner s = new Scanner(System.in); System.out.println(s.next() + s.next());",
    "collections": 'Map<String, Integer> m = new TreeMap<>(); for (String w : "b a c a".split(" ")) m.merge(w, 1, Integer::sum); System.out.println(m);'
    ' System.out.println(Stream.of(3, 1, 2).sorted().map(x -> "n" + x).collect(Collectors.joining(",")) + String.format("%5.2f|%-4s|", 1.5, "x"));',
    "throws": "Object o = null; System.out.println(1); o.toString();",
    "exits": 'Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook"))); System.exit(3);',
    "deep": "System.out.println(f(100000));",
    "memory": "List<byte[]> l = new ArrayList<>(); while (true) l.add(new byte[1 << 20]);",
    "verified": 'Object o = "x"; Integer i = (Integer) o;',
    "threads": "Thread[] t = new Thread[4]; int[] n = new int[4]; for (int i = 0; i < 4; i++) { int k = i; t[i] = new Thread(() -> n[k] = k * k); t[i].start(); }"
    " for (Thread x : t) try { x.join(); } catch (InterruptedException e) {} System.out.println(Arrays.toString(n));",
    "properties": 'System.getProperties().forEach((k, v) -> { if (!"sun.nio.PageAlignDirectMemory".equals(k)) System.out.println(k + "=" + v); });',
}


def java(body: str) -> str:
    """A whole program of some statements."""
    return (
        "import java.util.*;\nimport java.util.stream.*;\npublic class Main {\n    static int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }\n"
        f"    public static void main(String[] a) {{ {body} }}\n}}\n"
    )
