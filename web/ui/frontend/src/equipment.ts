// What the editor can do besides writing: marks beside lines with their reasons, and finding. It comes once one can write.
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import type { EditorState, Extension, TransactionSpec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { Mark } from "./config";

export const finding: Extension = [highlightSelectionMatches(), keymap.of(searchKeymap)];
export const marking: Extension = lintGutter();

// The transaction that shows these marks and no others, and where the first of them begins.
export function showing(marks: Mark[], state: EditorState): { shown: TransactionSpec; first: number | undefined } {
  const diagnostics = marks
    .filter((mark) => mark.line >= 1 && mark.line <= state.doc.lines)
    .map((mark) => {
      const line = state.doc.line(mark.line);
      const indent = line.text.length - line.text.trimStart().length;
      return { from: line.from + indent, to: line.to, severity: "error" as const, message: mark.message || " " };
    });
  return { shown: setDiagnostics(state, diagnostics), first: diagnostics[0]?.from };
}
