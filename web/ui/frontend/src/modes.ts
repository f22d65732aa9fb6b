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
