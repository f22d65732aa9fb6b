// Highlighting and indentation by language, each loaded when somebody chooses it.
import { StreamLanguage, type StreamParser } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

const stream = (parser: StreamParser<unknown>): Extension => StreamLanguage.define(parser);

const MODES: Record<string, () => Promise<Extension>> = {
  python: async () => (await import("@codemirror/lang-python")).python(),
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript(),
  typescript: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
  java: async () => (await import("@codemirror/lang-java")).java(),
  c: async () => (await import("@codemirror/lang-cpp")).cpp(),
  cpp: async () => (await import("@codemirror/lang-cpp")).cpp(),
  csharp: async () => stream((await import("@codemirror/legacy-modes/mode/clike")).csharp as StreamParser<unknown>),
  go: async () => (await import("@codemirror/lang-go")).go(),
  rust: async () => (await import("@codemirror/lang-rust")).rust(),
  ruby: async () => stream((await import("@codemirror/legacy-modes/mode/ruby")).ruby as StreamParser<unknown>),
  php: async () => (await import("@codemirror/lang-php")).php({ plain: false }),
  shell: async () => stream((await import("@codemirror/legacy-modes/mode/shell")).shell as StreamParser<unknown>),
  perl: async () => stream((await import("@codemirror/legacy-modes/mode/perl")).perl as StreamParser<unknown>),
  lua: async () => stream((await import("@codemirror/legacy-modes/mode/lua")).lua as StreamParser<unknown>),
  r: async () => stream((await import("@codemirror/legacy-modes/mode/r")).r as StreamParser<unknown>),
  pascal: async () => stream((await import("@codemirror/legacy-modes/mode/pascal")).pascal as StreamParser<unknown>),
  fortran: async () => stream((await import("@codemirror/legacy-modes/mode/fortran")).fortran as StreamParser<unknown>),
  d: async () => stream((await import("@codemirror/legacy-modes/mode/d")).d as StreamParser<unknown>),
  ocaml: async () => stream((await import("@codemirror/legacy-modes/mode/mllike")).oCaml as StreamParser<unknown>),
  erlang: async () => stream((await import("@codemirror/legacy-modes/mode/erlang")).erlang as StreamParser<unknown>),
  commonlisp: async () => stream((await import("@codemirror/legacy-modes/mode/commonlisp")).commonLisp as StreamParser<unknown>),
  haskell: async () => stream((await import("@codemirror/legacy-modes/mode/haskell")).haskell as StreamParser<unknown>),
  kotlin: async () => stream((await import("@codemirror/legacy-modes/mode/clike")).kotlin as StreamParser<unknown>),
  scala: async () => stream((await import("@codemirror/legacy-modes/mode/clike")).scala as StreamParser<unknown>),
  clojure: async () => stream((await import("@codemirror/legacy-modes/mode/clojure")).clojure as StreamParser<unknown>),
  octave: async () => stream((await import("@codemirror/legacy-modes/mode/octave")).octave as StreamParser<unknown>),
  sql: async () => (await import("@codemirror/lang-sql")).sql(),
};

// The extension of a mode; nothing for one we do not know, or when it cannot be fetched.
export async function loadMode(mode: string): Promise<Extension> {
  try {
    return (await MODES[mode]?.()) ?? [];
  } catch {
    return [];
  }
}
