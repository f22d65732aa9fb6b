// CodeMirror 6 with our own look from the page's tokens, so that light and dark follow by themselves. Loaded when needed.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, gutter, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Mark } from "./config";
import { loadMode } from "./modes";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.macroName, tags.labelName], color: "var(--code-name)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.character], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.literal], color: "var(--code-number)" },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.standard(tags.name)], color: "var(--code-type)" },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: "var(--code-comment)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", fontSize: "14.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--code)", lineHeight: "1.62", fontVariantLigatures: "none" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { color: "var(--ink-3)", backgroundColor: "var(--sheet)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 8px 0 14px", minWidth: "40px" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklab, var(--accent-wash) 70%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in oklab, var(--accent) 24%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--hover)", outline: "1px solid var(--line-strong)" },
  ".cm-selectionMatch": { backgroundColor: "var(--hover)" },
  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--ink)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "6px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad)" },
});

export interface Wishes {
  mode: string;
  nonce: string;
  label: string;
  describedBy: string;
  changed: () => void;
}

export class CodeMirror {
  private readonly language = new Compartment();
  private readonly writable = new Compartment();
  private readonly finding = new Compartment();
  private readonly marking = new Compartment();
  private equipment: typeof import("./equipment") | null = null;
  private marks: Mark[] = [];
  private readonly view: EditorView;

  private constructor(text: string, frame: HTMLElement, wishes: Wishes, mode: Extension) {
    this.view = new EditorView({
      parent: frame,
      state: EditorState.create({ doc: text, extensions: [this.base(wishes), this.language.of(mode), this.writable.of([])] }),
    });
  }

  static async over(area: HTMLTextAreaElement, frame: HTMLElement, wishes: Wishes): Promise<CodeMirror> {
    const mode = await loadMode(wishes.mode);
    const focused = document.activeElement === area;
    const made = new CodeMirror(area.value, frame, wishes, mode);
    if (focused) made.focus();
    return made;
  }

  private base(wishes: Wishes): Extension {
    return [
      EditorView.cspNonce.of(wishes.nonce),
      lineNumbers(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      // As wide as the marks that will stand there: nothing moves when they come.
      this.marking.of(gutter({ class: "cm-gutter-lint" })),
      syntaxHighlighting(colours),
      look,
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      EditorView.perLineTextDirection.of(false),
      EditorView.contentAttributes.of({
        dir: "ltr",
        lang: "zxx",
        tabindex: "0",
        "aria-label": wishes.label,
        "aria-describedby": wishes.describedBy,
        autocorrect: "off",
        autocapitalize: "off",
        spellcheck: "false",
      }),
      // Ctrl+Enter runs the program: it must not add a line to it as well.
      keymap.of([...closeBracketsKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter")]),
      this.finding.of([]),
      keymap.of([...historyKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => update.docChanged && wishes.changed()),
    ];
  }

  text(): string {
    return this.view.state.doc.toString();
  }

  setText(text: string): void {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  async setMode(mode: string): Promise<void> {
    this.view.dispatch({ effects: this.language.reconfigure(await loadMode(mode)) });
  }

  // Marks and finding. Should they not come, one writes without them.
  async equip(): Promise<void> {
    try {
      const equipment = await import("./equipment");
      if (this.equipment) return;
      this.equipment = equipment;
      this.view.dispatch({ effects: [this.finding.reconfigure(equipment.finding), this.marking.reconfigure(equipment.marking)] });
      if (this.marks.length) this.showMarks(equipment);
    } catch (error) {
      console.error(error);
    }
  }

  mark(marks: Mark[]): void {
    this.marks = marks;
    if (this.equipment) this.showMarks(this.equipment);
    else if (marks.length) void this.equip();
  }

  private showMarks(equipment: typeof import("./equipment")): void {
    const { shown, first } = equipment.showing(this.marks, this.view.state);
    this.view.dispatch(shown);
    if (first !== undefined) this.view.dispatch({ effects: EditorView.scrollIntoView(first, { y: "center" }) });
  }

  insert(text: string): void {
    this.view.dispatch(this.view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input" });
    this.view.focus();
  }

  undo(): void {
    undo(this.view);
    this.view.focus();
  }

  move(by: number): void {
    const place = Math.min(this.view.state.doc.length, Math.max(0, this.view.state.selection.main.head + by));
    this.view.dispatch({ selection: { anchor: place }, scrollIntoView: true });
    this.view.focus();
  }

  focus(): void {
    this.view.focus();
  }

  freeze(): void {
    this.view.dispatch({ effects: this.writable.reconfigure([EditorState.readOnly.of(true)]) });
  }

  thaw(): void {
    this.view.dispatch({ effects: this.writable.reconfigure([]) });
  }

  destroy(): void {
    this.view.destroy();
  }
}
