// The bar above a phone's keyboard with the characters it hides.
import { byId, say } from "./config";
import type { EditorHost } from "./editor";

const SYMBOLS = ["(", ")", "[", "]", "{", "}", ":", ";", "=", '"', "'", "_", "<", ">", "+", "-", "*", "/", "%", "&", "|", "!", "#"];

export function installSymbols(editor: EditorHost): void {
  const bar = byId("symbols");
  const key = (face: string, label: string, act: () => void) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = face;
    button.setAttribute("aria-label", label);
    // The keyboard must not close: the editor keeps the focus.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", act);
    bar.append(button);
  };
  key("⇥", say("indent"), () => editor.insert("    "));
  key("↶", say("undo"), () => editor.undo());
  key("←", say("left_of"), () => editor.move(-1));
  key("→", say("right_of"), () => editor.move(1));
  for (const symbol of SYMBOLS) key(symbol, symbol, () => editor.insert(symbol));
  bar.hidden = false;
}
